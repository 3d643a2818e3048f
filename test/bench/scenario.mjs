/**
 * The skeleton of a benchmark's scenario: what a parsed scenario file looks like, with one load,
 * one service and prices that mean nothing. A workload says what differs.
 */

export const GIB = 2 ** 30;
const delay = (median, sigma) => ({ median, sigma });
const NO_DELAY = delay(0, 0);

const PULL = {
  imagePullPolicy: 'IfNotPresent',
  roundTrip: 100_000,
  compression: 3,
  downloadsPerImage: 3,
  kubelet: { serializeImagePulls: true, registryPullQPS: 5, registryBurst: 10 },
  registry: { bandwidth: 1.25e9 },
  peerToPeer: false,
  failure: 0,
};

const STARTUP = {
  create: delay(300_000, 0.5),
  createRate: 20,
  createBurst: 30,
  createCall: delay(20_000, 0.5),
  schedule: delay(50_000, 0.5),
  image: { size: 5e8, cached: true, baked: false, rate: 7e7, sigma: 0.3 },
  pull: PULL,
  container: delay(1_330_000, 0.28),
  startsPerNode: 4,
  app: delay(20_000_000, 0.05),
  status: 1_000_000,
  slice: delay(200_000, 0.5),
  proxySync: 1_000_000,
  proxy: delay(300_000, 0.5),
  crowdedStartsPerNode: 2,
  probesWait: false,
  sliceInterval: 1_000_000,
  restarts: { backoff: 10_000_000, maxBackoff: 300_000_000 },
  termination: { onTerm: 'drain', stopsPerNode: 1.67, crowdedStopsPerNode: 1.22 },
};

/** Pods that serve a few ms after they were wanted. */
const AT_ONCE = {
  create: NO_DELAY,
  createRate: 1e6,
  createBurst: 1e6,
  createCall: NO_DELAY,
  schedule: NO_DELAY,
  image: { size: 0, cached: true, baked: true, rate: 7e7, sigma: 0 },
  pull: PULL,
  container: NO_DELAY,
  startsPerNode: 1e6,
  app: NO_DELAY,
  status: 0,
  slice: NO_DELAY,
  proxySync: 0,
  proxy: NO_DELAY,
  crowdedStartsPerNode: 1e6,
  probesWait: false,
  sliceInterval: 0,
  restarts: { backoff: 10_000_000, maxBackoff: 300_000_000 },
  termination: { onTerm: 'drain', stopsPerNode: 1e6, crowdedStopsPerNode: 1e6 },
};

const NODES = {
  type: 'node',
  provisioner: 'cluster-autoscaler',
  min: 2,
  max: 100,
  reservedCpu: 200,
  reservedMemory: 2 * GIB,
  scanInterval: 10_000_000,
  request: delay(22_000_000, 0.06),
  join: delay(128_000_000, 0.35),
  unneededTime: 600_000_000,
  delayAfterAdd: 600_000_000,
  loop: 'frequent',
  loopRun: delay(1_000_000, 0.5),
  expander: 'least-waste',
  maxProvisionTime: 900_000_000,
  backoff: { initial: 300_000_000, max: 1_800_000_000, reset: 10_800_000_000 },
  utilizationThreshold: 0.5,
  stop: delay(30_000_000, 0.5),
};

const SCHEDULING = {
  throughput: 100,
  score: 'LeastAllocated',
  initialBackoff: 1_000_000,
  maxBackoff: 10_000_000,
  unschedulableFor: 300_000_000,
  preemption: delay(1_500_000, 0.4),
};

const HPA_CONTROLLER = {
  syncPeriod: 15_000_000,
  tolerance: 0.1,
  downscaleStabilization: 300_000_000,
  cpuInitializationPeriod: 300_000_000,
  initialReadinessDelay: 30_000_000,
  concurrentSyncs: 5,
  syncDuration: 0,
  otherHpas: 0,
};

const TEXT = { en: 'benchmark', 'zh-CN': '基准测试' };

const PRICES = {
  name: 'bench',
  currency: 'USD',
  asOf: '2026-01-01',
  source: 'none: a benchmark',
  types: {
    vm: { cpu: 2000, memory: 16 * GIB, perHour: { 'on-demand': 100_000 } },
    node: { cpu: 16_000, memory: 32 * GIB, perHour: { 'on-demand': 700_000 } },
  },
};

const workload = (replicas, readinessPeriod) => ({
  replicas,
  cpuRequest: 2000,
  cpuLimit: 2000,
  memoryRequest: 2 * GIB,
  readiness: { initialDelay: 0, period: readinessPeriod, successThreshold: 1 },
  terminationGracePeriod: 30_000_000,
  preStopSleep: 0,
});

/** `seconds` of one load on the service `app`; `load`, `service`, `head` lie over the skeleton. */
export function benchScenario(name, { seconds, load, service, strategies, head = {} }) {
  return {
    apiVersion: 'peakless/v1',
    name,
    title: TEXT,
    description: TEXT,
    clock: { start: 0, utcOffset: 0, duration: Math.round(seconds * 1e6), warmup: 0 },
    seed: 'bench',
    replications: 1,
    vars: [],
    load: [{ name: 'load', route: { app: 1 }, ...load }],
    services: [
      {
        name: 'app',
        queue: { limit: 1_000_000 },
        workload: workload(6, 5_000_000),
        ...service,
      },
    ],
    metrics: { kubeletPeriod: 10_000_000, resolution: 15_000_000 },
    hpaController: HPA_CONTROLLER,
    strategies,
    baseline: strategies[0].name,
    objectives: { latency: 500_000, attainment: 0.99 },
    thresholds: [],
    prices: PRICES,
    ...head,
  };
}

/** VMs that run from start to end. */
export const fleet = (count) => ({
  name: 'fleet',
  kind: 'vm-peak',
  billing: 'on-demand',
  vm: { type: 'vm', reservedCpu: 0 },
  headroom: 0.3,
  count,
});

/** Pods on elastic nodes behind an HPA, with a pre-scale schedule. */
export const cluster = (name, schedule) => ({
  name,
  kind: 'kubernetes',
  billing: 'on-demand',
  autoscaler: 'hpa',
  schedule,
  startup: STARTUP,
  nodes: NODES,
  scheduling: SCHEDULING,
});

/**
 * Pods that follow a staircase: no autoscaler, a floor per stair on top of `replicas`, nodes for
 * all of them from the start, and nothing between wanted and serving. The floor takes effect at
 * the next sync, so the staircase needs `STAIRCASE_HEAD`.
 */
export const staircase = (replicas, schedule) => ({
  name: 'staircase',
  kind: 'kubernetes',
  billing: 'on-demand',
  autoscaler: 'fixed',
  replicas,
  schedule,
  startup: AT_ONCE,
  nodes: { ...NODES, provisioner: 'fixed', min: 25, max: 25 },
  scheduling: { ...SCHEDULING, throughput: 10_000 },
});

/** A stair is taken within a second; the staircase itself has one every 15 s at most. */
export const STAIRCASE_HEAD = { hpaController: { ...HPA_CONTROLLER, syncPeriod: 1_000_000 } };
export const STAIRCASE_WORKLOAD = workload(4, 1000);
