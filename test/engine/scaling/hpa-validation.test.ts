import { describe, expect, it } from 'vitest';
import type { HpaObjectSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { validate } from '../../../packages/engine/src/scaling/hpa-validation.ts';
import { cpuAt, hpa50 } from './hpa-scenes.ts';

const found = (spec: Partial<HpaObjectSpec>, scaleToZero = false) =>
  validate(hpa50(spec), scaleToZero).map(({ path, problem, limit }) =>
    [path.join('.'), problem, limit].filter((part) => part !== undefined).join(' '),
  );

describe('what the API server refuses', () => {
  it('accepts ordinary objects, at their limits too', () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 1800 } as const];
    const rules = { stabilizationWindowSeconds: 3600, policies, tolerance: 0 };
    expect(found({ behavior: { scaleUp: rules, scaleDown: {} } })).toEqual([]);
    expect(validate({ maxReplicas: 1 })).toEqual([]);
  });

  it('checks replicas', () => {
    expect(found({ minReplicas: 0 })).toEqual(['minReplicas below-minimum 1']);
    expect(found({ minReplicas: 5, maxReplicas: 4 })).toEqual(['maxReplicas max-below-min 5']);
    expect(found({ maxReplicas: 2.5 })).toEqual(['maxReplicas not-an-integer']);
    expect(found({ maxReplicas: 2 ** 31 })).toEqual(['maxReplicas above-maximum 2147483647']);
  });

  it('allows minReplicas 0 with the gate and a metric that exists without pods', () => {
    const target = { type: 'Value', value: 1000 } as const;
    const metrics = [{ type: 'External', name: 'queue', target } as const];
    expect(found({ minReplicas: 0, metrics }, true)).toEqual([]);
    expect(found({ minReplicas: 0, metrics })).toEqual(['minReplicas below-minimum 1']);
    expect(found({ minReplicas: 0 }, true)).toEqual(['minReplicas below-minimum 1']);
  });

  it('checks rules', () => {
    const policies = [{ type: 'Percent', value: 0, periodSeconds: 1801 } as const];
    const scaleUp = { stabilizationWindowSeconds: 3601, policies, tolerance: -0.1 };
    expect(found({ behavior: { scaleUp, scaleDown: { policies: [] } } })).toEqual([
      'behavior.scaleUp.stabilizationWindowSeconds above-maximum 3600',
      'behavior.scaleUp.tolerance below-minimum 0',
      'behavior.scaleUp.policies.0.value below-minimum 1',
      'behavior.scaleUp.policies.0.periodSeconds above-maximum 1800',
      'behavior.scaleDown.policies no-policies',
    ]);
  });

  it('checks metrics against the targets that they take', () => {
    const value = { type: 'Value', value: 1 } as const;
    const problems = validate(
      hpa50({
        metrics: [
          cpuAt(0),
          { ...cpuAt(50), type: 'ContainerResource' },
          { type: 'Pods', name: 'rps', target: value },
        ],
      }),
    );
    expect(problems).toEqual([
      {
        path: ['metrics', 0, 'target', 'averageUtilization'],
        problem: 'below-minimum',
        seen: 0,
        limit: 1,
      },
      { path: ['metrics', 1, 'container'], problem: 'no-container' },
      {
        path: ['metrics', 2, 'target', 'type'],
        problem: 'target-not-allowed',
        seen: 'Value',
        allowed: ['AverageValue'],
      },
    ]);
  });
});
