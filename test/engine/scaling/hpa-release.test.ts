/**
 * What release 1.28 decides otherwise, a worked example per difference. All of its vectors:
 * test/conformance/hpa.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import { GROUP, groupOf } from '../../../packages/engine/src/scaling/hpa-pods.ts';
import { HPA_RELEASES, releaseOf } from '../../../packages/engine/src/scaling/hpa-release.ts';
import { podResourceRequest } from '../../../packages/engine/src/scaling/hpa-requests.ts';
import type { HpaObjectSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import {
  controllerFor,
  cpuAt,
  decideOnce,
  hpa50,
  observe,
  pods,
  queueHpa,
  type Scene,
  values,
} from './hpa-scenes.ts';

const both = (object: HpaObjectSpec, scene: Scene, controller = {}) =>
  (['1.28', 'current'] as const).map((compat) =>
    decideOnce(object, scene, { ...controller, compat }),
  );
const proposals = (object: HpaObjectSpec, scene: Scene) =>
  both(object, scene).map(({ proposal }) => proposal);

it('a controller that names no release decides as the current one', () => {
  expect(releaseOf({})).toBe(HPA_RELEASES.current);
  expect(releaseOf({ compat: '1.28' })).toBe(HPA_RELEASES['1.28']);
});

describe('tolerance', () => {
  it('at exactly 1.1 scaled up: |1 − 1.1| is 0.10000000000000009', () => {
    expect(proposals(hpa50(), { pods: pods(10, { cpu: 550 }) })).toEqual([11, 10]);
    expect(proposals(hpa50(), { pods: pods(10, { cpu: 540 }) })).toEqual([10, 10]);
  });

  it('at exactly 0.9 held, then as now', () => {
    expect(proposals(hpa50(), { pods: pods(10, { cpu: 450 }) })).toEqual([10, 10]);
    expect(proposals(hpa50(), { pods: pods(10, { cpu: 440 }) })).toEqual([9, 9]);
  });

  it('reaches up to the edge itself where doubles can say it', () => {
    const spec = hpa50({ metrics: [cpuAt(80)] });
    for (const cpu of [1000, 600]) {
      const held = both(spec, { pods: pods(10, { cpu }) }, { tolerance: 0.25 });
      expect(held.map(({ proposal }) => proposal)).toEqual([10, 10]);
    }
  });

  it('had no field per direction', () => {
    const behavior = { scaleUp: { tolerance: 0.5 }, scaleDown: { tolerance: 0 } };
    const spec = hpa50({ behavior });
    expect(proposals(spec, { pods: pods(10, { cpu: 700 }) })).toEqual([14, 10]);
    expect(proposals(spec, { pods: pods(10, { cpu: 480 }) })).toEqual([10, 10]);
    expect(proposals(spec, { pods: pods(20, { cpu: 460 }) })).toEqual([20, 19]);
  });
});

describe('requests', () => {
  const app = { name: 'app', requests: { cpu: 500 } };
  const proxy = { name: 'proxy', requests: { cpu: 200 } };
  const request = (pod: Parameters<typeof podResourceRequest>[0], container?: string) =>
    [HPA_RELEASES['1.28'], HPA_RELEASES.current].map((release) =>
      podResourceRequest(pod, 'cpu', container, release),
    );

  it('of sidecars did not count', () => {
    expect(request({ containers: [app], sidecars: [proxy] })).toEqual([500, 700]);
    expect(request({ containers: [app], sidecars: [proxy] }, 'proxy')).toEqual([0, 200]);
  });

  it('of the pod did not exist', () => {
    const podRequests = { cpu: 3000 };
    expect(request({ containers: [app, proxy], podRequests })).toEqual([700, 3000]);
    expect(request({ containers: [{ name: 'app', requests: {} }], podRequests })).toEqual([
      Number.NaN,
      3000,
    ]);
  });

  it('of a container that is not there were 0, not unknown', () => {
    expect(request({ containers: [app, proxy] }, 'worker')).toEqual([0, Number.NaN]);
    expect(request({ containers: [app, proxy] }, 'proxy')).toEqual([200, 200]);
  });
});

describe('pods that have succeeded', () => {
  it('counted: as missing without a sample, else by the other rules', () => {
    const group = (cpu: number | null, compat: '1.28' | 'current') => {
      const { pods: columns, readings } = observe({ pods: [{ phase: 'succeeded', cpu }] });
      const [reading] = readings;
      if (reading?.kind !== 'samples') throw new Error('the scene has samples');
      const controller = { ...DEFAULT_HPA_CONTROLLER, compat };
      return groupOf(columns, reading.samples, 0, true, controller, 0);
    };
    expect(group(null, '1.28')).toBe(GROUP.missing);
    expect(group(10, '1.28')).toBe(GROUP.ready);
    expect(group(null, 'current')).toBe(GROUP.ignored);
    expect(group(10, 'current')).toBe(GROUP.ignored);
  });

  it('so they held back a scale-up', () => {
    // 4 at 100 % ask for 8; with 4 without a sample at 0 %: on target over 8 pods, stays at 4.
    const done = pods(4, { phase: 'succeeded' });
    const scene = { spec: 4, pods: [...pods(4, { cpu: 1000 }), ...done] };
    expect(proposals(hpa50(), scene)).toEqual([4, 8]);
  });
});

describe('numbers that no integer can hold', () => {
  const perPod = queueHpa({ type: 'AverageValue', averageValue: 1 });
  const whole = queueHpa({ type: 'Value', value: 1 });
  const huge = Number.MAX_SAFE_INTEGER;

  it('a proposal above 2^31 − 1 became the lowest integer, hence minReplicas', () => {
    for (const spec of [perPod, whole]) {
      const scene = { pods: pods(4, {}), readings: [values(2 ** 40)] };
      const [old, now] = both(spec, scene);
      expect(old?.metrics[0]?.proposal).toBe(-(2 ** 31));
      expect(old?.proposal).toBe(0);
      expect(now?.proposal).toBe(2 ** 31 - 1);
    }
  });

  it('the largest that fits was kept', () => {
    const at = (usage: number) =>
      proposals(perPod, { pods: pods(4, {}), readings: [values(usage)] });
    expect(at(2 ** 31 - 1)).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
    expect(at(2 ** 31)).toEqual([0, 2 ** 31 - 1]);
  });

  it('a sum above 2^63 − 1 wrapped round', () => {
    // 1024 · (2^53 − 1) = 2^63 − 1024; 2048 more is 2^63 + 1024, that is −2^63 + 1024.
    const series = [...new Array<number>(1024).fill(huge), 2048];
    const [old, now] = both(perPod, { pods: pods(4, {}), readings: [values(...series)] });
    expect(old?.metrics[0]?.averageValue).toBe(Math.ceil((-(2 ** 63) + 1024) / 4));
    expect(old?.metrics[0]?.proposal).toBe(-(2 ** 31));
    expect(now?.metrics[0]?.averageValue).toBe(2 ** 63);
    const [asIs] = both(perPod, { pods: pods(4, {}), readings: [values(...series.slice(0, 9))] });
    expect(asIs?.metrics[0]?.averageValue).toBe(Math.ceil((9 * huge) / 4));
  });

  it('the average over no replicas was the lowest integer, now it is 0', () => {
    const scene = { spec: 1, status: 0, pods: [], readings: [values(500)] };
    const [old, now] = both(perPod, scene);
    expect(old?.metrics[0]?.averageValue).toBe(-(2 ** 63));
    expect(now?.metrics[0]?.averageValue).toBe(0);
    expect([old?.proposal, now?.proposal]).toEqual([500, 500]);
  });
});

describe('zero replicas', () => {
  const scene = { spec: 0, pods: [], readings: [values(3000)] };
  const spec = queueHpa({ type: 'AverageValue', averageValue: 1000 }, { minReplicas: 0 });
  const scaleToZero = { scaleToZero: true };

  it('with minReplicas 0 woke, whoever set them; now only if the HPA itself did', () => {
    const [old, now] = both(spec, scene, scaleToZero);
    expect(old).toMatchObject({ desired: 3, rescaled: true });
    expect(now).toMatchObject({ desired: 0, rescaled: false });
    expect(now?.reason.key).toBe('hpa.disabled');
  });

  /** Nothing proposed before, so that nothing holds back a scale-down. */
  const fresh = { ...hpaMemory(), recommendations: [] };
  const idle = { pods: pods(1, {}), readings: [values(0)] };

  it('with minReplicas 1 never woke', () => {
    const raised = { ...spec, minReplicas: 1 };
    const [old, now] = (['1.28', 'current'] as const).map((compat) => {
      const reconcile = controllerFor({ ...scaleToZero, compat }, fresh);
      expect(reconcile(spec, idle).desired).toBe(0);
      return reconcile(raised, { now: 15, ...scene });
    });
    expect(old).toMatchObject({ desired: 0, rescaled: false });
    expect(now).toMatchObject({ desired: 3, rescaled: true });
  });

  it('had no condition of their own', () => {
    const [old, now] = (['1.28', 'current'] as const).map((compat) =>
      controllerFor({ ...scaleToZero, compat }, fresh)(spec, idle),
    );
    expect(old).toMatchObject({ desired: 0, conditions: { scaledToZero: null } });
    expect(now?.conditions.scaledToZero).toEqual({ status: 'True', reason: 'ScaledToZero' });
  });
});
