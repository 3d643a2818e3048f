import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../packages/engine/src/cluster/create-world.ts';
import { createPod, replicate } from '../../../packages/engine/src/cluster/pod-creation.ts';
import { scaleTo } from '../../../packages/engine/src/cluster/replica-set.ts';
import type { World } from '../../../packages/engine/src/cluster/world.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { kubernetes, loadOf, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

const SECOND = 1_000_000;
const constant = (seconds: number) => ({ median: seconds * SECOND, sigma: 0 });

/** Everything takes its median: 0.3 s for the first call of a sync, 20 ms for the others. */
function worldOf(
  startup: Partial<KubernetesStrategy['startup']> = {},
  quota?: KubernetesStrategy['quota'],
): World {
  const service = serviceOf();
  const scenario = scenarioOf({
    load: [loadOf({ rate: 1 })],
    services: [{ ...service, workload: { ...service.workload, cpuRequest: 500 } }],
    strategies: [
      kubernetes({
        name: 'pods',
        startup: {
          create: constant(0.3),
          createCall: constant(0.02),
          createRate: 1e5,
          createBurst: 1e5,
          ...startup,
        },
        ...(quota === undefined ? {} : { quota }),
      }),
    ],
  });
  const model = compile(scenario, 'pods', 0);
  if (model.provision.kind !== 'cluster') throw new Error('not a cluster');
  return createWorld(model, model.provision);
}

/** Lets the controllers act until `until`; when pods were created, s → how many. */
function run(world: World, until: number): Map<number, number> {
  const created = new Map<number, number>();
  while (world.calendar.nextTime <= until) {
    const now = world.calendar.nextTime;
    const event = world.calendar.next();
    if (event.kind === 'replicate') replicate(world, event.deployment, now);
    if (event.kind !== 'pod' || event.stage !== 'created' || event.pod.state === 'gone') continue;
    createPod(world, event.pod, now);
    if (event.pod.life.created === now)
      created.set(now / SECOND, (created.get(now / SECOND) ?? 0) + 1);
  }
  return created;
}

describe('a ReplicaSet makes pods', () => {
  test('in batches of 1, 2, 4, 8 …, each after all calls of the one before', () => {
    const world = worldOf();
    scaleTo(world, world.deployments[0], 20, 0);
    expect([...run(world, 10 * SECOND)]).toEqual([
      [0.3, 1],
      [0.32, 2],
      [0.34, 4],
      [0.36, 8],
      [0.38, 5],
    ]);
  });

  test('at most 500 per sync; the next one begins when these are seen', () => {
    const world = worldOf();
    scaleTo(world, world.deployments[0], 600, 0);
    const counts = [...run(world, 10 * SECOND)];
    const first = counts.filter(([at]) => at < 0.6);
    expect(first.reduce((sum, [, count]) => sum + count, 0)).toBe(500);
    const [next] = counts.filter(([at]) => at > 0.6);
    // Eight batches after the first call, then the controllers react again.
    expect(next).toEqual([0.3 + 8 * 0.02 + 0.3, 1]);
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(600);
  });

  test('within the rate of the client: a burst, then so many a second, deletes included', () => {
    const world = worldOf({ createRate: 10, createBurst: 7 });
    const [deployment] = world.deployments;
    scaleTo(world, deployment, 10, 0);
    const times = [...run(world, 10 * SECOND)];
    // 1 + 2 + 4 use the burst; the last three come at 0.1 s each.
    expect(times.slice(0, 3)).toEqual([
      [0.3, 1],
      [0.32, 2],
      [0.34, 4],
    ]);
    expect(times.slice(3).map(([at]) => at)).toEqual([0.42, 0.52, 0.62]);
    // The bucket of the deletes is the same: empty, it lets one through every 0.1 s.
    scaleTo(world, deployment, 7, 0.62 * SECOND);
    expect(deployment.draining).toBe(3);
    expect(deployment.pods).toHaveLength(10);
    expect(world.calendar.nextTime).toBeGreaterThan(0.62 * SECOND);
  });

  test('a pod without an object goes without a call, first of all', () => {
    const world = worldOf({ createRate: 10, createBurst: 7 });
    const [deployment] = world.deployments;
    scaleTo(world, deployment, 5, 0);
    scaleTo(world, deployment, 2, 0.1 * SECOND);
    expect(deployment.pods.map(({ id }) => id)).toHaveLength(2);
    expect(deployment.replicaSet.uncreated).toHaveLength(2);
    expect(world.callTat).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('a quota', () => {
  test('refuses what it does not cover: the rest is tried again after 5 ms, 10 ms, 20 ms …', () => {
    const world = worldOf({}, { cpu: 1600 });
    const [deployment] = world.deployments;
    scaleTo(world, deployment, 5, 0);
    run(world, SECOND);
    expect(world.quota).toMatchObject({ cpu: 1500, pods: 3 });
    expect(deployment.replicaSet.uncreated).toHaveLength(2);
    // The first refusal at 0.34 s; each retry is one call.
    expect(deployment.replicaSet.failures).toBe(8);
    expect(deployment.replicaSet.due).toBe(0.34 * SECOND + 5000 * (2 ** 8 - 1));
    expect(world.ledger.decisions).toMatchObject([
      {
        at: 0.34 * SECOND,
        from: 5,
        to: 5,
        reason: { key: 'decision.quota-cpu', params: { missing: 2, hard: 1600 } },
      },
    ]);
  });

  test('is asked again at once when more pods are wanted', () => {
    const world = worldOf({}, { pods: 2 });
    const [deployment] = world.deployments;
    scaleTo(world, deployment, 3, 0);
    run(world, 30 * SECOND);
    expect(deployment.replicaSet.due).toBeGreaterThan(31 * SECOND);
    scaleTo(world, deployment, 5, 30 * SECOND);
    expect(deployment.replicaSet.due).toBe(30.3 * SECOND);
    const { failures } = deployment.replicaSet;
    run(world, 30.4 * SECOND);
    expect(deployment.replicaSet).toMatchObject({ failures: failures + 1, isCalling: false });
    expect(deployment.replicaSet.due).toBeGreaterThan(40 * SECOND);
  });

  test('that is released lets the next pod in at once', () => {
    const world = worldOf({}, { pods: 2 });
    const [deployment] = world.deployments;
    scaleTo(world, deployment, 3, 0);
    run(world, 20 * SECOND);
    expect(deployment.replicaSet.uncreated).toHaveLength(1);
    // What has no object goes first, then a created one.
    scaleTo(world, deployment, 1, 20 * SECOND);
    expect(world.quota?.pods).toBe(1);
    scaleTo(world, deployment, 2, 20 * SECOND);
    run(world, 30 * SECOND);
    expect(world.quota?.pods).toBe(2);
    expect(deployment.replicaSet).toMatchObject({ uncreated: [], failures: 0 });
  });
});
