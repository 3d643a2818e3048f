/** Spot capacity, billed as on-demand at the spot price (interruptions: cluster/node-loss.ts). */
import { onDemand } from './on-demand.ts';

export const spot = onDemand;
