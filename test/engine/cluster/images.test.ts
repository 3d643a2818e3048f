/** Image pulls and container starts on one node: who waits for whom. */
import { expect, test } from 'vitest';
import { pulledPod, schedulePod } from '../../../packages/engine/src/cluster/pod-start.ts';
import { scaleTo } from '../../../packages/engine/src/cluster/replica-set.ts';
import type { Deployment, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { kubernetes, loadOf, SECOND, scenarioOf } from '../../fixtures/scenario.ts';
import { addNode, addPod, worldOf } from './world.ts';

/** 500 MB at 70 MB/s, in µs. */
const PULL = Math.round((5e8 / 7e7) * SECOND);
/** Container start with draw 0. */
const START = 1_330_000;

/** A world with a second service, which has an image of its own. */
function twoServices(): { world: World; app: () => Pod; shop: () => Pod } {
  const one = worldOf({ cpuRequest: 100 });
  const [first] = one.deployments;
  const second: Deployment = {
    ...first,
    index: 1,
    pods: [],
    unschedulable: [],
    parked: [],
    unrouted: [],
  };
  const world = { ...one, deployments: [first, second] };
  addNode(world);
  return { world, app: () => addPod(world), shop: () => addPod(world, { deployment: second }) };
}

/** Lets what is due happen, up to the start of the containers: pod → when its container starts. */
function starts(world: World): Map<Pod, number> {
  const started = new Map<Pod, number>();
  while (world.calendar.nextTime < Number.POSITIVE_INFINITY) {
    const now = world.calendar.nextTime;
    const event = world.calendar.next();
    if (event.kind !== 'pod' || event.pod.state === 'gone') continue;
    if (event.stage === 'pulled') pulledPod(world, event.pod, now);
    if (event.stage === 'started') started.set(event.pod, now);
  }
  return started;
}

test('a node pulls one image at a time, and pods of a service share a pull', () => {
  const { world, app, shop } = twoServices();
  const [a, b, a2] = [app(), shop(), app()];
  schedulePod(world, a, 0);
  schedulePod(world, b, SECOND);
  schedulePod(world, a2, 2 * SECOND);
  const started = starts(world);
  expect(a.life.imagePresent).toBe(PULL);
  expect(a2.life.imagePresent).toBe(PULL);
  expect(b.life.imagePresent).toBe(2 * PULL);
  // Four starts per second, in the order of the images: the second app pod is not behind the shop.
  expect(started.get(a)).toBe(PULL + START);
  expect(started.get(a2)).toBe(PULL + 250_000 + START);
  expect(started.get(b)).toBe(2 * PULL + START);
});

test('the pull goes on without the pod that began it', () => {
  const { world, app } = twoServices();
  const [a, a2] = [app(), app()];
  schedulePod(world, a2, 0);
  schedulePod(world, a, SECOND);
  // The younger goes: of two pending pods on the node the later ordinal.
  scaleTo(world, world.deployments[0], 1, 2 * SECOND);
  expect(a2.state).toBe('gone');
  expect(starts(world).get(a)).toBe(PULL + START);
});

test('a node on which a service stands has its image, cached or not', () => {
  const strategy = kubernetes({
    autoscaler: 'fixed',
    replicas: 1,
    schedule: [{ at: 5 * SECOND, minReplicas: 2 }],
    startup: { image: { size: 1e12, cached: false, baked: false, rate: 7e7, sigma: 0.3 } },
    nodes: { min: 1, max: 1 },
  });
  const scenario = scenarioOf({ load: [loadOf({ rate: 10 })], strategies: [strategy] });
  const { series } = runCell(scenario, strategy.name, 0);
  expect(series.columns.ready.at(-1)).toBe(2);
});
