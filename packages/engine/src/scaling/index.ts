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
} as const satisfies Record<string, ScalingLoopFactory>;

export type AutoscalerName = keyof typeof AUTOSCALERS;
