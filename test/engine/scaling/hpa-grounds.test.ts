import { describe, expect, it } from 'vitest';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { hpaGrounds } from '../../../packages/engine/src/scaling/hpa-grounds.ts';
import type { HpaObjectSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { controllerFor, hpa50, pods, type Scene, seconds, starting } from './hpa-scenes.ts';

/** What each of the reconciles rests on. */
function groundsOf(object: HpaObjectSpec, scenes: readonly Scene[]) {
  const reconcile = controllerFor();
  const grounds = hpaGrounds(withDefaults(object), DEFAULT_HPA_CONTROLLER);
  return scenes.map((scene) => grounds(reconcile(object, scene)));
}

const last = (object: HpaObjectSpec, scenes: readonly Scene[]) => groundsOf(object, scenes).at(-1);

describe('what was seen', () => {
  it('is the utilization as a share, the sample times and the groups of pods', () => {
    const scene = {
      now: 100,
      pods: [
        ...pods(2, { cpu: 900, sampled: 80 }),
        { cpu: 700, sampled: 95 },
        starting(100),
        { cpu: null },
        { deleted: true },
      ],
    };
    expect(last(hpa50(), [scene])?.metrics).toEqual([
      {
        metric: 'cpu',
        kind: 'utilization',
        target: 0.5,
        seen: 0.83,
        error: null,
        basis: 'unknown-pods',
        proposal: 6,
        sampled: { oldest: seconds(80), newest: seconds(95) },
        ready: 3,
        unready: 1,
        missing: 1,
        ignored: 1,
      },
    ]);
  });

  it('has no sample times for metrics that do not carry them, and whole units for values', () => {
    const target = { type: 'Value', value: 2000 } as const;
    const queue = hpa50({ metrics: [{ type: 'External', name: 'queue', target }] });
    const readings = [{ kind: 'values', values: [5000] } as const];
    const [metric] = last(queue, [{ pods: pods(3, {}), readings }])?.metrics ?? [];
    expect(metric).toMatchObject({ kind: 'value', target: 2, seen: 5, sampled: null });
  });

  it('is a mean in whole units where the target is one', () => {
    const target = { type: 'AverageValue', averageValue: 1500 } as const;
    const rate = hpa50({ metrics: [{ type: 'Pods', name: 'rate', target }] });
    const [metric] = last(rate, [{ pods: pods(3, { cpu: 2500 }) }])?.metrics ?? [];
    expect(metric).toMatchObject({ metric: 'rate', kind: 'value', target: 1.5, seen: 2.5 });
  });

  it('says why there is no reading', () => {
    const grounds = last(hpa50(), [{ pods: pods(4, {}), readings: [{ kind: 'failed' }] }]);
    expect(grounds).toMatchObject({ proposal: null, window: null, limit: null });
    expect(grounds?.metrics).toMatchObject([{ seen: null, error: 'failed' }]);
  });
});

describe('the proposal that decides in the window', () => {
  it('is the newest of the largest on the way down', () => {
    const at = (now: number, cpu: number) => ({ now, pods: pods(10, { cpu }) });
    const scenes = [at(0, 500), at(60, 450), at(120, 100), at(180, 100)];
    const [first, , , fourth] = groundsOf(hpa50({ behavior: {} }), scenes);
    expect(first?.window).toBeNull();
    // Within the tolerance at 60 s: 10 replicas were proposed once more.
    expect(fourth?.window).toEqual({
      direction: 'down',
      length: seconds(300),
      replicas: 10,
      made: seconds(60),
    });
  });

  it('is the same without behavior', () => {
    const at = (now: number, cpu: number) => ({ now, pods: pods(10, { cpu }) });
    expect(last(hpa50(), [at(0, 500), at(60, 500), at(120, 100)])?.window).toMatchObject({
      direction: 'down',
      replicas: 10,
      made: seconds(60),
    });
  });

  it('is the smallest on the way up', () => {
    const object = hpa50({ behavior: { scaleUp: { stabilizationWindowSeconds: 120 } } });
    const at = (now: number, cpu: number) => ({ now, pods: pods(10, { cpu }) });
    expect(last(object, [at(0, 500), at(15, 600), at(30, 900)])?.window).toEqual({
      direction: 'up',
      length: seconds(120),
      replicas: 10,
      made: seconds(0),
    });
  });

  it('is none when the newest proposal is as far', () => {
    const at = (now: number, cpu: number) => ({ now, pods: pods(10, { cpu }) });
    expect(last(hpa50(), [at(0, 500), at(15, 900)])?.window).toBeNull();
    // The replicas found at the start count as proposed.
    expect(last(hpa50(), [at(0, 300)])?.window).toMatchObject({ replicas: 10, made: 0 });
  });
});

describe('the limit that decides', () => {
  const busy = { pods: pods(4, { cpu: 5000 }) };
  const idle = [0, 400].map((now) => ({ now, pods: pods(100, { cpu: 10 }) }));
  const policies = [{ type: 'Percent', value: 50, periodSeconds: 60 }] as const;

  it.each([
    ['none', hpa50(), { pods: pods(4, { cpu: 700 }) }, null],
    ['maxReplicas', hpa50({ maxReplicas: 5 }), busy, { kind: 'max', policy: null }],
    ['the step without behavior', hpa50(), busy, { kind: 'step', policy: null }],
    [
      'a policy',
      hpa50({ behavior: { scaleUp: { policies } } }),
      busy,
      { kind: 'policy', policy: { type: 'Percent', value: 50, period: seconds(60) } },
    ],
    [
      'a direction that is forbidden',
      hpa50({ behavior: { scaleUp: { selectPolicy: 'Disabled' } } }),
      busy,
      { kind: 'disabled', policy: null },
    ],
  ] as const)('%s', (_, object, scene, limit) => {
    expect(last(object, [scene])?.limit).toEqual(limit);
  });

  it('minReplicas', () => {
    expect(last(hpa50({ minReplicas: 20 }), idle)?.limit).toEqual({ kind: 'min', policy: null });
  });
});
