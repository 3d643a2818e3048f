/**
 * The benchmark's workloads, each a plain Scenario that goes through the public pipeline with all
 * accounting on. `size` scales the length: 1 is the benchmark, the ordinary tests run a small one.
 */

const delay = (median, sigma) => ({ median, sigma });
const GIB = 2 ** 30;

const STARTUP = {
  create: delay(300_000, 0.5),
  createRate: 20,
  createBurst: 30,
  schedule: delay(50_000, 0.5),
  image: { size: 5e8, cached: true, baked: false, rate: 7e7, sigma: 0.3 },
  container: delay(1_330_000, 0.28),
  startsPerNode: 4,
  app: delay(20_000_000, 0.05),
  status: 1_000_000,
  slice: delay(200_000, 0.5),
  proxySync: 1_000_000,
  proxy: delay(300_000, 0.5),
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
  stop: delay(30_000_000, 0.5),
};

const TEXT = { en: 'benchmark', 'zh-CN': '基准测试' };

function scenario(name, { seconds, load, service, strategies }) {
  return {
    apiVersion: 'peakless/v1',
    name,
    title: TEXT,
    description: TEXT,
    clock: { start: 0, utcOffset: 0, duration: Math.round(seconds * 1e6) },
    seed: 'bench',
    replications: 1,
    vars: [],
    load: [{ name: 'load', route: { app: 1 }, client: { timeout: 2_000_000 }, ...load }],
    services: [
      {
        name: 'app',
        queue: { limit: 1_000_000 },
        workload: {
          replicas: 6,
          cpuRequest: 2000,
          cpuLimit: 2000,
          memoryRequest: 2 * GIB,
          readiness: { initialDelay: 0, period: 5_000_000, successThreshold: 1 },
          terminationGracePeriod: 30_000_000,
          preStopSleep: 0,
        },
        ...service,
      },
    ],
    metrics: { kubeletPeriod: 10_000_000, resolution: 15_000_000 },
    hpaController: {
      syncPeriod: 15_000_000,
      tolerance: 0.1,
      downscaleStabilization: 300_000_000,
      cpuInitializationPeriod: 300_000_000,
      initialReadinessDelay: 30_000_000,
    },
    strategies,
    baseline: strategies[0].name,
    objectives: { latency: 500_000, attainment: 0.99 },
    thresholds: [],
    prices: {
      name: 'bench',
      currency: 'USD',
      asOf: '2026-01-01',
      source: 'none: a benchmark',
      types: {
        vm: { cpu: 2000, memory: 16 * GIB, perHour: { 'on-demand': 100_000 } },
        node: { cpu: 16_000, memory: 32 * GIB, perHour: { 'on-demand': 700_000 } },
      },
    },
  };
}

const fleet = (count) => ({
  name: 'fleet',
  kind: 'vm-peak',
  billing: 'on-demand',
  vm: { type: 'vm', reservedCpu: 0 },
  headroom: 0.3,
  count,
});

const cluster = (name, schedule) => ({
  name,
  kind: 'kubernetes',
  billing: 'on-demand',
  autoscaler: 'hpa',
  schedule,
  startup: STARTUP,
  nodes: NODES,
});

/** M/M/1 at ρ = 0.9; mean 10, p95 29.96, p99 46.05 mean service times (1 ms here). */
function mm1(size) {
  return scenario('mm1-90', {
    seconds: (1e7 / 900) * size,
    load: { rate: 900, client: { timeout: 600_000_000 } },
    service: {
      time: { dist: 'exponential', mean: 1000 },
      cpuPerRequest: 1000,
      concurrency: 1,
      balancer: 'round-robin',
    },
    strategies: [fleet(1)],
  });
}

/** 200 VMs × 8 slots, power of two, 500 → 40 000 req/s in 10 s, then τ = 240 s, in 0.1 s slices. */
function flashSale(size) {
  const counts = Array.from({ length: Math.ceil(12_000 * size) }, (_, i) => {
    const t = (i + 0.5) / 10;
    const rate = t < 10 ? 50 * t : 500 * Math.exp(-(t - 10) / 240);
    return (500 + 79 * rate) / 10;
  });
  return scenario('flash-p2c-200', {
    seconds: counts.length / 10,
    load: { trace: { file: 'generated', binWidth: 100_000, counts } },
    service: {
      time: { dist: 'lognormal', mean: 30_000, cv: 1 },
      cpuPerRequest: 7500,
      concurrency: 8,
      balancer: 'power-of-two',
    },
    strategies: [fleet(200)],
  });
}

/** A 30-minute second kill with 10 million requests: a fleet, an HPA, an HPA that is pre-scaled. */
function secondKill(size) {
  return scenario('second-kill-10m', {
    seconds: 1800,
    load: {
      flashSale: {
        base: 900 * size,
        peak: 36_000 * size,
        at: 900e6,
        surge: 5e6,
        plateau: 60e6,
        decay: 180e6,
      },
    },
    service: {
      time: { dist: 'lognormal', mean: 60_000, cv: 1 },
      cpuPerRequest: 20_000,
      balancer: 'power-of-two',
      hpa: {
        minReplicas: 6,
        maxReplicas: 600,
        metrics: [
          {
            type: 'Resource',
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 60 },
          },
        ],
        behavior: {},
      },
    },
    strategies: [
      { ...fleet(1), count: Math.ceil(480 * size) },
      cluster('hpa', []),
      cluster('hpa-prescale', [{ at: 300e6, until: 1200e6, minReplicas: Math.ceil(480 * size) }]),
    ],
  });
}

export const WORKLOADS = {
  'mm1-90': mm1,
  'flash-p2c-200': flashSale,
  'second-kill-10m': secondKill,
};
