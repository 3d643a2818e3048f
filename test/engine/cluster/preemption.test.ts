import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../packages/engine/src/cluster/create-world.ts';
import { newPod } from '../../../packages/engine/src/cluster/pod-start.ts';
import { preemptFor } from '../../../packages/engine/src/cluster/preemption.ts';
import { bindPod } from '../../../packages/engine/src/cluster/scheduler.ts';
import { runCycles } from '../../../packages/engine/src/cluster/scheduling-cycle.ts';
import { enqueuePod } from '../../../packages/engine/src/cluster/scheduling-queue.ts';
import type { Node, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { addNode, addPod, GIB } from './world.ts';

const SECOND = 1_000_000;
const NO_CHANCE = { preemption: { median: 1.5 * SECOND, sigma: 0 } };

/** Nodes of 3 800m; pods of 1 000m; pause pods of 500m. */
function spareWorld(): World {
  const service = serviceOf();
  const scenario = scenarioOf({
    load: [loadOf({ rate: 1 })],
    services: [
      { ...service, workload: { ...service.workload, cpuRequest: 1000, memoryRequest: GIB } },
    ],
    strategies: [
      kubernetes({
        name: 'spare',
        autoscaler: 'fixed',
        scheduling: NO_CHANCE,
        overprovisioning: { replicas: 1, cpu: 500, memory: GIB / 4, priority: -10 },
      }),
    ],
  });
  const model = compile(scenario, 'spare', 0);
  if (model.provision.kind !== 'cluster') throw new Error('not a cluster');
  return createWorld(model, model.provision);
}

function pause(world: World, node: Node): Pod {
  const { placeholders } = world;
  if (placeholders === null) throw new Error('no pause pods');
  const pod = newPod(world, placeholders, 0);
  placeholders.desired += 1;
  Object.assign(pod, { state: 'ready', startTime: pod.id });
  Object.assign(pod.life, { created: 0, bound: 0, started: 0 });
  bindPod(world, pod, node);
  return pod;
}

describe('where no node has room', () => {
  test('as many pause pods give way as are needed, the youngest of them', () => {
    const world = spareWorld();
    const node = addNode(world, { cpu: 1900 });
    const pods = [pause(world, node), pause(world, node), pause(world, node)];
    expect(node.cpu).toBe(400);
    const pod = addPod(world);
    expect(preemptFor(world, pod, 7 * SECOND)).toBe(true);
    expect(pods.map(({ state }) => state)).toEqual(['ready', 'gone', 'gone']);
    // Held for the pod from now on; bound 1.5 s later.
    expect(pod).toMatchObject({ node, state: 'pending' });
    expect(node).toMatchObject({ cpu: 400, pods: 2 });
    const bound = world.calendar;
    while (bound.nextTime < 8.5 * SECOND) bound.next();
    expect(bound.nextTime).toBe(8.5 * SECOND);
    expect(bound.next()).toMatchObject({ kind: 'pod', pod, stage: 'bound' });
  });

  test('the node with the fewest victims is taken, then that with the youngest', () => {
    const world = spareWorld();
    const [many, old, young] = [
      addNode(world, { cpu: 1000 }),
      addNode(world, { cpu: 1100 }),
      addNode(world, { cpu: 1100 }),
    ];
    for (const node of [many, many, old, young]) pause(world, node);
    const pod = addPod(world);
    expect(preemptFor(world, pod, 0)).toBe(true);
    expect(pod.node).toBe(young);
  });

  test('nothing happens if that does not help, and pods of services never give way', () => {
    const world = spareWorld();
    const node = addNode(world, { cpu: 1400 });
    pause(world, node);
    bindPod(world, addPod(world), addNode(world, { cpu: 1000 }));
    node.cpu = 400;
    expect(preemptFor(world, addPod(world), 0)).toBe(false);
  });

  test('a pause pod preempts nobody: it waits, and the pods that gave way are replaced', () => {
    const world = spareWorld();
    const node = addNode(world, { cpu: 1000 });
    const first = pause(world, node);
    pause(world, node);
    enqueuePod(world, addPod(world, { life: { ...first.life, created: 0 } }), 0);
    const at = world.calendar.nextTime;
    world.calendar.next();
    runCycles(world, at);
    expect(world.placeholders?.pods).toHaveLength(2);
    expect(world.placeholders?.replicaSet.uncreated).toHaveLength(2);
    expect(world.ledger.decisions).toMatchObject([
      { reason: { key: 'decision.preemption', params: { pods: 1, victims: 2 } } },
    ]);
  });
});

test('spare room is there from the start, used at once, and asked for again', () => {
  const service = serviceOf();
  const pods = kubernetes({
    name: 'spare',
    autoscaler: 'hpa',
    replicas: 3,
    schedule: [{ at: 30 * SECOND, minReplicas: 5 }],
    scheduling: NO_CHANCE,
    nodes: { min: 1, max: 10 },
    overprovisioning: { replicas: 2, cpu: 1000, memory: GIB, priority: -10 },
  });
  const workload = { ...service.workload, cpuRequest: 1000, memoryRequest: GIB };
  const scenario = scenarioOf({
    seconds: 300,
    load: [loadOf({ rate: 1 })],
    services: [{ ...service, workload }],
    strategies: [pods],
  });
  const { ledger } = simulate(compile(scenario, 'spare', 0));
  const waits = (name: string) =>
    ledger.pods
      .filter(({ service: owner, wanted }) => owner === name && wanted > 0)
      .map(({ wanted, bound }) => (Number(bound) - wanted) / SECOND);
  // Two nodes from the start: three pods and two pause pods. No waiting for a third node.
  expect(ledger.nodes.filter(({ requested }) => requested === 0)).toHaveLength(2);
  for (const wait of waits('app')) expect(wait).toBeLessThan(5);
  const refilled = waits('pause-pods');
  expect(refilled.length).toBeGreaterThan(0);
  expect(ledger.nodes.some(({ requested }) => requested > 30 * SECOND)).toBe(true);
});
