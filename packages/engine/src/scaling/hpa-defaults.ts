/**
 * The defaults that the API server fills into a HorizontalPodAutoscaler. `behavior` stays absent if
 * it is absent; present, even `{}`, both directions are filled field by field: a list of policies
 * replaces the default list.
 *
 * @source Kubernetes, pkg/apis/autoscaling/v2/defaults.go
 */
import type {
  HpaMetricSpec,
  HpaObjectSpec,
  HpaRules,
  HpaScalingRules,
  HpaSpec,
} from './hpa-spec.ts';

const DEFAULT_METRICS: readonly HpaMetricSpec[] = [
  { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
];

const SCALE_UP: HpaRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
  tolerance: null,
};

const SCALE_DOWN: HpaRules = {
  stabilizationWindowSeconds: null,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  tolerance: null,
};

export function withDefaults(spec: HpaObjectSpec): HpaSpec {
  const { minReplicas = 1, maxReplicas, metrics = [], behavior } = spec;
  return {
    minReplicas,
    maxReplicas,
    metrics: metrics.length === 0 ? DEFAULT_METRICS : metrics,
    behavior:
      behavior === undefined
        ? null
        : {
            scaleUp: filled(behavior.scaleUp, SCALE_UP),
            scaleDown: filled(behavior.scaleDown, SCALE_DOWN),
          },
  };
}

function filled(rules: HpaScalingRules | undefined, defaults: HpaRules): HpaRules {
  return {
    stabilizationWindowSeconds:
      rules?.stabilizationWindowSeconds ?? defaults.stabilizationWindowSeconds,
    selectPolicy: rules?.selectPolicy ?? defaults.selectPolicy,
    policies: rules?.policies ?? defaults.policies,
    tolerance: rules?.tolerance ?? defaults.tolerance,
  };
}
