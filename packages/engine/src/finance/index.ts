/** The registry of price plans: `billing` of a strategy → what is billed. */
import { onDemand } from './on-demand.ts';
import type { Plan } from './plan.ts';
import { reserved } from './reserved.ts';
import { spot } from './spot.ts';

export const PLANS = {
  'on-demand': onDemand,
  'reserved-1y': reserved,
  'reserved-3y': reserved,
  spot,
} as const satisfies Record<string, Plan>;

export type PlanName = keyof typeof PLANS;
