/**
 * The workloads, each a plain Scenario that goes through the public pipeline with all accounting
 * on. `size` scales the length: 1 is the benchmark, the ordinary tests run a small one.
 *
 *   scenario    size → Scenario; all its strategies are run
 *   against     kind of implementation → the reference its ratio is to (references.mjs)
 *   references  further reference programs of the same model, shown beside it
 *   unit        µs per unit of the gates
 *   gates       what must come out (gates.mjs)
 */
import { dayRate, dayStairs, dayWindow, SALE, saleCounts } from './curves.mjs';
import {
  benchScenario,
  cluster,
  fleet,
  STAIRCASE_HEAD,
  STAIRCASE_WORKLOAD,
  staircase,
} from './scenario.mjs';

/**
 * The clients of the reference programs wait 2 s for service and never leave it. Without
 * `client.patience` in the scenario, a time-out of 2 s has to stand for it: it also ends requests
 * in service, so the gates that patience decides (`patience: true`) cannot hold.
 */
export const PATIENCE = true;

const PATIENT = 2_000_000;
// Time-outs that no request reaches (the chance of one in a run is below 1e-4), and no longer than
// that: the general path remembers a request that waited until its time-out has passed.
const UNREACHED = 10_000_000;
const CLIENT = PATIENCE
  ? { timeout: UNREACHED, patience: { dist: 'deterministic', mean: PATIENT } }
  : { timeout: PATIENT };
const ENDLESS = { timeout: 1_000_000 };

const MILLISECOND = 1000;
const SECOND = 1_000_000;

const near = (measure, value, tolerance, more = {}) => ({
  measure,
  low: value * (1 - tolerance),
  high: value * (1 + tolerance),
  ...more,
});
const between = (measure, low, high, more = {}) => ({ measure, low, high, ...more });

/** c VMs of one slot, or one of c slots, at ρ = 0.9 with a mean service time of 1 ms. */
function markovian(name, slots) {
  return (size) =>
    benchScenario(name, {
      seconds: (1e7 / (900 * slots)) * size,
      load: { rate: 900 * slots, client: ENDLESS },
      service: {
        time: { dist: 'exponential', mean: MILLISECOND },
        cpuPerRequest: MILLISECOND,
        concurrency: slots,
        balancer: 'round-robin',
      },
      strategies: [fleet(1)],
    });
}

const SALE_SERVICE = {
  time: { dist: 'lognormal', mean: 30_000, cv: 1 },
  cpuPerRequest: 7500,
  concurrency: 8,
};

/** The sale on VMs of 8 slots; `stretch` makes all of it last longer, at the same rates. */
function sale(name, vms, balancer, { size = 1, stretch = 1 }) {
  const counts = saleCounts(Math.ceil(SALE.slices * size), stretch);
  return benchScenario(name, {
    seconds: counts.length * SALE.slice * stretch,
    load: {
      trace: { file: 'generated', binWidth: SALE.slice * stretch * SECOND, counts },
      client: CLIENT,
    },
    service: { ...SALE_SERVICE, balancer },
    strategies: [fleet(vms)],
  });
}

const flash = (name, vms, balancer) => (size) => sale(name, vms, balancer, { size });

/** flash-p2c-200 stretched in time until it has `requests` requests: same slices, same VMs. */
export const stretchedSale = (requests) =>
  sale('flash-p2c-200', 200, 'power-of-two', { stretch: requests / SALE.expected });

/** A day with a sale at 20:00; the pods follow the staircase of the reference program. */
function elasticDay(size) {
  const window = dayWindow(size);
  const seconds = window.until - window.from;
  const stairs = dayStairs(window);
  const schedule = stairs.map(({ at, pods }, i) => ({
    at: at * SECOND,
    until: (stairs[i + 1]?.at ?? seconds) * SECOND,
    minReplicas: pods,
  }));
  const counts = Array.from({ length: seconds }, (_, i) => dayRate(window.from + i));
  return benchScenario('elastic-day', {
    seconds,
    load: { trace: { file: 'generated', binWidth: SECOND, counts }, client: CLIENT },
    service: { ...SALE_SERVICE, balancer: 'power-of-two', workload: STAIRCASE_WORKLOAD },
    strategies: [staircase(STAIRCASE_WORKLOAD.replicas, schedule)],
    head: STAIRCASE_HEAD,
  });
}

const CPU_60 = {
  type: 'Resource',
  name: 'cpu',
  target: { type: 'Utilization', averageUtilization: 60 },
};

/** A 30-minute second kill with 10 million requests: a fleet, an HPA, an HPA that is pre-scaled. */
function secondKill(size) {
  const most = Math.ceil(480 * size);
  return benchScenario('second-kill-10m', {
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
      client: { timeout: PATIENT },
    },
    service: {
      time: { dist: 'lognormal', mean: 60_000, cv: 1 },
      cpuPerRequest: 20_000,
      balancer: 'power-of-two',
      hpa: { minReplicas: 6, maxReplicas: 600, metrics: [CPU_60], behavior: {} },
    },
    strategies: [
      { ...fleet(1), count: most },
      cluster('hpa', []),
      cluster('hpa-prescale', [{ at: 300e6, until: 1200e6, minReplicas: most }]),
    ],
  });
}

/** One bucket of the histograms is 0.8 % wide. */
const SALE_QUANTILES = [
  near('p50', 0.02118, 0.01),
  near('p95', 0.08325, 0.01),
  near('p99', 0.147, 0.01),
  between('timedOut', 0, 0, { patience: true }),
];

export const WORKLOADS = {
  'mm1-90': {
    scenario: markovian('mm1-90', 1),
    against: { general: 'c w1ev', fast: 'c w1ev' },
    references: ['c w1rec'],
    unit: MILLISECOND,
    gates: [
      near('mean', 10, 0.03),
      near('p50', 6.931, 0.03),
      near('p95', 29.96, 0.03),
      near('p99', 46.05, 0.03),
    ],
  },
  'mmc64-90': {
    scenario: markovian('mmc64-90', 64),
    against: { general: 'c w2ev', fast: 'c w2ev' },
    references: ['c w2tree'],
    unit: MILLISECOND,
    gates: [near('mean', 1.048541, 0.003)],
  },
  'flash-p2c-200': {
    scenario: flash('flash-p2c-200', 200, 'power-of-two'),
    against: { general: 'c w3 ev', fast: 'c w3i 200', kernel: 'c w3i 200' },
    references: ['c w3i 200'],
    unit: SECOND,
    gates: SALE_QUANTILES,
  },
  'flash-p2c-120-over': {
    scenario: flash('flash-p2c-120-over', 120, 'power-of-two'),
    against: { general: 'c w3i 120', fast: 'c w3i 120', kernel: 'c w3i 120' },
    references: [],
    unit: SECOND,
    gates: [
      near('timedOut', 157e3, 0.03, { patience: true, fullSize: true }),
      between('mean', 0.468, 0.474, { patience: true, fullSize: true }),
      near('p99', 2.055, 0.01, { patience: true, fullSize: true }),
    ],
  },
  'flash-lc-200': {
    scenario: flash('flash-lc-200', 200, 'least-loaded'),
    against: { general: 'c w3 lc', fast: 'c w3 lc', kernel: 'c w3 lc' },
    references: [],
    unit: SECOND,
    gates: SALE_QUANTILES,
  },
  'elastic-day': {
    scenario: elasticDay,
    against: { general: 'c w5', fast: 'c w5' },
    references: [],
    unit: SECOND,
    gates: [
      between('missShare', 0.0377, 0.0382, { patience: true, fullSize: true }),
      between('timedOut', 207e3, 216e3, { patience: true, fullSize: true }),
    ],
  },
  'second-kill-10m': {
    scenario: secondKill,
    // No program of its own: the same kind of requests as the sale on 200 pods.
    against: { general: 'c w3 ev', fast: 'c w3 ev' },
    references: [],
    unit: SECOND,
    gates: [],
  },
};
