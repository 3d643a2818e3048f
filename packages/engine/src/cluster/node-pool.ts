/**
 * A node's life: requested → running (payment starts) → usable → stopped (payment ends). Who wants
 * it is decided elsewhere (node-loop.ts); how it comes to its end as well (node-drain.ts,
 * node-loss.ts).
 */
import { nextExponential, nextUniform } from '../kernel/random.ts';
import type { NodeLife } from '../ledger/ledger.ts';
import type { NodeOffering, NodePool } from '../model.ts';
import { balancedZones } from '../provisioning/zones.ts';
import { leave } from './by-id.ts';
import { drawNode } from './delays.ts';
import { forgetPulls, joinImages, markImages } from './images.ts';
import { samplePeriod } from './metrics-pipeline.ts';
import { scheduleLosses } from './node-loss.ts';
import { touchNode } from './node-views.ts';
import { closeNode, openNode } from './open-nodes.ts';
import { noticeUsable } from './scheduling-queue.ts';
import type { Node, World } from './world.ts';

const SECOND = 1e6;

/** What a node is made from. */
interface NodeOrigin {
  readonly pool: NodePool;
  readonly offering: NodeOffering;
  readonly claim: number | null;
}

/** Of the first pool, if nothing else is said. */
export function newNode(world: World, requested: number, origin?: NodeOrigin): Node {
  const [first] = world.model.pools;
  const { pool, offering, claim } = origin ?? {
    pool: first,
    offering: first.offerings[0],
    claim: null,
  };
  const { life: lifeStream, luck, tail } = world.nodeStreams(pool);
  const seconds = samplePeriod(world) / SECOND;
  const { type, zone, plan, allocatable } = offering;
  const life: NodeLife = { type, pool: pool.name, zone, plan, requested };
  const node: Node = {
    id: world.nodesMade++,
    pool,
    offering,
    claim,
    life,
    draws: drawNode(lifeStream),
    luck: {
      join: nextUniform(luck),
      slow: nextUniform(tail),
      slowStop: nextUniform(tail),
      notice: nextExponential(luck),
      death: nextExponential(luck),
    },
    refused: null,
    view: null,
    lease: null,
    state: 'upcoming',
    allocatable,
    cpu: allocatable.cpu,
    memory: allocatable.memory,
    podsFree: allocatable.pods,
    pods: 0,
    bound: [],
    siblings: world.owners.map(() => 0),
    emptySince: null,
    zone,
    imagePresent: new Map(),
    startFree: Number.NEGATIVE_INFINITY,
    starting: [],
    stopping: [],
    scanned: new Map(),
    samplePhase: Math.floor(nextUniform(lifeStream) * seconds) * SECOND,
  };
  world.nodes.push(node);
  world.ledger.nodes.push(life);
  touchNode(world, node);
  return node;
}

/** Nodes that the pool has had since before the scenario, over its zones. */
export function standingNodes(
  world: World,
  pool: NodePool,
  count: number,
  type: string = pool.offerings[0].type,
): void {
  const zones = world.nodes
    .filter((node) => node.pool === pool)
    .map(({ offering }) => ({ zone: offering.zone }));
  // Of several types that Karpenter may launch, nobody knows which it did: all are of one.
  const offerings = pool.offerings.filter((offering) => offering.type === type);
  for (const share of balancedZones(offerings, zones, count)) {
    const offering = share.offerings[0] as NodeOffering;
    for (let i = 0; i < share.count; i++) standingNode(world, { pool, offering, claim: null });
  }
}

function standingNode(world: World, origin: NodeOrigin): void {
  const node = newNode(world, 0, origin);
  node.life.stood = true;
  runNode(world, node, 0);
  becomeUsable(world, node, 0);
  if (world.model.strategy.startup.image.cached) markImages(world, node);
}

export function runNode(world: World, node: Node, now: number): void {
  const { item, type, plan } = node.offering;
  node.life.running = now;
  node.lease = { item: item ?? 'node', type, plan, from: now, to: null };
  world.ledger.leases.push(node.lease);
  world.leased += 1;
  scheduleLosses(world, node, now);
}

export function becomeUsable(world: World, node: Node, now: number): void {
  if (node.state !== 'upcoming') return;
  node.state = 'usable';
  node.life.usable = now;
  node.emptySince = now;
  openNode(world, node);
  touchNode(world, node);
  joinImages(world, node, now);
  noticeUsable(world, node, now);
}

export function stopNode(world: World, node: Node, now: number): void {
  if (node.state === 'gone') return;
  node.state = 'gone';
  node.life.gone = now;
  closeNode(world, node);
  touchNode(world, node);
  leave(world.nodes, node);
  forgetPulls(world, node, now);
  if (node.lease === null) return;
  node.lease.to = now;
  world.leased -= 1;
}
