/** What a whole reconcile leaves behind: conditions, events and recommendations, by kind of end. */
import { describe, expect, it } from 'vitest';
import { type HpaMemory, hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import type { HpaReading } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type { HpaMetricSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import {
  controllerFor,
  cpuAt,
  decideOnce,
  hpa50,
  observe,
  pods,
  queueHpa,
  values,
} from './hpa-scenes.ts';

const failed: HpaReading = { kind: 'failed' };
const is = (reason: string) => ({ status: 'True', reason });
const isNot = (reason: string) => ({ status: 'False', reason });

/** Nothing proposed before, so that nothing holds back a scale-down. */
const FRESH: HpaMemory = { ...hpaMemory(), recommendations: [] };

describe('a reconcile that', () => {
  it('scales', () => {
    const decision = decideOnce(hpa50(), { now: 60, pods: pods(4, { cpu: 1000 }) });
    expect(decision).toMatchObject({
      desired: 8,
      rescaled: true,
      proposal: 8,
      stabilized: 8,
      decisive: null,
      limited: 'DesiredWithinRange',
      policy: null,
      error: false,
    });
    expect(decision.conditions).toEqual({
      ableToScale: is('SucceededRescale'),
      scalingActive: is('ValidMetricFound'),
      scalingLimited: isNot('DesiredWithinRange'),
      scaledToZero: null,
    });
    expect(decision.memory).toEqual({
      recommendations: [
        { replicas: 4, time: 60e6 },
        { replicas: 8, time: 60e6 },
      ],
      upEvents: [],
      downEvents: [],
      conditions: decision.conditions,
    });
  });

  it('scales with behavior: an event of its direction', () => {
    const reconcile = controllerFor({}, FRESH);
    const spec = hpa50({ behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } });
    const up = reconcile(spec, { pods: pods(4, { cpu: 1000 }) });
    expect(up.memory.upEvents).toEqual([{ change: 4, time: 0, outdated: false }]);
    expect(up.memory.downEvents).toEqual([]);
    const down = reconcile(spec, { now: 15, pods: pods(8, { cpu: 250 }) });
    expect(down.desired).toBe(4);
    expect(down.memory.upEvents).toEqual(up.memory.upEvents);
    expect(down.memory.downEvents).toEqual([{ change: 4, time: 15e6, outdated: false }]);
  });

  it('scales down without behavior: no event', () => {
    const down = controllerFor({}, FRESH)(hpa50(), { pods: pods(8, { cpu: 250 }) });
    expect(down).toMatchObject({ desired: 4, memory: { upEvents: [], downEvents: [] } });
  });

  it('is limited', () => {
    const decision = decideOnce(hpa50({ maxReplicas: 4 }), { pods: pods(4, { cpu: 1000 }) });
    expect(decision.conditions).toMatchObject({
      ableToScale: is('ReadyForNewScale'),
      scalingLimited: is('TooManyReplicas'),
    });
  });

  it('is held by its window', () => {
    const decision = decideOnce(hpa50(), { pods: pods(4, { cpu: 100 }) });
    expect(decision.conditions.ableToScale).toEqual(is('ScaleDownStabilized'));
    expect(decision.decisive).toEqual({ replicas: 4, time: 0 });
  });

  it('finds the count out of bounds: leaves the other conditions, adds no recommendation', () => {
    const reconcile = controllerFor();
    reconcile(hpa50(), { pods: pods(4, { cpu: 500 }) });
    const high = reconcile(hpa50({ maxReplicas: 3 }), { now: 15, pods: pods(4, { cpu: 500 }) });
    expect(high).toMatchObject({ desired: 3, rescaled: true, stabilized: null, limited: null });
    expect(high.reason).toEqual({ key: 'hpa.above-max', params: { from: 4, to: 3 } });
    expect(high.conditions).toEqual({
      ableToScale: is('SucceededRescale'),
      scalingActive: is('ValidMetricFound'),
      scalingLimited: isNot('DesiredWithinRange'),
      scaledToZero: null,
    });
    expect(high.memory.recommendations).toHaveLength(2);
  });

  it('is exactly at a bound asks its metrics', () => {
    const at = (bounds: object) =>
      decideOnce(hpa50(bounds), { pods: pods(4, { cpu: 500 }) }).proposal;
    expect(at({ maxReplicas: 4 })).toBe(4);
    expect(at({ minReplicas: 4 })).toBe(4);
  });

  it('fails: says why, proposes nothing, remembers no recommendation', () => {
    const reconcile = controllerFor();
    reconcile(hpa50({ maxReplicas: 4 }), { pods: pods(4, { cpu: 1000 }) });
    const readings = [failed];
    const scene = { now: 15, pods: pods(4, {}), readings };
    const decision = reconcile(hpa50({ maxReplicas: 4 }), scene);
    expect(decision).toMatchObject({
      desired: 4,
      rescaled: false,
      proposal: null,
      stabilized: null,
      decisive: null,
      limited: null,
      policy: null,
      error: true,
      metrics: [{ error: 'failed' }],
    });
    expect(decision.conditions).toEqual({
      ableToScale: is('SucceededGetScale'),
      scalingActive: isNot('FailedGetResourceMetric'),
      scalingLimited: is('TooManyReplicas'),
      scaledToZero: null,
    });
    expect(decision.memory.recommendations).toHaveLength(2);
  });

  it('is switched off', () => {
    const decision = decideOnce(hpa50(), { spec: 0, pods: [] });
    expect(decision).toMatchObject({ desired: 0, rescaled: false, error: false, metrics: [] });
    expect(decision.conditions).toEqual({
      ableToScale: is('SucceededGetScale'),
      scalingActive: isNot('ScalingDisabled'),
      scalingLimited: null,
      scaledToZero: null,
    });
    expect(decision.memory.recommendations).toEqual([{ replicas: 0, time: 0 }]);
  });
});

it.each<[HpaMetricSpec, string]>([
  [cpuAt(50), 'FailedGetResourceMetric'],
  [{ ...cpuAt(50), type: 'ContainerResource', container: 'a' }, 'FailedGetContainerResourceMetric'],
  [
    { type: 'Pods', name: 'rate', target: { type: 'AverageValue', averageValue: 1 } },
    'FailedGetPodsMetric',
  ],
  [{ type: 'Object', name: 'depth', target: { type: 'Value', value: 1 } }, 'FailedGetObjectMetric'],
  [
    { type: 'External', name: 'queue', target: { type: 'Value', value: 1 } },
    'FailedGetExternalMetric',
  ],
])('a failing metric is named by its type: %o', (metric, reason) => {
  const scene = { pods: pods(4, {}), readings: [failed] };
  const { conditions } = decideOnce(hpa50({ metrics: [metric] }), scene);
  expect(conditions.scalingActive).toEqual(isNot(reason));
});

describe('of several metrics', () => {
  const depth: HpaMetricSpec = {
    type: 'Object',
    name: 'depth',
    target: { type: 'Value', value: 1000 },
  };
  const queue: HpaMetricSpec = { ...depth, type: 'External', name: 'queue' };
  const decided = (...readings: HpaReading[]) =>
    decideOnce(hpa50({ metrics: [depth, queue] }), { pods: pods(4, {}), readings });

  it('the first invalid one gives the reason if all are', () => {
    const decision = decided(failed, failed);
    expect(decision).toMatchObject({ error: true, proposal: null });
    expect(decision.conditions.scalingActive).toEqual(isNot('FailedGetObjectMetric'));
    expect(decision.reason.params).toMatchObject({ metric: 'depth', replicas: 4 });
  });

  it('the invalid one gives the reason if it blocks', () => {
    expect(decided(values(500), failed).reason).toEqual({
      key: 'hpa.blocked',
      params: { metric: 'queue', replicas: 4, proposal: 2 },
    });
    expect(decided(failed, values(500)).reason.params).toMatchObject({ metric: 'depth' });
    expect(decided(failed, values(0)).reason).toMatchObject({
      key: 'hpa.blocked',
      params: { proposal: 0 },
    });
  });

  it('staying is no scale-down: an invalid one does not block it', () => {
    const decision = decided(values(1000), failed);
    expect(decision).toMatchObject({ error: true, proposal: 4, desired: 4 });
    expect(decision.conditions.scalingActive).toEqual(is('ValidMetricFound'));
  });

  it('the largest proposal is the one that is told, of equal ones the first', () => {
    expect(decided(values(2000), values(1500)).reason.params).toMatchObject({ metric: 'depth' });
    expect(decided(values(1500), values(2000)).reason.params).toMatchObject({ metric: 'queue' });
    expect(decided(values(2000), values(2000)).reason.params).toMatchObject({ metric: 'depth' });
    expect(decided(values(0), values(0)).reason.params).toMatchObject({ metric: 'queue' });
  });
});

describe('scaling to zero', () => {
  const gate = { scaleToZero: true };
  const toZero = queueHpa({ type: 'AverageValue', averageValue: 1000 }, { minReplicas: 0 });
  const idle = { pods: pods(2, {}), readings: [values(0)] };
  const asleep = { now: 15, spec: 0, pods: [], readings: [values(2000)] };

  it('is marked, and undone when there is work', () => {
    const reconcile = controllerFor(gate, FRESH);
    expect(reconcile(toZero, idle)).toMatchObject({
      desired: 0,
      conditions: { scaledToZero: is('ScaledToZero') },
    });
    const quiet = { ...asleep, readings: [values(0)] };
    expect(reconcile(toZero, quiet).conditions.scaledToZero).toEqual(is('ScaledToZero'));
    expect(reconcile(toZero, asleep)).toMatchObject({
      desired: 2,
      conditions: { scaledToZero: isNot('NotScaledToZero') },
    });
  });

  it('without the gate leaves no mark, and removes an old one', () => {
    expect(controllerFor({}, FRESH)(toZero, idle)).toMatchObject({
      desired: 0,
      conditions: { scaledToZero: null },
    });
    const marked = {
      ...FRESH,
      conditions: { ...FRESH.conditions, scaledToZero: { status: 'True', reason: 'ScaledToZero' } },
    } as const;
    expect(controllerFor({}, marked)(toZero, asleep)).toMatchObject({
      desired: 0,
      conditions: { scaledToZero: null },
    });
    expect(controllerFor(gate, marked)(toZero, asleep).desired).toBe(2);
  });

  it('without the gate an old mark stays until a rescale or a pause, and in 1.28 for good', () => {
    const mark = is('ScaledToZero');
    const marked = { ...FRESH, conditions: { ...FRESH.conditions, scaledToZero: mark } };
    const steady = { spec: 2, pods: pods(2, { cpu: 0 }), readings: [values(2000)] };
    const busy = { ...steady, readings: [values(4000)] };
    const markAfter = (compat: 'current' | '1.28', scene: typeof steady) =>
      controllerFor({ compat }, marked)(toZero, scene).conditions.scaledToZero;
    expect(markAfter('current', steady)).toEqual(mark);
    expect(markAfter('current', busy)).toBeNull();
    for (const scene of [steady, busy, { ...steady, spec: 0 }]) {
      expect(markAfter('1.28', scene)).toEqual(mark);
    }
  });

  it('wakes to minReplicas if those were raised meanwhile', () => {
    const reconcile = controllerFor(gate, FRESH);
    reconcile(toZero, idle);
    const raised = { ...toZero, minReplicas: 3 };
    // 500 of 1000 ask for one replica.
    const decision = reconcile(raised, { ...asleep, readings: [values(500)] });
    expect(decision).toMatchObject({ proposal: 1, desired: 3, rescaled: true });
    // The policies of behavior do not look at minReplicas on the way up.
    const again = controllerFor(gate, FRESH);
    const scaleDown = { stabilizationWindowSeconds: 0 };
    again({ ...toZero, behavior: { scaleDown } }, idle);
    const ruled = { ...raised, behavior: { scaleDown } };
    const woken = again(ruled, { ...asleep, readings: [values(500)] });
    expect(woken).toMatchObject({ proposal: 1, desired: 3, rescaled: true });
  });

  it('needs one metric that exists without pods, beside others', () => {
    const depth: HpaMetricSpec = {
      type: 'Object',
      name: 'depth',
      target: { type: 'Value', value: 1000 },
    };
    const cpu = observe({ pods: pods(2, { cpu: 0 }) }).readings;
    const scene = { pods: pods(2, { cpu: 0 }), readings: [...cpu, values(0)] };
    const object = hpa50({ minReplicas: 0, metrics: [cpuAt(50), depth] });
    expect(controllerFor(gate, FRESH)(object, scene)).toMatchObject({
      desired: 0,
      conditions: { scaledToZero: is('ScaledToZero') },
    });
  });

  it('wakes to a Value by its ratio alone: no pods, no tolerance', () => {
    const byValue = queueHpa({ type: 'Value', value: 1000 }, { minReplicas: 0 });
    const woken = (load: number) => {
      const reconcile = controllerFor(gate, FRESH);
      reconcile(byValue, idle);
      return reconcile(byValue, { ...asleep, readings: [values(load)] });
    };
    expect(woken(2500)).toMatchObject({ desired: 3, metrics: [{ value: 2500, ratio: 2.5 }] });
    expect(woken(1000).desired).toBe(1);
    expect(woken(10).desired).toBe(1);
  });

  it('is no sleep of an HPA by resources, which nothing could wake', () => {
    const byCpu = hpa50({ minReplicas: 0 });
    const decision = controllerFor(gate, FRESH)(byCpu, { pods: pods(2, { cpu: 0 }) });
    expect(decision).toMatchObject({
      desired: 0,
      conditions: { scaledToZero: isNot('NotScaledToZero') },
    });
    const marked = {
      ...FRESH,
      conditions: { ...FRESH.conditions, scaledToZero: { status: 'True', reason: 'ScaledToZero' } },
    } as const;
    const object = hpa50({ minReplicas: 0 });
    const scene = { spec: 0, pods: pods(1, { cpu: 900 }) };
    expect(controllerFor(gate, marked)(object, scene).reason.key).toBe('hpa.disabled');
    const raised = controllerFor(gate, marked)(hpa50({ minReplicas: 2 }), scene);
    expect(raised).toMatchObject({ desired: 2, rescaled: true });
  });
});
