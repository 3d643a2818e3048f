/**
 * Nodes that are lost: spot capacity that the cloud takes back after a notice, in which the node is
 * drained (as node termination handlers do); a node that dies with all its pods; a zone that fails.
 * Groups that keep their size get another node at once, unasked.
 *
 * Not modelled: that a dead node is noticed only after a while; its pods are replaced at once.
 */
import { roundDelay } from '../kernel/units.ts';
import { balancedZones } from '../provisioning/zones.ts';
import { taintNode } from './node-drain.ts';
import { launchNodes } from './node-launch.ts';
import { stopNode } from './node-pool.ts';
import { poolSize, recordNodes } from './node-records.ts';
import { evictPod, losePod } from './replica-set.ts';
import type { Node, World } from './world.ts';

const HOUR = 3_600_000_000;

/** When a node that runs from now on will be lost, by its luck. */
export function scheduleLosses(world: World, node: Node, now: number): void {
  const { failures, spot } = world.model.strategy.nodes;
  const { luck, offering } = node;
  // The provider of serverless pods looks after its own machines.
  if (offering.item === 'pod') return;
  const deaths = failures?.deathsPerHour ?? 0;
  const interruptions = offering.plan === 'spot' ? (spot?.interruptionsPerHour ?? 0) : 0;
  if (deaths > 0) loseAt(world, node, 'died', now + lossAfter(deaths, luck.death));
  if (interruptions > 0) {
    loseAt(world, node, 'notice', now + lossAfter(interruptions, luck.notice));
  }
}

/** µs until a loss that comes so many times an hour, of a standard exponential. */
function lossAfter(perHour: number, exponential: number): number {
  return roundDelay((exponential / perHour) * HOUR);
}

function loseAt(world: World, node: Node, stage: 'died' | 'notice', at: number): void {
  if (at <= world.horizon) world.calendar.schedule(at, { kind: 'node', node, stage });
}

/** The cloud will take the node back: one that has not joined yet never takes pods. */
export function noticeNode(world: World, node: Node, now: number): void {
  const notice = world.model.strategy.nodes.spot?.notice ?? 0;
  world.calendar.schedule(now + notice, { kind: 'node', node, stage: 'reclaimed' });
  if (node.state === 'usable' || node.state === 'upcoming') {
    const from = poolSize(world, node.pool);
    taintNode(world, node, now);
    const reason = { key: 'nodes.notice', params: { pods: node.pods, notice } };
    recordNodes(world, { at: now, pool: node.pool.name, from, to: from - 1, reason });
    replace(world, node, now);
  }
  for (const pod of [...node.bound]) evictPod(world, pod, now);
}

export function reclaimNode(world: World, node: Node, now: number): void {
  loseNode(world, node, 'interrupted', now);
}

export function dieNode(world: World, node: Node, now: number): void {
  loseNode(world, node, 'died', now);
}

/** With all pods that are on it. */
function loseNode(world: World, node: Node, end: 'interrupted' | 'died', now: number): void {
  const isWanted = node.state === 'usable' || node.state === 'upcoming';
  const from = poolSize(world, node.pool);
  const pods = node.bound.length;
  // Out of the scheduler's sight before replacements are made.
  if (node.state === 'usable') taintNode(world, node, now);
  for (const pod of [...node.bound]) losePod(world, pod, now);
  stopNode(world, node, now);
  // One that had been given up already came to that end.
  node.life.end ??= end;
  if (!isWanted) return;
  const reason = { key: `nodes.${end}`, params: { pods } };
  recordNodes(world, { at: now, pool: node.pool.name, from, to: from - 1, reason });
  replace(world, node, now);
}

function replace(world: World, { pool }: Node, now: number): void {
  if (!world.nodeLoop.provisioner.groupsKeepSize) return;
  const reason = { key: 'nodes.replaced', params: {} };
  const zones = world.nodes
    .filter((node) => node.pool === pool)
    .map(({ offering }) => ({ zone: offering.zone }));
  for (const share of balancedZones(pool.offerings, zones, 1)) {
    launchNodes(world, { group: pool.name, claim: null, reason, ...share }, now);
  }
}

/** The zones that fail, and when they are back. */
export function scheduleZones({ calendar, model }: World): void {
  for (const { zone, at, until } of model.strategy.nodes.failures?.zoneOutages ?? []) {
    calendar.schedule(at, { kind: 'zone', zone, fails: true });
    if (until !== undefined) calendar.schedule(until, { kind: 'zone', zone, fails: false });
  }
}

/** The zone is down: all its nodes die, and none can be launched in it. */
export function failZone(world: World, zone: string, now: number): void {
  world.nodeLoop.failedZones.add(zone);
  const hit = world.nodes.filter(
    ({ offering }) => offering.zone === zone && offering.item !== 'pod',
  );
  for (const node of hit) if (node.state !== 'gone') dieNode(world, node, now);
}

export function restoreZone(world: World, zone: string): void {
  world.nodeLoop.failedZones.delete(zone);
}
