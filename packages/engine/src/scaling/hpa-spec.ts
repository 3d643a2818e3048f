/**
 * The `spec` of an autoscaling/v2 HorizontalPodAutoscaler, as far as decisions depend on it.
 * Quantities are numbers in milli-units, times in seconds as in the API. HpaObjectSpec is the
 * object as written, HpaSpec the same with the defaults of the API server (hpa-defaults.ts).
 */
export interface HpaObjectSpec {
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly metrics?: readonly HpaMetricSpec[];
  readonly behavior?: HpaBehavior;
}

export type HpaMetricSpec = {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  /** Resource name (cpu, memory) or metric name. */
  readonly name: string;
  readonly container?: string;
  readonly target: HpaTarget;
};

export type HpaTarget =
  | { readonly type: 'Utilization'; readonly averageUtilization: number }
  /** Milli-units. */
  | { readonly type: 'AverageValue'; readonly averageValue: number }
  | { readonly type: 'Value'; readonly value: number };

export interface HpaBehavior {
  readonly scaleUp?: HpaScalingRules;
  readonly scaleDown?: HpaScalingRules;
}

export interface HpaScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly HpaScalingPolicy[];
  /** As a double, from the quantity. */
  readonly tolerance?: number;
}

export interface HpaScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** What `decide` takes. A schedule that raises the floor replaces `minReplicas` alone. */
export interface HpaSpec {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly HpaMetricSpec[];
  /** null = absent from the object, which is not the same as `{}`. */
  readonly behavior: { readonly scaleUp: HpaRules; readonly scaleDown: HpaRules } | null;
}

export interface HpaRules {
  /** null (scaleDown alone) = the controller's downscale stabilization. */
  readonly stabilizationWindowSeconds: number | null;
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly HpaScalingPolicy[];
  /** null = the controller's tolerance. */
  readonly tolerance: number | null;
}
