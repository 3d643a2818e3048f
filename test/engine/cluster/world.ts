/** A control plane's state for tests: one deployment of the small scenario, nodes as asked for. */
import { createWorld } from '../../../packages/engine/src/cluster/create-world.ts';
import { newNode } from '../../../packages/engine/src/cluster/node-pool.ts';
import { openNode } from '../../../packages/engine/src/cluster/open-nodes.ts';
import { newPod } from '../../../packages/engine/src/cluster/pod-start.ts';
import type { Node, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Service, Workload } from '../../../packages/engine/src/scenario/scenario.ts';
import { fixedPods, loadOf, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

export const GIB = 2 ** 30;

/** Patient clients; allocatable 3 800m and 6 GiB per node; no node, no pod yet. */
export function worldOf(workload: Partial<Workload> = {}, time?: Service['time']): World {
  const service = serviceOf(time === undefined ? {} : { time });
  const scenario = scenarioOf({
    load: [loadOf({ rate: 10, client: { timeout: 1e12 } })],
    services: [{ ...service, workload: { ...service.workload, ...workload } }],
    strategies: [fixedPods('pods', 1)],
  });
  const model = compile(scenario, 'pods', 0);
  if (model.provision.kind !== 'cluster') throw new Error('not a cluster');
  return createWorld(model, model.provision);
}

export function addNode(world: World, changes: Partial<Node> = {}): Node {
  const node = Object.assign(newNode(world, 0), {
    draws: { request: 0, join: 0, stop: 0 },
    state: 'usable',
    emptySince: 0,
    samplePhase: 0,
    ...changes,
  });
  if (node.state === 'usable') openNode(world, node);
  return node;
}

/** A pod as if it had come to this state in the usual way; it takes no resources of its node. */
export function addPod(world: World, changes: Partial<Pod> = {}): Pod {
  const deployment = world.deployments[0];
  const pod = newPod(world, deployment, 0);
  const still = Object.fromEntries(Object.keys(pod.draws).map((draw) => [draw, 0]));
  Object.assign(pod, { draws: { ...still, backoff: 0.5 } }, changes);
  deployment.desired++;
  return pod;
}
