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

  it('says what was seen and what is allowed', () => {
    expect(validate({ minReplicas: 5, maxReplicas: 4 })).toEqual([
      { path: ['maxReplicas'], problem: 'max-below-min', seen: 4, limit: 5 },
    ]);
    expect(validate({ minReplicas: 1.5, maxReplicas: 2 })).toEqual([
      { path: ['minReplicas'], problem: 'not-an-integer', seen: 1.5 },
    ]);
    expect(validate({ maxReplicas: 2 ** 31 })).toEqual([
      { path: ['maxReplicas'], problem: 'above-maximum', seen: 2 ** 31, limit: 2 ** 31 - 1 },
    ]);
    expect(validate({ maxReplicas: 0 })).toEqual([
      { path: ['maxReplicas'], problem: 'below-minimum', seen: 0, limit: 1 },
    ]);
    const scaleDown = { tolerance: Number.NaN, policies: [] };
    expect(validate({ maxReplicas: 1, behavior: { scaleDown } })).toEqual([
      {
        path: ['behavior', 'scaleDown', 'tolerance'],
        problem: 'below-minimum',
        seen: Number.NaN,
        limit: 0,
      },
      { path: ['behavior', 'scaleDown', 'policies'], problem: 'no-policies' },
    ]);
  });

  it('accepts each bound itself', () => {
    expect(found({ minReplicas: 4, maxReplicas: 4 })).toEqual([]);
    expect(found({ minReplicas: 1, maxReplicas: 2 ** 31 - 1 })).toEqual([]);
    const policies = [{ type: 'Percent', value: 2 ** 31 - 1, periodSeconds: 1 } as const];
    const rules = { stabilizationWindowSeconds: 0, policies };
    expect(found({ behavior: { scaleUp: rules, scaleDown: rules } })).toEqual([]);
    expect(found({ metrics: [cpuAt(1)] })).toEqual([]);
    expect(found({ metrics: [cpuAt(2 ** 31)] })).toEqual([
      'metrics.0.target.averageUtilization above-maximum 2147483647',
    ]);
  });

  it('checks the windows of both directions', () => {
    const rules = { stabilizationWindowSeconds: -1 };
    expect(found({ behavior: { scaleUp: rules, scaleDown: rules } })).toEqual([
      'behavior.scaleUp.stabilizationWindowSeconds below-minimum 0',
      'behavior.scaleDown.stabilizationWindowSeconds below-minimum 0',
    ]);
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 0 } as const];
    expect(found({ behavior: { scaleDown: { policies } } })).toEqual([
      'behavior.scaleDown.policies.0.periodSeconds below-minimum 1',
    ]);
  });

  it('checks amounts, which may be far above those of replicas', () => {
    const amount = (type: 'AverageValue' | 'Value', value: number) =>
      type === 'Value' ? { type, value } : { type, averageValue: value };
    const queue = (type: 'AverageValue' | 'Value', value: number) =>
      found({ metrics: [{ type: 'Object', name: 'queue', target: amount(type, value) }] });
    for (const type of ['AverageValue', 'Value'] as const) {
      const field = type === 'Value' ? 'value' : 'averageValue';
      expect(queue(type, 1)).toEqual([]);
      expect(queue(type, Number.MAX_SAFE_INTEGER)).toEqual([]);
      expect(queue(type, 0)).toEqual([`metrics.0.target.${field} below-minimum 1`]);
      expect(queue(type, 2 ** 53)).toEqual([
        `metrics.0.target.${field} above-maximum ${Number.MAX_SAFE_INTEGER}`,
      ]);
      expect(queue(type, 0.5)).toEqual([`metrics.0.target.${field} not-an-integer`]);
    }
  });

  it.each([
    ['Resource', ['Utilization', 'AverageValue']],
    ['ContainerResource', ['Utilization', 'AverageValue']],
    ['Pods', ['AverageValue']],
    ['Object', ['Value', 'AverageValue']],
    ['External', ['Value', 'AverageValue']],
  ] as const)('%s takes %j', (type, allowed) => {
    const targets = [
      { type: 'Utilization', averageUtilization: 50 },
      { type: 'AverageValue', averageValue: 50 },
      { type: 'Value', value: 50 },
    ] as const;
    for (const target of targets) {
      const problems = validate(hpa50({ metrics: [{ type, name: 'x', container: 'a', target }] }));
      const refused = {
        path: ['metrics', 0, 'target', 'type'],
        problem: 'target-not-allowed',
        seen: target.type,
        allowed,
      };
      const takes = (allowed as readonly string[]).includes(target.type);
      expect(problems).toEqual(takes ? [] : [refused]);
    }
  });

  it('wants the name of a container where one is measured', () => {
    const metric = { ...cpuAt(50), type: 'ContainerResource' } as const;
    expect(found({ metrics: [{ ...metric, container: '' }] })).toEqual([
      'metrics.0.container no-container',
    ]);
    expect(found({ metrics: [{ ...metric, container: 'app' }] })).toEqual([]);
    expect(found({ metrics: [cpuAt(50)] })).toEqual([]);
  });

  it('allows minReplicas 0 with an Object metric too, and asks nothing of an absent one', () => {
    const target = { type: 'Value', value: 1 } as const;
    const metrics = [cpuAt(50), { type: 'Object', name: 'depth', target } as const];
    expect(found({ minReplicas: 0, metrics }, true)).toEqual([]);
    expect(validate({ maxReplicas: 3, metrics })).toEqual([]);
    expect(validate({ minReplicas: 0, maxReplicas: 3, metrics })).toHaveLength(1);
    expect(validate({ minReplicas: 0, maxReplicas: 3 }, true)).toEqual([
      { path: ['minReplicas'], problem: 'below-minimum', seen: 0, limit: 1 },
    ]);
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
