/** Spot capacity, billed as on-demand at the spot price; interruptions are not modelled. */
import { onDemand } from './on-demand.ts';

export const spot = onDemand;
