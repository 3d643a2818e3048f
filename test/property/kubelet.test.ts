/**
 * Whatever happens to containers (slow starts, probes, crashes, memory, ends in any order): every
 * request ends once, on both paths the same; lives pass their stages in order; outages lie within
 * the time in which a pod was routed. The invariants of the control plane are asserted on the way.
 */
import { expect, test } from 'vitest';
import { compile } from '../../packages/engine/src/compile.ts';
import type { PodLife } from '../../packages/engine/src/ledger/ledger.ts';
import type { Scenario, Service } from '../../packages/engine/src/scenario/scenario.ts';
import { type Run, simulate } from '../../packages/engine/src/simulate.ts';
import fc from '../fixtures/fast-check.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../fixtures/scenario.ts';

const MIB = 2 ** 20;
const LENGTH = 60;
const second = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((ms) => ms * 1000);
const delays = (min: number, max: number) =>
  fc.record({ median: second(min, max), sigma: fc.constantFrom(0, 0.3) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const probes = fc.record({
  initialDelay: fc.constantFrom(0, 3 * SECOND),
  period: fc.constantFrom(SECOND, 3 * SECOND),
  successThreshold: fc.constant(1),
  failureThreshold: fc.integer({ min: 1, max: 4 }),
  timeout: fc.constant(SECOND),
});

const workloads = fc
  .record({
    readiness: probes,
    liveness: maybe(probes),
    startup: maybe(probes),
    preStopSleep: fc.constantFrom(0, 2 * SECOND, 8 * SECOND),
    terminationGracePeriod: fc.constantFrom(0, SECOND, 5 * SECOND),
    memoryLimit: fc.constant(200 * MIB),
    cpuRequest: fc.constantFrom(200, 900),
  })
  .map(({ liveness, startup, ...rest }) => ({
    ...serviceOf().workload,
    ...rest,
    ...(liveness && { liveness }),
    ...(startup && { startup }),
  }));

const starts = fc
  .record({
    app: delays(0, 6),
    appWork: maybe(second(1, 6)),
    container: delays(0, 2),
    slice: delays(0, 2),
    proxy: delays(0, 1),
    probesWait: fc.boolean(),
    onTerm: fc.constantFrom('drain' as const, 'close' as const),
    loadBalancer: maybe(
      fc.record({
        checkInterval: fc.constantFrom(SECOND, 5 * SECOND),
        healthyThreshold: fc.integer({ min: 1, max: 3 }),
        deregistrationDelay: fc.constantFrom(0, 2 * SECOND, 300 * SECOND),
      }),
    ),
    networkPolicy: maybe(delays(0, 5)),
  })
  .map(({ appWork, onTerm, loadBalancer, networkPolicy, ...rest }) => ({
    ...rest,
    ...(appWork && { appWork }),
    ...(loadBalancer && { loadBalancer }),
    security: networkPolicy === undefined ? {} : { networkPolicy },
    restarts: { backoff: SECOND, maxBackoff: 5 * SECOND },
    termination: { onTerm, stopsPerNode: 2, crowdedStopsPerNode: 1 },
  }));

const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }).map(String),
    rate: fc.integer({ min: 1, max: 120 }),
    workload: workloads,
    startup: starts,
    memory: maybe(fc.constant({ base: 100 * MIB, perRequest: 5 * MIB })),
    levels: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }),
    crashes: fc.array(second(0, LENGTH), { maxLength: 5 }),
  })
  .map(({ seed, rate, workload, startup, memory, levels, crashes }) => {
    const every = (LENGTH * SECOND) / levels.length;
    const schedule = levels.map((minReplicas, i) => {
      const at = Math.floor(i * every);
      return { at, until: Math.floor((i + 1) * every), minReplicas };
    });
    const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };
    const service = serviceOf({
      workload,
      ...(memory && { memory }),
      hpa: { minReplicas: 1, maxReplicas: 20, behavior } as NonNullable<Service['hpa']>,
    });
    return scenarioOf({
      seed,
      seconds: LENGTH,
      load: [loadOf({ rate, client: { timeout: 1e12 } })],
      services: [service],
      strategies: [kubernetes({ schedule, startup, nodes: { min: 2, max: 3 } })],
      faults: crashes.map((at) => ({ at, kind: 'pod-crash' as const, count: 2 })),
    });
  });

const STAGES = [
  'wanted',
  'created',
  'bound',
  'imagePresent',
  'started',
  'appUp',
  'ready',
  'routed',
] as const;

function expectOrder(life: PodLife): void {
  const times = STAGES.flatMap((stage) => life[stage] ?? []);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  let since = life.routed ?? Number.POSITIVE_INFINITY;
  for (const { from, to } of life.outages ?? []) {
    expect(from).toBeGreaterThanOrEqual(since);
    since = to ?? Number.POSITIVE_INFINITY;
    expect(since).toBeGreaterThanOrEqual(from);
  }
  if (life.gone !== undefined) expect(life.gone).toBeGreaterThanOrEqual(Number(life.draining));
}

const facts = ({ ledger, model }: Run) => ({
  counts: [...model.services[0].plane.counts],
  latency: model.services[0].plane.latency.totals.join(),
  pods: ledger.pods,
});

test('every request ends once, every life in order, and both paths agree', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const [{ name }] = scenario.strategies;
      // Conservation and the control plane's invariants are asserted within.
      const fast = simulate(compile(scenario, name, 0, { path: 'fast' }));
      for (const life of fast.ledger.pods) expectOrder(life);
      const general = simulate(compile(scenario, name, 0, { path: 'general' }));
      expect(facts(general)).toEqual(facts(fast));
    }),
    { numRuns: 30 },
  );
});
