/** Autoscalers with clocks of their own, in a running cluster. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { evaluate } from '../../../packages/engine/src/evaluate.ts';
import { KPA_DEFAULTS } from '../../../packages/engine/src/scaling/kpa-spec.ts';
import type { KubernetesStrategy, Load } from '../../../packages/engine/src/scenario/scenario.ts';
import type {
  KedaSection,
  KpaSection,
  PredictiveSection,
} from '../../../packages/engine/src/scenario/schema.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

const MINUTE = 60 * SECOND;
const PATIENT = { timeout: 3600 * SECOND };

const { target: _, ...knative } = KPA_DEFAULTS;
const kpaOf = (changes: Partial<KpaSection> = {}): KpaSection => ({
  ...knative,
  averaging: 'linear',
  activatorQueue: 10_000,
  ...changes,
});

const SERVICE = serviceOf({
  time: { dist: 'deterministic', mean: 100_000 },
  cpuPerRequest: 10_000,
  concurrency: 10,
  queue: { limit: 1000 },
  hpa: { minReplicas: 2, maxReplicas: 50 },
});

function run(minutes: number, load: Partial<Load>, changes: Partial<KubernetesStrategy>) {
  // The fixture has a number of its own; without one the autoscaler’s rest decides.
  const { replicas: _fixture, ...pods } = kubernetes({ nodes: { min: 20, max: 20 } });
  const strategy = { ...pods, ...changes, nodes: pods.nodes };
  const scenario = scenarioOf({
    seconds: minutes * 60,
    load: [loadOf({ client: PATIENT, ...load })],
    services: [SERVICE],
    strategies: [strategy],
  });
  const result = simulate(compile(scenario, strategy.name, 0));
  return { ...evaluate(result), ledger: result.ledger };
}

/** Nothing, then a request every two seconds. */
const SLEEPER = {
  startRate: 0,
  stages: [
    { duration: 4.1 * MINUTE, target: 0, jump: true },
    { duration: 3 * MINUTE, target: 0.5, jump: true },
  ],
  process: { kind: 'deterministic' },
} as const;

describe('Knative', () => {
  test('without load the last pod goes: a stable window, and the grace period', () => {
    const { decisions, pods } = run(4, { rate: 0 }, { autoscaler: 'kpa', kpa: kpaOf() });
    const gone = decisions.find(({ to }) => to === 0);
    expect(gone?.reason.key).toBe('kpa.to-zero');
    // It was in the path already, for want of burst capacity: only the stable window counts.
    expect(gone?.at).toBeGreaterThan(60 * SECOND);
    expect(gone?.at).toBeLessThan(66 * SECOND);
    expect(pods.app.ready.at(-1)).toBe(0);
    const direct = kpaOf({ targetBurstCapacity: 0 });
    const later = run(4, { rate: 0 }, { autoscaler: 'kpa', kpa: direct }).decisions;
    expect(later.find(({ to }) => to === 0)?.at).toBeGreaterThan(90 * SECOND);
  });

  test('from zero the first request wakes it at once, and waits for its pod', () => {
    const { outcome, requests, decisions, ledger } = run(6, SLEEPER, {
      autoscaler: 'kpa',
      kpa: kpaOf(),
    });
    const woken = decisions.find(({ reason }) => reason.key === 'kpa.poked');
    const [first] = requests.app;
    expect((woken?.at ?? 0) - first.arrival).toBeGreaterThan(0);
    expect((woken?.at ?? 0) - first.arrival).toBeLessThanOrEqual(2);
    const pod = ledger.pods.find(({ wanted }) => wanted === woken?.at);
    expect(first.arrival + (first.wait ?? 0)).toBe(pod?.routed);
    expect(first.latency).toBeGreaterThan(20 * SECOND);
    expect(outcome.counts.rejected).toBe(0);
    expect(outcome.counts.served + outcome.counts.late).toBeGreaterThan(40);
  });

  test('with minScale nothing goes below it, and maxScale is kept', () => {
    const kpa = kpaOf({ minScale: 2, maxScale: 3, containerConcurrency: 10 });
    const { series } = run(3, { rate: 600 }, { autoscaler: 'kpa', kpa });
    expect(Math.max(...series.columns.desired.map(Number))).toBe(3);
    const quiet = run(3, { rate: 0 }, { autoscaler: 'kpa', kpa });
    expect(Math.min(...quiet.series.columns.desired.map(Number))).toBe(2);
  });

  test('a container concurrency keeps the others in the activator, none is refused', () => {
    const kpa = kpaOf({ minScale: 1, maxScale: 1, containerConcurrency: 5 });
    const { outcome, series } = run(1, { rate: 60 }, { autoscaler: 'kpa', kpa });
    // Five slots of 0.1 s carry 50/s of the 60/s.
    expect(outcome.counts.rejected).toBe(0);
    expect(Number(series.columns.waiting.at(-2))).toBeGreaterThan(400);
    expect(Number(series.columns.completed.at(-2))).toBeLessThan(51);
  });

  test('a steady load keeps its pods, also where only some of them are asked', () => {
    // 25 requests in flight, a target of 2.5: 10 pods, of which 7 are asked.
    const kpa = kpaOf({ target: 2.5, targetUtilization: 1, scaleToZero: false });
    const { series } = run(4, { rate: 250 }, { autoscaler: 'kpa', kpa });
    const desired = series.columns.desired.map(Number);
    expect(desired[0]).toBe(10);
    expect(Math.min(...desired)).toBeGreaterThanOrEqual(9);
    expect(Math.max(...desired)).toBeLessThanOrEqual(13);
  });

  test('a pre-scale raises the least scale while it holds', () => {
    const schedule = [{ at: MINUTE, until: 2 * MINUTE, minReplicas: 6 }];
    const { decisions } = run(4, { rate: 1 }, { autoscaler: 'kpa', kpa: kpaOf(), schedule });
    const raised = decisions.find(({ from, to }) => to === 6 && from < 6);
    expect(raised?.reason.key).toBe('kpa.raised');
    expect(raised?.at).toBeLessThanOrEqual(MINUTE + 2 * SECOND);
    expect(decisions.at(-1)?.to).toBe(1);
  });
});

const kedaOf = (changes: Partial<KedaSection>): KedaSection => ({
  pollingInterval: 30 * SECOND,
  cooldownPeriod: MINUTE,
  initialCooldownPeriod: 0,
  minReplicas: 0,
  maxReplicas: 100,
  triggers: [],
  ...changes,
});
const RATE = {
  kind: 'request-rate',
  threshold: 10,
  activationThreshold: 0,
  useCachedMetrics: false,
  window: 30 * SECOND,
  resolution: 5 * SECOND,
} as const;

describe('KEDA', () => {
  test('wakes at a poll, by way of the HPA to what the trigger asks for, and back to zero', () => {
    const load = {
      startRate: 0,
      stages: [
        { duration: 2 * MINUTE, target: 0, jump: true },
        { duration: 2 * MINUTE, target: 45, jump: true },
        { duration: 10 * MINUTE, target: 0, jump: true },
      ],
    };
    const { decisions, outcome } = run(14, load, {
      autoscaler: 'keda',
      keda: kedaOf({ triggers: [RATE] }),
    });
    const changes = decisions.filter(({ from, to }) => from !== to);
    expect(changes[0]).toMatchObject({ from: 0, to: 1, reason: { key: 'keda.activated' } });
    const woken = changes[0].at - 2 * MINUTE;
    // The first sample of the window, then the next poll.
    expect(woken).toBeGreaterThan(0);
    expect(woken).toBeLessThanOrEqual(40 * SECOND);
    expect(Math.max(...changes.map(({ to }) => to))).toBe(5);
    expect(changes.at(-1)).toMatchObject({ to: 0, reason: { key: 'keda.deactivated' } });
    // Nobody holds requests while there is no pod.
    expect(outcome.counts.rejected).toBeGreaterThan(45 * 20);
  });

  test('cron: a step within the tolerance is lost, one beyond it is made', () => {
    // Inside in every other minute, whenever the scenario begins.
    const cron = (desiredReplicas: number) =>
      kedaOf({
        minReplicas: 20,
        triggers: [{ kind: 'cron', start: '*/2 * * * *', end: '1-59/2 * * * *', desiredReplicas }],
      });
    const most = (replicas: number) => {
      const { series } = run(
        5,
        { rate: 1 },
        { autoscaler: 'keda', keda: cron(replicas), replicas: 20 },
      );
      return Math.max(...series.columns.desired.map(Number));
    };
    expect(most(22)).toBe(20);
    expect(most(23)).toBe(23);
  });

  test('while its source is out: the fallback by the HPA; without one, everything stays', () => {
    const outages = [{ at: MINUTE, until: 6 * MINUTE }];
    const steady = { rate: 45 };
    const fallback = { failureThreshold: 3, replicas: 8, behavior: 'static' } as const;
    const saved = run(5, steady, {
      autoscaler: 'keda',
      keda: kedaOf({ outages, fallback, triggers: [RATE] }),
    });
    const changes = saved.decisions.filter(({ from, to }) => from !== to);
    expect(changes.map(({ from, to }) => [from, to])).toEqual([[5, 8]]);
    // The fourth sync that fails.
    expect(changes[0].at).toBeGreaterThan(MINUTE + 45 * SECOND);
    expect(changes[0].at).toBeLessThanOrEqual(MINUTE + 60 * SECOND);
    const lost = run(5, steady, {
      autoscaler: 'keda',
      keda: kedaOf({ outages, triggers: [RATE] }),
    });
    expect(lost.decisions.filter(({ from, to }) => from !== to)).toEqual([]);
    expect(lost.decisions.some(({ reason }) => reason.key === 'keda.failing')).toBe(true);
  });

  test('the HPA gets a cached error, until the next poll', () => {
    const cached = { ...RATE, useCachedMetrics: true };
    const { decisions } = run(
      6,
      { rate: 45 },
      {
        autoscaler: 'keda',
        keda: kedaOf({
          pollingInterval: 2 * MINUTE,
          // After a first poll; the syncs before the next one do not see it.
          outages: [{ at: 3 * MINUTE, until: 5 * MINUTE }],
          fallback: { failureThreshold: 0, replicas: 8, behavior: 'static' },
          triggers: [cached],
        }),
      },
    );
    const failed = decisions.find(({ reason }) => reason.key === 'keda.fallback');
    const up = decisions.find(({ from, to }) => from < to);
    expect(up).toMatchObject({ from: 5, to: 8 });
    expect(up?.at).toBeGreaterThan(failed?.at ?? Number.POSITIVE_INFINITY);
    expect(up?.at).toBeLessThanOrEqual((failed?.at ?? 0) + 15 * SECOND);
  });

  test('a schedule holds where the service would rest at the idle count', () => {
    const { decisions } = run(
      6,
      { rate: 0 },
      {
        autoscaler: 'keda',
        keda: kedaOf({ minReplicas: 4, idleReplicas: 0, triggers: [RATE] }),
        schedule: [{ at: MINUTE, until: 3 * MINUTE, minReplicas: 6 }],
      },
    );
    const changes = decisions.filter(({ from, to }) => from !== to);
    expect(changes.map(({ from, to }) => [from, to])).toEqual([
      [0, 6],
      // The HPA, whose minimum is 4 again, then the next poll.
      [6, 4],
      [4, 0],
    ]);
    expect(changes[1].at).toBeGreaterThan(3 * MINUTE);
  });

  test('a queue wakes it as well, and asks for what waits', () => {
    const queue = { kind: 'queue-length', threshold: 5, activationThreshold: 0 } as const;
    const { decisions } = run(
      3,
      { rate: 150 },
      {
        autoscaler: 'keda',
        keda: kedaOf({ minReplicas: 1, triggers: [{ ...queue, useCachedMetrics: true }] }),
      },
    );
    // One pod carries 100/s of the 150/s: 50 more wait each second.
    expect(decisions.find(({ from, to }) => from < to)?.run?.metrics[0].metric).toBe(
      's0-queue-length',
    );
  });
});

const forecastOf = (changes: Partial<PredictiveSection> = {}): PredictiveSection => ({
  lead: 2 * MINUTE,
  resolution: MINUTE,
  perPod: 10,
  utilization: 0.7,
  error: 0,
  errorPer: 'run',
  knownEvents: true,
  missed: 0,
  ...changes,
});

describe('predictive', () => {
  const sale = {
    flashSale: {
      base: 30,
      peak: 200,
      at: 5 * MINUTE,
      surge: SECOND,
      plateau: MINUTE,
      decay: 10 * SECOND,
    },
  };
  const risesOf = (changes: Partial<PredictiveSection>) =>
    run(8, sale, { autoscaler: 'predictive', predictive: forecastOf(changes) }).decisions.filter(
      ({ reason }) => reason.key === 'predictive.forecast',
    );

  test('adds the pods for a known sale its lead ahead', () => {
    expect(risesOf({})).toMatchObject([{ at: 3 * MINUTE, from: 3, to: 20 }]);
  });

  test('an unknown or missed sale is left to the HPA', () => {
    expect(risesOf({ knownEvents: false })).toEqual([]);
    expect(risesOf({ missed: 1 })).toEqual([]);
  });

  test('an error changes the number; another seed, another number', () => {
    const [wrong] = risesOf({ error: 0.5 });
    expect(wrong.to).not.toBe(20);
    expect(risesOf({ error: 0.5 })).toEqual([wrong]);
  });
});

test('CPU requests are recommended from what the pods used', () => {
  const { cpuRequests } = run(10, { rate: 100 }, { autoscaler: 'fixed', replicas: 2 });
  // 100/s × 10 ms on two pods: half a core each, and 15 %.
  expect(cpuRequests.app.target).toBeGreaterThan(550);
  expect(cpuRequests.app.target).toBeLessThan(700);
  expect(cpuRequests.app.request).toBe(SERVICE.workload.cpuRequest);
  expect(cpuRequests.app.samples).toBeGreaterThan(15);
});
