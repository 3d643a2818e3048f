/** How a pod ends: the race between the endpoints and TERM, the grace period, a crowd on a node. */
import { describe, expect, test } from 'vitest';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import { exitPod, removedPod } from '../../../packages/engine/src/cluster/termination.ts';
import { FAILED } from '../../../packages/engine/src/flow/columns.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { between, type ChainSpec, runChain, seconds } from './chain.ts';
import { addNode, addPod, worldOf } from './world.ts';

/** Two pods, one of which goes at 120 s or with the next decision. */
const SCALE_DOWN: ChainSpec = { replicas: [2, 2, 1], rate: 100, length: 200 };

function leaver(spec: ChainSpec) {
  const run = runChain({ ...SCALE_DOWN, ...spec });
  const life = run.ledger.pods.find(({ draining }) => draining !== undefined);
  if (life === undefined) throw new Error('no pod went');
  return { life, failed: run.model.services[0].plane.counts[FAILED] };
}

describe('a pod that goes', () => {
  test('without anything to do is gone when the node has removed it', () => {
    const { life, failed } = leaver({});
    expect(failed).toBe(0);
    // Clients have heard after 0.5 s; a look once a second; 1 ÷ 1.67 s to remove it.
    expect(between(life, 'draining', 'gone')).toBeGreaterThan(0.5 + 0.59);
    expect(between(life, 'draining', 'gone')).toBeLessThan(0.5 + 1 + 0.61);
  });

  test('sleeps in preStop first', () => {
    const { life } = leaver({ workload: { preStopSleep: 10 * SECOND } });
    expect(between(life, 'draining', 'gone')).toBeGreaterThan(10.59);
    expect(between(life, 'draining', 'gone')).toBeLessThan(11.61);
  });

  test('is killed at the end of its grace period, 2 s later if preStop still runs', () => {
    const endless = {
      time: { dist: 'deterministic', mean: 1000 * SECOND },
      concurrency: 20,
    } as const;
    const service = { ...endless, queue: { limit: 10_000 } };
    const spec = { service, rate: 1, workload: { terminationGracePeriod: 20 * SECOND } };
    const killed = leaver(spec);
    expect(between(killed.life, 'draining', 'gone')).toBeCloseTo(20 + 1 / 1.67, 2);
    expect(killed.failed).toBeGreaterThan(20);
    const workload = { terminationGracePeriod: 20 * SECOND, preStopSleep: 30 * SECOND };
    const sleeper = leaver({ ...spec, workload });
    expect(between(sleeper.life, 'draining', 'gone')).toBeCloseTo(22 + 1 / 1.67, 2);
    const late = { terminationGracePeriod: 20 * SECOND, preStopSleep: 19 * SECOND };
    const hurried = leaver({ ...spec, workload: late });
    expect(between(hurried.life, 'draining', 'gone')).toBeCloseTo(21 + 1 / 1.67, 2);
  });

  test('hears TERM at the end of its grace period at the latest, and may go before KILL', () => {
    const workload = { terminationGracePeriod: 20 * SECOND, preStopSleep: 30 * SECOND };
    const { life } = leaver({ workload });
    expect(between(life, 'draining', 'gone')).toBeGreaterThan(20 + 0.59);
    expect(between(life, 'draining', 'gone')).toBeLessThan(21 + 0.61);
  });
});

describe('the race between TERM and the endpoints', () => {
  /** 50 requests/s to the pod; clients hear of its end after 2 s. */
  const race = (preStop: number, onTerm: 'close' | 'drain') =>
    leaver({
      startup: {
        slice: seconds(2),
        proxy: seconds(0),
        termination: { onTerm, stopsPerNode: 1.67, crowdedStopsPerNode: 1.22 },
      },
      workload: { preStopSleep: preStop * SECOND },
    }).failed;

  test('an application that closes its port at TERM fails rate · (propagation − preStop)', () => {
    expect(Math.abs(race(0, 'close') - 100)).toBeLessThanOrEqual(2);
    expect(Math.abs(race(1, 'close') - 50)).toBeLessThanOrEqual(2);
    expect(race(3, 'close')).toBe(0);
  });

  test('one that drains fails none', () => {
    expect(race(0, 'drain')).toBe(0);
  });
});

/** Seconds until a node has removed `count` pods that all end at 0. */
function goneAfter(count: number): number {
  const world = worldOf({ cpuRequest: 1 });
  const node = addNode(world, { podsFree: 1000, cpu: 1e6, memory: 2 ** 50 });
  for (let i = 0; i < count; i++) {
    const pod = addPod(world, { state: 'draining', isDoomed: true });
    bindPod(world, pod, node);
    world.deployments[0].draining += 1;
  }
  for (const pod of [...node.bound]) exitPod(world, pod, 0);
  let last = 0;
  while (node.pods > 0) {
    last = world.calendar.nextTime;
    const event = world.calendar.next();
    if (event.kind === 'pod' && event.stage === 'removed') removedPod(world, event.pod, last);
  }
  return last / SECOND;
}

test('a node removes one pod after another: 50 in 30 s, 200 in 153 s', () => {
  expect(Math.abs(goneAfter(50) - 30)).toBeLessThan(1);
  expect(Math.abs(goneAfter(200) - 153)).toBeLessThan(2);
});

test('the requests of a pod count on its node until it is gone', () => {
  const world = worldOf();
  const node = addNode(world);
  const free = node.cpu;
  const pod = addPod(world, { state: 'draining', isDoomed: true });
  bindPod(world, pod, node);
  world.deployments[0].draining += 1;
  exitPod(world, pod, 0);
  expect(node.cpu).toBe(free - 500);
  removedPod(world, pod, SECOND);
  expect(node.cpu).toBe(free);
  expect(pod).toMatchObject({ state: 'gone', life: { gone: SECOND } });
});
