/** A control plane's state for tests: one deployment of the small scenario, nodes as asked for. */
import { syncQueue } from '../../../packages/engine/src/cluster/hpa-queue.ts';
import { noSampled } from '../../../packages/engine/src/cluster/metrics-pipeline.ts';
import { noUsage } from '../../../packages/engine/src/cluster/pod-start.ts';
import { openNode } from '../../../packages/engine/src/cluster/rooms.ts';
import type {
  ControlEvent,
  Deployment,
  Node,
  Pod,
  World,
} from '../../../packages/engine/src/cluster/world.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import { Calendar } from '../../../packages/engine/src/kernel/calendar.ts';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { openRuns } from '../../../packages/engine/src/ledger/decision-runs.ts';
import { createLedger } from '../../../packages/engine/src/ledger/ledger.ts';
import { hpaPods, hpaSamples } from '../../../packages/engine/src/scaling/hpa-observation.ts';
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
  const deployment: Deployment = {
    index: 0,
    model: model.services[0],
    desired: 0,
    pods: [],
    draining: 0,
    unrouted: [],
    unschedulable: [],
    parked: [],
    nextOrdinal: 0,
    startup: createStream('world', 0, 'startup'),
    floor: 0,
    scaler: () => ({ desired: 0, reason: { key: 'fixed.replicas', params: {} } }),
    runs: openRuns(),
    view: { pods: hpaPods(1), cpu: hpaSamples(1) },
    feeds: [],
  };
  return {
    model: model.provision,
    calendar: new Calendar<ControlEvent>(),
    horizon: model.horizon,
    ledger: createLedger(),
    deployments: [deployment],
    pods: [],
    nodes: [],
    leased: 0,
    rooms: [],
    adapters: [],
    syncs: syncQueue([deployment], 0, createStream('world', 0, 'resync')),
    measured: [],
    sampled: noSampled(model.provision.metrics.kubeletPeriod),
    nodesMade: 0,
    lastAdded: Number.NEGATIVE_INFINITY,
    nodeStream: createStream('world', 0, 'nodes'),
    createTat: Number.NEGATIVE_INFINITY,
  };
}

export function addNode(world: World, changes: Partial<Node> = {}): Node {
  const { cpu, memory, pods } = world.model.allocatable;
  const node: Node = {
    id: world.nodesMade++,
    life: { type: 'small', requested: 0 },
    draws: { request: 0, join: 0, stop: 0 },
    lease: null,
    state: 'usable',
    cpu,
    memory,
    podsFree: pods,
    pods: 0,
    emptySince: 0,
    room: null,
    imagePresent: new Map(),
    startFree: Number.NEGATIVE_INFINITY,
    samplePhase: 0,
    ...changes,
  };
  world.nodes.push(node);
  if (node.state === 'usable') openNode(world.rooms, node);
  return node;
}

/** A pod as if it had come to this state in the usual way; it takes no resources of its node. */
export function addPod(world: World, changes: Partial<Pod> = {}): Pod {
  const deployment = world.deployments[0];
  const ordinal = deployment.nextOrdinal++;
  const pod: Pod = {
    id: world.pods.length,
    deployment,
    column: ordinal,
    life: { service: 'app', ordinal, wanted: 0 },
    draws: {
      create: 0,
      schedule: 0,
      image: 0,
      container: 0,
      app: 0,
      status: 0,
      slice: 0,
      proxySync: 0,
      proxy: 0,
      backoff: 0.5,
    },
    state: 'pending',
    node: null,
    unschedulableSince: null,
    startTime: null,
    readySince: null,
    usage: noUsage(),
    ...changes,
  };
  world.pods.push(pod);
  deployment.pods.push(pod);
  deployment.desired++;
  return pod;
}
