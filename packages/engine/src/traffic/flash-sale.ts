/**
 * A second kill (秒杀): base rate, linear surge when the sale opens, plateau, exponential decay back
 * to base. The decay is a piecewise linear curve through exact values every τ/50, which keeps it
 * within 5·10⁻⁵ of (peak − base) of the exponential, over 12 τ.
 */
import { exp } from '../kernel/elementary.ts';
import type { RateSegment } from './rate.ts';

const STEPS_PER_TAU = 50;
const TAUS = 12;

export interface FlashSale {
  /** Requests/s. */
  readonly base: number;
  readonly peak: number;
  /** µs. */
  readonly at: number;
  readonly surge: number;
  readonly plateau: number;
  readonly decay: number;
}

export function flashSaleSegments(sale: FlashSale): RateSegment[] {
  const { base, peak } = sale;
  const segments: RateSegment[] = [
    { duration: sale.at, rate: base, endRate: base },
    { duration: sale.surge, rate: base, endRate: peak },
    { duration: sale.plateau, rate: peak, endRate: peak },
  ];
  const decayed = (step: number) => base + (peak - base) * exp(-step / STEPS_PER_TAU);
  for (let step = 0; step < STEPS_PER_TAU * TAUS; step++) {
    const duration = sale.decay / STEPS_PER_TAU;
    segments.push({ duration, rate: decayed(step), endRate: decayed(step + 1) });
  }
  segments.push({ duration: 1, rate: base, endRate: base });
  return segments;
}
