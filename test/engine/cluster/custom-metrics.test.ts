/** Custom and external metrics: what is measured, by which clock, and what the HPA makes of it. */
import { describe, expect, test } from 'vitest';
import { CUSTOM_MEASURES } from '../../../packages/engine/src/cluster/custom-measures.ts';
import {
  type Adapter,
  type CustomFeed,
  collectSamples,
  readCustom,
} from '../../../packages/engine/src/cluster/custom-metrics.ts';
import type { Pod } from '../../../packages/engine/src/cluster/world.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { hpaSamples } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type { HpaMetricSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import type { CustomMetricSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';
import { addNode, addPod, worldOf } from './world.ts';

const SPEC: CustomMetricSpec = {
  measure: 'requests-per-second',
  window: 30 * SECOND,
  delay: 0,
  resolution: 10 * SECOND,
};

/** Pods of one deployment with a metric, whose data plane says what the test wants. */
function podsWith(changes: Partial<CustomMetricSpec> = {}) {
  const spec = { ...SPEC, ...changes };
  const world = worldOf();
  const node = addNode(world);
  const [base] = world.deployments;
  const shown = { requests: [0, 0], held: [0, 0] };
  const { mean } = base.model.law;
  const plane = {
    ...base.model.plane,
    busyTime: (pod: number) => shown.requests[pod] * mean,
    outstanding: (pod: number) => shown.held[pod],
  };
  const deployment = { ...base, model: { ...base.model, plane } };
  const pods = [0, 1].map(() => {
    const pod = addPod(world, { state: 'ready', node, deployment });
    pod.life.appUp = 0;
    return pod;
  });
  deployment.pods.splice(0, deployment.pods.length, ...pods);
  const adapter: Adapter = { spec, measure: CUSTOM_MEASURES[spec.measure], phase: 0, feeds: [] };
  const feed: CustomFeed = {
    adapter,
    deployment,
    pods: new Map<Pod, never>(),
    service: {
      measured: { model: deployment.model, arrivedBefore: 0 },
      series: { times: [], values: [] },
    },
    samples: hpaSamples(1),
  };
  adapter.feeds.push(feed);
  const at = (second: number, values: Partial<typeof shown>) => {
    Object.assign(shown, values);
    collectSamples(adapter, second * SECOND);
  };
  const read = (second: number) => {
    const { reading, sampled } = readCustom(feed, pods, second * SECOND);
    const values = reading.kind === 'samples' ? [...reading.samples.value.subarray(0, 2)] : [];
    return { values, sampled };
  };
  return { at, read, pods };
}

describe('a metric of pods', () => {
  test('the rate over the window, in thousandths, of each pod', () => {
    const { at, read } = podsWith();
    at(10, { requests: [1000, 500] });
    at(20, { requests: [1400, 600] });
    at(30, { requests: [1800, 700] });
    // 40/s and 10/s between the samples; the window (5, 35] is 5 s longer on both sides.
    expect(read(35).values).toEqual([40_000, 10_000]);
    expect(read(35).sampled).toEqual({ oldest: 30 * SECOND, newest: 30 * SECOND });
  });

  test('a delay ends the window earlier', () => {
    const { at, read } = podsWith({ delay: 20 * SECOND });
    for (const second of [10, 20, 30, 40, 50]) {
      const extra = second > 30 ? (second - 30) * 90 : 0;
      at(second, { requests: [1000 + second * 10 + extra, 0] });
    }
    expect(read(50).values[0]).toBe(10_000);
    expect(read(50).sampled?.newest).toBe(30 * SECOND);
    // One of three gaps of the window (30, 60] is not seen yet, none is slow.
    expect(read(80).values[0]).toBe(100_000);
  });

  test('in flight is the mean of the samples', () => {
    const { at, read } = podsWith({ measure: 'requests-in-flight' });
    at(10, { held: [4, 0] });
    at(20, { held: [9, 1] });
    at(30, { held: [8, 0] });
    expect(read(30).values).toEqual([7000, 333]);
  });

  test('a pod has samples from the time that its app is up, until it is gone', () => {
    const { at, read, pods } = podsWith({ measure: 'requests-in-flight' });
    pods[1].life.appUp = 25 * SECOND;
    at(20, { held: [3, 0] });
    expect(read(20).values).toEqual([3000, Number.NaN]);
    at(30, { held: [3, 5] });
    expect(read(30).values).toEqual([3000, 5000]);
    pods[1].state = 'gone';
    pods[1].deployment.pods.pop();
    at(40, {});
    expect(read(40).values).toEqual([3000, Number.NaN]);
  });
});

/** 400/s, after two minutes 800/s, of 55 ms each: 22 and 44 in flight; a pod serves 436/s. */
function stepped(
  metric: HpaMetricSpec,
  spec: Partial<CustomMetricSpec>,
  warmup = 0,
): { readonly scenario: Scenario; readonly run: (path?: 'general' | 'fast') => Decisions } {
  const { workload } = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 55_000 },
    cpuPerRequest: 1000,
    concurrency: 24,
    workload: { ...workload, replicas: 1, cpuRequest: 1000, cpuLimit: 1000 },
    hpa: { minReplicas: 1, maxReplicas: 50, metrics: [metric] },
  });
  const { replicas: _, ...strategy } = kubernetes({ name: 'hpa' });
  const stages = [
    { duration: 120 * SECOND, target: 400, jump: true },
    { duration: 180 * SECOND, target: 800, jump: true },
  ];
  const load = [loadOf({ startRate: 400, stages, process: { kind: 'deterministic' } })];
  const base = scenarioOf({ seconds: 300, load, services: [service], strategies: [strategy] });
  const scenario = {
    ...base,
    clock: { ...base.clock, warmup },
    metrics: { ...base.metrics, custom: { m: { ...SPEC, ...spec } } },
  };
  return {
    scenario,
    run: (path) =>
      runCell(scenario, 'hpa', 0, undefined, path === undefined ? {} : { path }).decisions,
  };
}

type Decisions = ReturnType<typeof runCell>['decisions'];

const average = (type: HpaMetricSpec['type'], value: number): HpaMetricSpec => ({
  type,
  name: 'm',
  target: { type: 'AverageValue', averageValue: value * 1000 },
});

const counts = (decisions: Decisions) => [decisions[0]?.from, decisions.at(-1)?.to];

describe('an HPA on a custom metric', () => {
  test.each([
    ['arrivals of the service', 'External', 'arrival-rate', 100],
    ['requests of the service', 'Object', 'requests-per-second', 100],
    ['requests of each pod', 'Pods', 'requests-per-second', 100],
    ['requests in flight', 'External', 'requests-in-flight', 5.5],
  ] as const)('%s: 4 pods at 400/s, 8 at 800/s', (_, type, measure, target) => {
    const decisions = stepped(average(type, target), { measure }).run();
    expect(counts(decisions)).toEqual([4, 8]);
    expect(decisions[0].run?.metrics[0]).toMatchObject({ metric: 'm', kind: 'value', target });
  });

  test('requests in flight of each pod: a sample sees whole requests', () => {
    const decisions = stepped(average('Pods', 5.5), { measure: 'requests-in-flight' }).run();
    const [first, last = 0] = counts(decisions);
    expect(first).toBe(4);
    // 11 or 12 in each of 4 pods ask for 8 or 9; pods that join take a little more than a share.
    expect(last).toBeGreaterThanOrEqual(8);
    expect(last).toBeLessThanOrEqual(10);
  });

  test('nothing is known of a surge before the delay has passed', () => {
    const delay = 40 * SECOND;
    const decisions = stepped(average('External', 100), { measure: 'arrival-rate', delay }).run();
    const first = decisions.find(({ from, to }) => from !== to);
    expect(first?.at).toBeGreaterThan(160 * SECOND);
    expect(first?.run?.metrics[0].age?.[0]).toBeGreaterThanOrEqual(delay);
    expect(first?.run?.metrics[0].age?.[1]).toBeLessThan(delay + 10 * SECOND);
  });

  test('the end of a warm-up is not a surge or a silence', () => {
    for (const measure of ['arrival-rate', 'requests-in-flight'] as const) {
      const [metric, spec] = [average('External', 40), { measure }];
      const plain = stepped(metric, spec).run();
      expect(stepped(metric, spec, 60 * SECOND).run()).toEqual(plain);
    }
  });

  test.each(Object.keys(CUSTOM_MEASURES) as CustomMetricSpec['measure'][])(
    '%s: both paths decide the same',
    (measure) => {
      const { run } = stepped(average('External', 30), { measure });
      expect(run('fast')).toEqual(run('general'));
    },
  );

  test('a queue that grows scales up, an empty one asks for the minimum', () => {
    const target = { type: 'Value', value: 50_000 } as const;
    const { scenario } = stepped(
      { type: 'External', name: 'm', target },
      { measure: 'queue-length' },
    );
    const [strategy] = scenario.strategies;
    const crowded = {
      ...scenario,
      // One pod serves 436/s.
      strategies: [{ ...strategy, replicas: 1 } as typeof strategy],
    };
    const { decisions } = runCell(crowded, 'hpa', 0);
    const up = decisions.find(({ from, to }) => to > from);
    expect(up?.at).toBeGreaterThan(120 * SECOND);
    expect(up?.run?.metrics[0].seen?.[0]).toBeGreaterThan(50);
    expect(decisions[0].run?.metrics[0].seen).toEqual([0, 0]);
  });
});
