/**
 * Nodes that come: the cloud takes the first offering of the launch that it has, and tells of the
 * others. What it does not have at all is known when the instance should have run; what runs may
 * still never become a node, and is paid for until the autoscaler gives it up.
 */
import { nextUniform } from '../kernel/random.ts';
import type { NodeOffering, NodePool } from '../model.ts';
import type { LaunchFailureReason, NodeLaunch, Offering } from '../provisioning/provisioner.ts';
import { launchTimes } from './launch-times.ts';
import { newNode, stopNode } from './node-pool.ts';
import { poolSize, recordNodes } from './node-records.ts';
import type { Node, Refusal, World } from './world.ts';

export function launchNodes(world: World, launch: NodeLaunch, now: number): void {
  const pool = world.model.pools.find(({ name }) => name === launch.group) as NodePool;
  const from = poolSize(world, pool);
  for (let i = 0; i < launch.count; i++) launchNode(world, pool, launch, now);
  const { reason, count } = launch;
  recordNodes(world, { at: now, pool: pool.name, from, to: from + count, reason });
}

function launchNode(world: World, pool: NodePool, launch: NodeLaunch, now: number): void {
  const { offerings, claim } = launch;
  const refused: Refusal[] = [];
  let taken: Offering | null = null;
  for (const offering of offerings) {
    const reason = refusalOf(world, pool, offering, now);
    if (reason === null) {
      taken = offering;
      break;
    }
    refused.push({ offering, reason });
  }
  const offering = (taken ?? offerings[0]) as NodeOffering;
  const node = newNode(world, now, { pool, offering, claim });
  const { running, usable } = launchTimes(world.model.strategy.nodes, node, now);
  if (taken === null) {
    node.refused = refused;
    world.calendar.schedule(running, { kind: 'node', node, stage: 'refused' });
    return;
  }
  tellOf(world, node, refused, null, now);
  world.calendar.schedule(running, { kind: 'node', node, stage: 'running' });
  if (node.luck.join < (world.model.strategy.nodes.failures?.noJoin ?? 0)) return;
  world.calendar.schedule(usable, { kind: 'node', node, stage: 'usable' });
}

/** Why the cloud does not launch the offering now; null = it does. */
function refusalOf(
  world: World,
  pool: NodePool,
  { type, zone, plan, allocatable }: Offering,
  now: number,
): LaunchFailureReason | null {
  const { nodeLoop, model } = world;
  const { failures } = model.strategy.nodes;
  if (nodeLoop.failedZones.has(zone)) return 'stock-out';
  for (const outage of failures?.stockOuts ?? []) {
    const { from, until = Number.POSITIVE_INFINITY } = outage;
    if (now < from || now >= until) continue;
    if ((outage.pool ?? pool.name) !== pool.name || (outage.zone ?? zone) !== zone) continue;
    return 'stock-out';
  }
  const stockOut = failures?.stockOut ?? 0;
  // Drawn only where it matters: each offering has luck of its own.
  if (stockOut > 0) {
    const { stock } = world.nodeStreams(pool);
    if (nextUniform(stock(`${type}/${zone}/${plan}`)) < stockOut) return 'stock-out';
  }
  return isBeyondQuota(world, allocatable.cpu + model.strategy.nodes.reservedCpu) ? 'quota' : null;
}

/** The account may run no further node of so much CPU, millicores. */
export function isBeyondQuota({ nodes: all, model }: World, more: number): boolean {
  const { quota } = model.strategy.nodes;
  if (quota === undefined) return false;
  const { nodes = Number.POSITIVE_INFINITY, cpu = Number.POSITIVE_INFINITY } = quota;
  const running = all.filter((node) => node.refused === null);
  const used = running.reduce((sum, { offering }) => sum + cpuOf(offering), 0);
  return running.length >= nodes || used + more > cpu;
}

function cpuOf({ machines }: NodeOffering): number {
  return machines.instance.cpu;
}

/** `node`: the one that will not come; null = the cloud had another offering. */
function tellOf(
  { nodeLoop }: World,
  { pool, claim }: Node,
  refused: readonly Refusal[],
  node: number | null,
  now: number,
): void {
  for (const refusal of refused) {
    nodeLoop.failures.push({ at: now, node, group: pool.name, claim, ...refusal });
  }
}

/** The cloud has none of what the launch asked for. */
export function refuseNode(world: World, node: Node, now: number): void {
  if (node.refused === null || node.state !== 'upcoming') return;
  tellOf(world, node, node.refused, node.id, now);
  const [{ reason }] = node.refused;
  const from = poolSize(world, node.pool);
  stopNode(world, node, now);
  node.life.end = reason;
  const { name } = node.pool;
  const params = { type: node.offering.type, zone: node.offering.zone };
  const why = { key: `nodes.${reason}`, params };
  recordNodes(world, { at: now, pool: name, from, to: from - 1, reason: why });
}
