/**
 * The registry of arrival descriptions: key of a load in the scenario → its rate curve. All of them
 * drive a non-homogeneous Poisson process (poisson.ts), whose index of dispersion is 1.
 */
import { type FlashSale, flashSaleSegments } from './flash-sale.ts';
import { type RateCurve, type RateSegment, rateCurve } from './rate.ts';
import { type Stage, stageSegments } from './stages.ts';
import { type Trace, traceSegments } from './trace.ts';

/** What a load says about its arrivals: one of these. */
export interface ArrivalSpec {
  /** Requests/s. */
  readonly rate?: number;
  readonly startRate?: number;
  readonly stages?: readonly Stage[];
  readonly flashSale?: FlashSale;
  readonly trace?: Trace;
}

type ArrivalKey = 'rate' | 'stages' | 'flashSale' | 'trace';
type Describe = (load: ArrivalSpec) => readonly RateSegment[] | null;

const CONSTANT = 1;

export const ARRIVALS: Readonly<Record<ArrivalKey, Describe>> = {
  rate: ({ rate }) => (rate === undefined ? null : [{ duration: CONSTANT, rate, endRate: rate }]),
  stages: ({ stages, startRate }) => (stages ? stageSegments(startRate ?? 0, stages) : null),
  flashSale: ({ flashSale }) => (flashSale ? flashSaleSegments(flashSale) : null),
  trace: ({ trace }) => (trace ? traceSegments(trace) : null),
};

/** The arrival rate of a load over the horizon (µs). */
export function loadCurve(load: ArrivalSpec, horizon: number): RateCurve {
  for (const describe of Object.values(ARRIVALS)) {
    const segments = describe(load);
    if (segments !== null) return rateCurve(segments, horizon);
  }
  return rateCurve([], horizon);
}
