/**
 * Predictive scaling: replicas(t) = clamp(max(forecast(t + lead) ÷ perPod, reactive), bounds). The
 * forecast is one number per period, the highest planned rate in it, times an error; the reactive
 * part is the HPA, whose minimum the forecast raises.
 *
 * What a forecast can know: without a calendar entry a sale is not in yesterday's rhythm. A missed
 * event is one that is not in the forecast though it was to be.
 *
 * @source Aliyun AHPA (product documentation): forecast per minute, taken one start time ahead,
 *   passive prediction and bounds beside it.
 */
import { exp } from '../kernel/elementary.ts';

export interface ForecastSpec {
  /** µs */
  readonly lead: number;
  readonly resolution: number;
  /** Log-standard deviation. */
  readonly error: number;
  readonly errorPer: 'run' | 'period';
}

/** Highest rate of a stretch of time, requests/s. */
export type PlannedRate = (from: number, to: number) => number;

/**
 * Replicas for the forecast that is in force at `now`, of the period in which now + lead falls and
 * of those until the next look.
 * @param normal standard normal draw of a period (`errorPer: run`: always the same)
 */
export function forecastReplicas(
  { lead, resolution, error }: ForecastSpec,
  planned: PlannedRate,
  perPod: number,
  now: number,
  normal: (period: number) => number,
): number {
  const period = Math.floor((now + lead) / resolution);
  const rate = planned(period * resolution, (period + 1) * resolution);
  // Median 1: as often too high as too low.
  const forecast = error === 0 ? rate : rate * exp(error * normal(period));
  // 1.1 ÷ 0.1 is 11 and not 12.
  return Math.ceil((forecast / perPod) * (1 - 1e-9));
}
