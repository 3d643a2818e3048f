/** The registry of autoscalers: `autoscaler` of a strategy → what decides on the replicas. */
import { remembering, type ScalingLoop } from './autoscaler.ts';
import { fixed } from './fixed.ts';
import { hpa } from './hpa-autoscaler.ts';
import type { HpaController } from './hpa-controller.ts';
import type { HpaObjectSpec } from './hpa-spec.ts';

export type ScalingLoopFactory = (hpa: HpaObjectSpec, controller: HpaController) => ScalingLoop;

export const AUTOSCALERS = {
  hpa: (object, controller) => remembering(hpa(object, controller)),
  fixed: () => remembering(fixed()),
  /** On the HPA that KEDA makes (keda.ts); its own part is at its polls. */
  keda: (object, controller) => remembering(hpa(object, controller)),
  /** The HPA, whose minimum the forecast raises (predictive.ts). */
  predictive: (object, controller) => remembering(hpa(object, controller)),
  /** Without syncs: it decides at ticks of its own, from averages (kpa.ts). */
  kpa: null,
} as const satisfies Record<string, ScalingLoopFactory | null>;

export type AutoscalerName = keyof typeof AUTOSCALERS;
