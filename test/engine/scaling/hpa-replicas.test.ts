/** Per-pod metrics on their own, worked by hand: what is reported, each rule from both sides. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../../packages/engine/src/scaling/hpa.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import {
  type HpaReading,
  hpaSamples,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type { HpaMetricSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import {
  cpuAt,
  decideOnce,
  hpa50,
  observe,
  type PodScene,
  pods,
  starting,
  values,
} from './hpa-scenes.ts';

const average = (averageValue: number): HpaMetricSpec => ({
  type: 'Pods',
  name: 'rate',
  target: { type: 'AverageValue', averageValue },
});

function result(
  metric: HpaMetricSpec,
  scene: readonly PodScene[],
  { spec = scene.length, others = [] as number[], tolerance = 0.1 } = {},
) {
  const seen = observe({ pods: scene });
  const [reading] = seen.readings;
  if (reading?.kind !== 'samples') throw new Error('the scene has samples');
  const readings: HpaReading[] = [{ kind: 'samples', samples: { ...reading.samples, others } }];
  const object = hpa50({ metrics: [metric] });
  return decideOnce(object, { spec, pods: scene, readings }, { tolerance }).metrics[0];
}

describe('what is reported', () => {
  it('of a utilization: the share, the mean, the groups and the age of the samples', () => {
    const scene = [
      { cpu: 700, sampled: -9 },
      { cpu: 900, sampled: -4 },
      { cpu: 801, sampled: -6 },
      starting(),
      {},
      { deleted: true, cpu: 5 },
      { phase: 'failed' },
    ] as const;
    expect(result(cpuAt(50), scene)).toEqual({
      type: 'Resource',
      name: 'cpu',
      error: null,
      // 2401 of 5000 millicores with the unready and the missing one at 0: 48 %, a reversal.
      proposal: 7,
      basis: 'unknown-pods',
      ratio: 80 / 50,
      ready: 3,
      unready: 1,
      missing: 1,
      ignored: 2,
      averageUtilization: 80,
      averageValue: 800,
      value: null,
      sampled: { oldest: -9e6, newest: -4e6 },
    });
  });

  it('of a mean: no share, and no age where the metric is not cpu', () => {
    expect(result(average(400), pods(3, { cpu: 801 }))).toEqual({
      type: 'Pods',
      name: 'rate',
      error: null,
      proposal: 7,
      basis: 'ratio',
      ratio: 801 / 400,
      ready: 3,
      unready: 0,
      missing: 0,
      ignored: 0,
      averageUtilization: null,
      averageValue: 801,
      value: null,
      sampled: null,
    });
    expect(result({ ...average(400), name: 'cpu' }, pods(3, { cpu: 801 }))?.sampled).toBeNull();
  });

  it('of foreign samples alone: no age', () => {
    const cpu: HpaMetricSpec = { ...average(400), type: 'Resource', name: 'cpu' };
    expect(result(cpu, [{}], { others: [900] })).toMatchObject({ ready: 0, sampled: null });
    expect(result(cpu, [{ cpu: 400 }])?.sampled).toEqual({ oldest: -10e6, newest: -10e6 });
  });

  it('of an invalid metric: nothing but the reason', () => {
    expect(result(cpuAt(50), pods(2, starting()))).toEqual({
      type: 'Resource',
      name: 'cpu',
      error: 'no-usable-samples',
      proposal: 0,
      basis: 'ratio',
      ratio: Number.NaN,
      ready: 0,
      unready: 0,
      missing: 0,
      ignored: 0,
      averageUtilization: null,
      averageValue: null,
      value: null,
      sampled: null,
    });
  });
});

describe('invalid metrics', () => {
  it.each<[string, HpaMetricSpec, readonly PodScene[]]>([
    ['no-pods', cpuAt(50), []],
    ['no-usable-samples', cpuAt(50), [{}]],
    ['no-resource-request', cpuAt(50), [{ cpu: 1 }, { phase: 'failed', request: Number.NaN }]],
    ['no-resource-request', cpuAt(50), [{ cpu: 1 }, { request: Number.NaN }]],
    ['zero-requests', cpuAt(50), [{ cpu: 1, request: 0 }]],
    ['invalid-target', { ...cpuAt(50), type: 'Pods' }, [{ cpu: 1 }]],
    ['invalid-target', { ...cpuAt(50), target: { type: 'Value', value: 1 } }, [{ cpu: 1 }]],
  ])('%s', (error, metric, scene) => {
    expect(result(metric, scene, { spec: 3 })?.error).toBe(error);
  });

  it('a mean needs no requests', () => {
    const scene = pods(2, { cpu: 400, request: Number.NaN });
    expect(result(average(400), scene)).toMatchObject({ error: null, proposal: 2 });
  });

  it('a per-pod metric cannot be read from values', () => {
    const scene = { pods: pods(2, {}), readings: [values(1)] };
    expect(decideOnce(hpa50(), scene).metrics[0]?.error).toBe('failed');
  });

  it('a reading that is not there has failed', () => {
    const scene = { pods: pods(2, {}), readings: [] };
    expect(decideOnce(hpa50(), scene).metrics[0]?.error).toBe('failed');
  });

  it('samples of pods that are not in the list are usable', () => {
    expect(result(average(400), [{}], { others: [900] })?.error).toBeNull();
  });
});

describe('samples of pods that are not in the list', () => {
  it('belong to a mean, and do not multiply where all pods are known', () => {
    // (300 + 900) ÷ 2 = 600, one and a half times the target, of one ready pod.
    const one = result(average(400), [{ cpu: 300 }], { others: [900] });
    expect(one).toMatchObject({ averageValue: 600, ratio: 1.5, proposal: 2 });
  });

  it('count among the pods that are filled in', () => {
    // 1800 over 2 samples: 900. With the missing pod at 0: 600 over 3, 1.5 × 3.
    const one = result(average(400), [{ cpu: 900 }, {}], { others: [900] });
    expect(one).toMatchObject({ averageValue: 900, proposal: 5 });
  });

  it('are left out of a utilization, but not of its pods', () => {
    // 1 at 90 %, 1 missing at 0: 45 %, 2.25 times the target, × 3 samples.
    const one = result(cpuAt(20), [{ cpu: 900 }, {}], { others: [5] });
    expect(one).toMatchObject({ averageUtilization: 90, averageValue: 900, proposal: 7 });
  });
});

describe('pods without a sample', () => {
  it('of a mean are at the target when fewer are asked for', () => {
    // 4 at 200, 1 at 800: 320 of 800, 0.4 × 5.
    expect(result(average(800), [...pods(4, { cpu: 200 }), {}])).toMatchObject({ proposal: 2 });
  });

  it('are at 0 when more are asked for', () => {
    // 4 at 1600, 1 at 0: 1280 of 800, 1.6 × 5.
    expect(result(average(800), [...pods(4, { cpu: 1600 }), {}])).toMatchObject({ proposal: 8 });
    // 4 at 160 %, 1 at 0: 128 % of 80 %.
    expect(result(cpuAt(80), [...pods(4, { cpu: 1600 }), {}])).toMatchObject({ proposal: 8 });
  });

  it('keep the replicas where the rest is within the tolerance with them', () => {
    // 10 at 440 ask for 9; 1 more at 500: 445, 0.89; two more: 450, just within.
    const ten = pods(10, { cpu: 440 });
    expect(result(average(500), [...ten, {}])).toMatchObject({ proposal: 10, basis: 'ratio' });
    expect(result(average(500), [...ten, {}, {}])).toMatchObject({
      proposal: 12,
      basis: 'unknown-pods',
    });
  });

  it('are said to be within the tolerance if the others are', () => {
    expect(result(average(500), [...pods(4, { cpu: 520 }), {}])?.basis).toBe('tolerance');
  });

  it('change nothing exactly on target', () => {
    const scene = [...pods(4, { cpu: 500 }), {}];
    expect(result(average(500), scene, { tolerance: 0 })).toMatchObject({ proposal: 5 });
    expect(result(cpuAt(50), scene, { tolerance: 0 })).toMatchObject({ proposal: 5 });
  });

  it('turn no direction round', () => {
    // 2 at 30 % of 50 %, 3 missing at 100 %: 72 %, above the target.
    expect(result(cpuAt(50), [...pods(2, { cpu: 300 }), {}, {}, {}])?.proposal).toBe(5);
    // 2 at 90 %, 3 missing at 0: 36 %.
    expect(result(cpuAt(50), [...pods(2, { cpu: 900 }), {}, {}, {}])?.proposal).toBe(5);
  });

  it('do not let more pods than replicas turn it round either', () => {
    // Down: 5 at 400, 1 at the target: 416, 0.832 × 6, where the scale says 6, 5 or 4.
    const low = [...pods(5, { cpu: 400 }), {}];
    expect(result(average(500), low)).toMatchObject({ proposal: 5, basis: 'ratio' });
    expect(result(average(500), low, { spec: 5 })).toMatchObject({ proposal: 5, basis: 'ratio' });
    expect(result(average(500), low, { spec: 4 })).toMatchObject({
      proposal: 4,
      basis: 'unknown-pods',
    });
    // Up: 4 at 1.5 and one at 0, 1.2 × 5 = 6 where the scale says 6 or 7.
    const high = [...pods(4, { cpu: 750 }), {}];
    expect(result(average(500), high, { spec: 6 })).toMatchObject({ proposal: 6, basis: 'ratio' });
    expect(result(average(500), high, { spec: 7 })).toMatchObject({
      proposal: 7,
      basis: 'unknown-pods',
    });
  });
});

describe('unready pods', () => {
  it('count as 0 when more are asked for, not at all otherwise', () => {
    const cpu: HpaMetricSpec = { ...average(500), type: 'Resource', name: 'cpu' };
    // 4 at 1000, 2 at 0: 666, 1.332 × 6.
    const up = [...pods(4, { cpu: 1000 }), starting(), starting()];
    expect(result(cpu, up)).toMatchObject({ proposal: 8, ready: 4, unready: 2 });
    // 4 at 100 % and 2 at 0: 66 %, 1.32 × 6.
    expect(result(cpuAt(50), up)).toMatchObject({ proposal: 8 });
    const down = [...pods(4, { cpu: 250 }), starting(), starting()];
    expect(result(cpu, down)).toMatchObject({ proposal: 2, basis: 'ratio' });
    expect(result(cpuAt(50), down)).toMatchObject({ proposal: 2, basis: 'ratio' });
    const there = [...pods(4, { cpu: 500 }), starting()];
    expect(result(cpu, there)).toMatchObject({ proposal: 5, basis: 'tolerance' });
  });

  it('are left out of the worst case on the way down, the missing ones are not', () => {
    // 4 at 200, 1 missing at 500: 260 over 5, 0.52 × 5; the unready one does not count.
    const cpu: HpaMetricSpec = { ...average(500), type: 'Resource', name: 'cpu' };
    const scene = [...pods(4, { cpu: 200 }), {}, starting()];
    expect(result(cpu, scene)).toMatchObject({ proposal: 3 });
    // 4 at 20 %, 1 at 100 %: 36 %, 0.72 × 5.
    expect(result(cpuAt(50), scene)).toMatchObject({ proposal: 4 });
  });

  it('do not take the others out of the tolerance from below', () => {
    const scene = [...pods(4, { cpu: 460 }), starting(), starting()];
    expect(result(cpuAt(50), scene)).toMatchObject({ proposal: 6, basis: 'tolerance' });
  });
});

it('a spec without metrics is a defect: its default was to be filled in', () => {
  const spec = { ...withDefaults(hpa50()), metrics: [] };
  const seen = observe({ pods: pods(1, { cpu: 1 }) });
  expect(() => decide(spec, DEFAULT_HPA_CONTROLLER, seen, hpaMemory())).toThrow(/has a metric/);
});

it('no proposal passes the largest 32-bit integer', () => {
  expect(result(average(1), pods(2, { cpu: 2 ** 40 }))?.proposal).toBe(2 ** 31 - 1);
});

it('rows beyond the count are left over from other syncs', () => {
  const depth: HpaMetricSpec = { type: 'Object', name: 'd', target: { type: 'Value', value: 1 } };
  const spec = withDefaults(hpa50({ metrics: [cpuAt(50), depth] }));
  const seen = observe({ spec: 2, pods: pods(3, { cpu: 1000 }) });
  seen.pods.count = 2;
  const readings = [...seen.readings, values(3)];
  const observation = { ...seen, readings };
  const { metrics } = decide(spec, DEFAULT_HPA_CONTROLLER, observation, hpaMemory());
  expect(metrics.map(({ ready, proposal }) => [ready, proposal])).toEqual([
    [2, 4],
    [2, 6],
  ]);
});

it('an empty set of samples is all missing', () => {
  expect([...hpaSamples(2).value]).toEqual([Number.NaN, Number.NaN]);
});
