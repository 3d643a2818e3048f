import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';

describe('the defaults of the API server', () => {
  it('fills in minReplicas and a metric, and leaves behavior absent', () => {
    expect(withDefaults({ maxReplicas: 7, metrics: [] })).toEqual({
      minReplicas: 1,
      maxReplicas: 7,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      ],
      behavior: null,
    });
  });

  it('fills both directions of an empty behavior', () => {
    expect(withDefaults({ maxReplicas: 7, behavior: {} }).behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
        tolerance: null,
      },
      scaleDown: {
        stabilizationWindowSeconds: null,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
        tolerance: null,
      },
    });
  });

  it('replaces a list of policies, field by field otherwise', () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 600 } as const];
    const behavior = withDefaults({
      maxReplicas: 7,
      behavior: { scaleUp: { policies }, scaleDown: { tolerance: 0, selectPolicy: 'Min' } },
    }).behavior;
    expect(behavior?.scaleUp).toMatchObject({ policies, stabilizationWindowSeconds: 0 });
    expect(behavior?.scaleUp.policies).toHaveLength(1);
    expect(behavior?.scaleDown).toMatchObject({ tolerance: 0, selectPolicy: 'Min' });
  });
});
