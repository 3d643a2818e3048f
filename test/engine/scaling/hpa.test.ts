/**
 * What people usually get wrong about the HPA, one test each, with numbers worked out by hand. The
 * letter of the algorithm is in test/conformance/hpa.test.ts.
 */
import { describe, expect, it } from 'vitest';
import type { HpaReading } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type { HpaMetricSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import {
  controllerFor,
  cpuAt,
  decideOnce,
  hpa50,
  type PodScene,
  pods,
  starting,
  values,
} from './hpa-scenes.ts';

const queue = (target: HpaMetricSpec['target']): HpaMetricSpec => ({
  type: 'External',
  name: 'queue',
  target,
});
const failed: HpaReading = { kind: 'failed' };

describe('which replicas the ratio multiplies', () => {
  it('multiplies the ready pods, not the current replicas', () => {
    // 4 ready at 40 % of 50 %, 6 still starting: ceil(0.8 · 4), not ceil(0.8 · 10).
    const scene = { pods: [...pods(4, { cpu: 400 }), ...pods(6, starting())] };
    expect(decideOnce(hpa50(), scene)).toMatchObject({ proposal: 4, desired: 10 });
  });

  it('counts ready and filled-in pods when it scales up', () => {
    // 4 at 150 %, 2 without a sample count as 0 %: 100 % over 6 pods, twice the target.
    const scene = { pods: [...pods(4, { cpu: 1500 }), ...pods(2, {})] };
    expect(decideOnce(hpa50(), scene)).toMatchObject({ proposal: 12, desired: 12 });
  });
});

describe('utilization', () => {
  it('is an integer percentage, cut off', () => {
    // 55.9 % → 55 %, ratio 1.1: still within the tolerance.
    const scene = { pods: pods(10, { cpu: 559 }) };
    const decision = decideOnce(hpa50(), scene);
    expect(decision.metrics[0]).toMatchObject({ averageUtilization: 55, basis: 'tolerance' });
    expect(decision.proposal).toBe(10);
  });

  it('is a ratio of sums, not a mean of ratios', () => {
    // 1000m of 1000m and 0 of 3000m: 25 %, not 50 %.
    const scene = { pods: [{ cpu: 1000 }, { cpu: 0, request: 3000 }] };
    expect(decideOnce(hpa50(), scene).metrics[0]?.averageUtilization).toBe(25);
  });

  it('fails as a whole if one pod has no request', () => {
    const scene = {
      pods: [...pods(3, { cpu: 900 }), { phase: 'pending', request: Number.NaN } as const],
    };
    const decision = decideOnce(hpa50(), scene);
    expect(decision).toMatchObject({ desired: 4, proposal: null, error: true });
    expect(decision.reason.key).toBe('hpa.no-resource-request');
  });
});

describe('pods whose load is unknown', () => {
  it('counts starting pods as 0 when the ready ones ask for more', () => {
    // 2 at 90 % alone would give 4; with 2 starting at 0: 45 %, below the target: a reversal.
    const scene = { pods: [...pods(2, { cpu: 900 }), ...pods(2, starting())] };
    const decision = decideOnce(hpa50(), scene);
    expect(decision).toMatchObject({ proposal: 4, rescaled: false });
    expect(decision.reason.key).toBe('hpa.unknown-pods');
  });

  it('counts missing samples as all of the request when fewer replicas are asked for', () => {
    // 4 at 10 %, 1 missing at 100 %: 28 % over 5 pods, ratio 0.56.
    const scene = { pods: [...pods(4, { cpu: 100 }), {}] };
    expect(decideOnce(hpa50(), scene).proposal).toBe(3);
    // 2 at 10 %, 1 missing: 40 %, ratio 0.8; 1 at 10 %, 1 missing: 55 %, a reversal.
    expect(decideOnce(hpa50(), { pods: [...pods(2, { cpu: 100 }), {}] }).proposal).toBe(3);
    expect(decideOnce(hpa50(), { pods: [{ cpu: 100 }, {}] }).proposal).toBe(2);
  });

  it('counts them as the target where the target is above the request', () => {
    // Target 200 %: 4 at 10 %, 1 missing at 200 %: 48 %, ratio 0.24 over 5 pods.
    const scene = { pods: [...pods(4, { cpu: 100 }), {}] };
    expect(decideOnce(hpa50({ metrics: [cpuAt(200)] }), scene).proposal).toBe(2);
  });

  it('assumes nothing of them exactly on target', () => {
    const scene = { pods: [...pods(2, { cpu: 500 }), ...pods(3, {})] };
    expect(decideOnce(hpa50(), scene, { tolerance: 0 }).proposal).toBe(5);
  });
});

describe('CPU readiness', () => {
  const first = (pod: PodScene) =>
    decideOnce(hpa50(), { pods: [{ cpu: 900, ...pod }, { cpu: 900 }] }).metrics[0];

  it('wants a whole window after Ready in the first five minutes', () => {
    const young = { start: -60, since: -20, window: 15 };
    expect(first({ ...young, sampled: -6 })).toMatchObject({ ready: 1, unready: 1 });
    expect(first({ ...young, sampled: -5 })).toMatchObject({ ready: 2, unready: 0 });
  });

  it('later leaves out only a pod that was never ready', () => {
    const old = { start: -600, ready: 'false' } as const;
    expect(first({ ...old, since: -571 })).toMatchObject({ ready: 1, unready: 1 });
    expect(first({ ...old, since: -570 })).toMatchObject({ ready: 2, unready: 0 });
  });

  it('does not apply to memory', () => {
    const memory = { ...cpuAt(50), name: 'memory' };
    const scene = { pods: [...pods(2, { cpu: 900 }), ...pods(2, starting())] };
    expect(decideOnce(hpa50({ metrics: [memory] }), scene).metrics[0]).toMatchObject({ ready: 4 });
  });
});

describe('stabilization', () => {
  it('takes the largest proposal of the window, not a pause after the last scaling', () => {
    const reconcile = controllerFor();
    const at = (now: number, cpu: number) =>
      reconcile(hpa50(), { now, spec: 10, pods: pods(10, { cpu }) });
    at(0, 500);
    expect(at(15, 350)).toMatchObject({ proposal: 7, stabilized: 10 });
    expect(at(150, 400)).toMatchObject({ proposal: 8, desired: 10 });
    expect(at(300, 200)).toMatchObject({ proposal: 4, stabilized: 10 });
    // The 10 of the start are out; 7 at second 15 is, 8 at second 150 is not.
    expect(at(316, 200)).toMatchObject({ proposal: 4, stabilized: 8, desired: 8 });
  });

  it('enters the replicas first seen as a recommendation', () => {
    const decision = decideOnce(hpa50(), { pods: pods(10, { cpu: 50 }) });
    expect(decision).toMatchObject({ proposal: 1, stabilized: 10, desired: 10 });
    expect(decision.reason).toMatchObject({ key: 'hpa.stabilized', params: { window: 3e8 } });
  });

  it('remembers raw proposals, beyond maxReplicas', () => {
    const reconcile = controllerFor();
    const spec = hpa50({ maxReplicas: 20 });
    const first = reconcile(spec, { pods: pods(10, { cpu: 9000 }) });
    expect(first).toMatchObject({ proposal: 180, desired: 20 });
    expect(reconcile(spec, { now: 15, pods: pods(20, { cpu: 100 }) }).stabilized).toBe(180);
  });

  it('ages inclusively without behavior, strictly with it', () => {
    const last = (behavior: object) => {
      const reconcile = controllerFor();
      reconcile(hpa50(behavior), { pods: pods(10, { cpu: 500 }) });
      return reconcile(hpa50(behavior), { now: 300, pods: pods(10, { cpu: 100 }) });
    };
    expect(last({}).desired).toBe(10);
    expect(last({ behavior: {} }).desired).toBe(2);
  });

  it('does not delay a scale-up by default', () => {
    expect(decideOnce(hpa50(), { pods: pods(4, { cpu: 1000 }) })).toMatchObject({
      desired: 8,
      stabilized: 8,
    });
  });

  it('wants every proposal of a scale-up window to agree', () => {
    const reconcile = controllerFor();
    const spec = hpa50({ behavior: { scaleUp: { stabilizationWindowSeconds: 60 } } });
    const at = (now: number, cpu: number) =>
      reconcile(spec, { now, spec: 4, pods: pods(4, { cpu }) });
    at(0, 500);
    at(15, 750);
    expect(at(45, 1000)).toMatchObject({ desired: 4, proposal: 8 });
    expect(at(61, 1000)).toMatchObject({ desired: 6, proposal: 8 });
    expect(at(61, 1000).reason.key).toBe('hpa.scaled-up-stabilized');
  });
});

describe('rate limits', () => {
  it('reckons policies from the count at the start of the period', () => {
    const policies = [{ type: 'Pods', value: 4, periodSeconds: 60 } as const];
    const reconcile = controllerFor();
    const at = (now: number, spec: number) =>
      reconcile(hpa50({ behavior: { scaleUp: { policies } } }), {
        now,
        spec,
        pods: pods(spec, { cpu: 5000 }),
      });
    expect(at(0, 10).desired).toBe(14);
    expect(at(15, 14)).toMatchObject({ desired: 14, limited: 'ScaleUpLimit', policy: policies[0] });
    // Somebody took two away: the period's allowance does not grow by them.
    expect(at(30, 12).desired).toBe(12);
    // Exactly a period old no longer counts.
    expect(at(60, 12).desired).toBe(16);
  });

  it('rounds percentages up on the way up, in doubles', () => {
    const policies = [{ type: 'Percent', value: 10, periodSeconds: 60 } as const];
    const spec = hpa50({ behavior: { scaleUp: { policies } } });
    expect(decideOnce(spec, { pods: pods(50, { cpu: 5000 }) }).desired).toBe(56);
  });

  it('rounds percentages down on the way down; Min keeps more replicas', () => {
    const down = (selectPolicy: 'Max' | 'Min') =>
      decideOnce(
        hpa50({
          behavior: {
            scaleDown: {
              stabilizationWindowSeconds: 0,
              selectPolicy,
              policies: [
                { type: 'Percent', value: 90, periodSeconds: 60 },
                { type: 'Pods', value: 2, periodSeconds: 60 },
              ],
            },
          },
        }),
        { pods: pods(10, { cpu: 0 }) },
      );
    // 10 · (1 − 90 ÷ 100) is 0.9999999999999998, cut off to 0; minReplicas stops it.
    expect(down('Max')).toMatchObject({ desired: 1, limited: 'TooFewReplicas' });
    expect(down('Min')).toMatchObject({ desired: 8, limited: 'ScaleDownLimit' });
  });

  it('tells no behavior from an empty one', () => {
    const grown = (behavior: object) => {
      const reconcile = controllerFor();
      let spec = 1;
      return [0, 1, 2].map((now) => {
        const scene = { now, spec, pods: pods(spec, { cpu: 50_000 }) };
        spec = reconcile(hpa50(behavior), scene).desired;
        return spec;
      });
    };
    // Without: to 4 or double at every reconcile, however soon. With: 4 pods or double in 15 s.
    expect(grown({})).toEqual([4, 8, 16]);
    expect(grown({ behavior: {} })).toEqual([5, 5, 5]);
  });

  it('does not move at all in a disabled direction', () => {
    const spec = hpa50({ behavior: { scaleUp: { selectPolicy: 'Disabled' } } });
    const decision = decideOnce(spec, { pods: pods(4, { cpu: 1000 }) });
    expect(decision).toMatchObject({ desired: 4, proposal: 8, limited: 'ScaleUpLimit' });
    expect(decision.reason.key).toBe('hpa.limited-by-policy');
  });
});

describe('bounds and zero come before metrics', () => {
  it('jumps to a raised minReplicas at once, whatever the policies say', () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 60 } as const];
    const spec = hpa50({ minReplicas: 40, behavior: { scaleUp: { policies } } });
    const decision = decideOnce(spec, { pods: pods(2, {}) });
    expect(decision).toMatchObject({ desired: 40, rescaled: true, proposal: null, metrics: [] });
    expect(decision.reason).toEqual({ key: 'hpa.below-min', params: { from: 2, to: 40 } });
    expect(decision.memory.upEvents).toEqual([{ change: 38, time: 0, outdated: false }]);
    expect(decision.conditions.scalingActive).toBeNull();
  });

  it('falls to a lowered maxReplicas at once', () => {
    const spec = hpa50({ maxReplicas: 5 });
    expect(decideOnce(spec, { pods: pods(9, { cpu: 999 }) })).toMatchObject({ desired: 5 });
  });

  it('leaves a workload at 0 replicas alone', () => {
    const decision = decideOnce(hpa50({ minReplicas: 3 }), { spec: 0, pods: [] });
    expect(decision).toMatchObject({
      desired: 0,
      rescaled: false,
      reason: { key: 'hpa.disabled' },
    });
    expect(decision.conditions.scalingActive).toEqual({
      status: 'False',
      reason: 'ScalingDisabled',
    });
  });

  it('wakes only what it put to sleep itself, with the gate for scaling to zero', () => {
    const spec = {
      minReplicas: 0,
      maxReplicas: 9,
      metrics: [queue({ type: 'AverageValue', averageValue: 1000 })],
    };
    const reconcile = controllerFor({ scaleToZero: true, downscaleStabilization: 0 });
    const at = (now: number, replicas: number, load: number) =>
      reconcile(spec, {
        now,
        spec: replicas,
        pods: pods(replicas, {}),
        readings: [values(load)],
      });
    expect(at(0, 0, 9000).desired).toBe(0);
    expect(at(15, 2, 2000).desired).toBe(2);
    expect(at(31, 2, 0)).toMatchObject({ desired: 0, rescaled: true });
    expect(at(47, 0, 9000).desired).toBe(4);
  });
});

describe('several metrics', () => {
  const two = hpa50({ metrics: [cpuAt(50), queue({ type: 'Value', value: 1000 })] });
  const cpuReading = (cpu: number): HpaReading => {
    const one = (value: number) => new Float64Array(4).fill(value);
    const samples = { value: one(cpu), time: one(0), window: one(0), resourceRequest: one(1000) };
    return { kind: 'samples', samples: { ...samples, others: [] } };
  };

  it('takes the largest proposal', () => {
    const scene = { pods: pods(4, {}), readings: [cpuReading(750), values(1500, 500)] };
    expect(decideOnce(two, scene)).toMatchObject({ proposal: 8, error: false });
  });

  it('does not scale down on what one failing metric might hide, but scales up', () => {
    const down = decideOnce(two, { pods: pods(4, {}), readings: [cpuReading(100), failed] });
    expect(down).toMatchObject({ desired: 4, proposal: null, error: true });
    expect(down.reason).toMatchObject({ key: 'hpa.blocked', params: { proposal: 1 } });
    expect(down.conditions.scalingActive?.reason).toBe('FailedGetExternalMetric');
    const up = decideOnce(two, { pods: pods(4, {}), readings: [cpuReading(1000), failed] });
    expect(up).toMatchObject({ desired: 8, error: true });
  });

  it('divides AverageValue of an External metric by status.replicas', () => {
    const spec = hpa50({ metrics: [queue({ type: 'AverageValue', averageValue: 1000 })] });
    // A scale-up to 12 is under way, 8 pods exist: 8 on target are within, so 8 are proposed.
    const scene = { spec: 12, status: 8, pods: pods(8, {}), readings: [values(8000)] };
    expect(decideOnce(spec, scene).proposal).toBe(8);
  });
});

describe('tolerance', () => {
  it('does nothing exactly at its edges', () => {
    expect(decideOnce(hpa50(), { pods: pods(10, { cpu: 550 }) }).proposal).toBe(10);
    expect(decideOnce(hpa50(), { pods: pods(10, { cpu: 450 }) }).proposal).toBe(10);
    expect(decideOnce(hpa50(), { pods: pods(10, { cpu: 560 }) }).proposal).toBe(12);
    expect(decideOnce(hpa50(), { pods: pods(10, { cpu: 440 }) }).proposal).toBe(9);
  });

  it('may differ per direction', () => {
    const spec = hpa50({ behavior: { scaleUp: { tolerance: 0.5 } } });
    expect(decideOnce(spec, { pods: pods(10, { cpu: 750 }) }).proposal).toBe(10);
    expect(decideOnce(spec, { pods: pods(10, { cpu: 440 }) }).proposal).toBe(9);
  });
});

describe('memory', () => {
  it('is lost with the controller: a restart forgets what was proposed', () => {
    const reconcile = controllerFor();
    reconcile(hpa50(), { pods: pods(10, { cpu: 500 }) });
    const scene = { now: 30, spec: 6, pods: pods(6, { cpu: 100 }) };
    expect(reconcile(hpa50(), scene).stabilized).toBe(10);
    expect(decideOnce(hpa50(), scene).stabilized).toBe(6);
  });
});
