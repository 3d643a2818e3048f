/**
 * The two registries of arrivals. ARRIVALS: key of a load in the scenario → its rate curve, how
 * many requests to expect when. PROCESSES: `process.kind` of a load → how its requests scatter
 * around that curve. Any of one goes with any of the other.
 */
import { batch } from './batch.ts';
import { deterministic } from './deterministic.ts';
import { type FlashSale, flashSaleSegments } from './flash-sale.ts';
import { gamma } from './gamma.ts';
import { hyperexponential } from './hyperexponential.ts';
import { mmpp } from './mmpp.ts';
import { poisson } from './poisson.ts';
import type { CountWindow, ProcessKind, ProcessSpec } from './process.ts';
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

export const PROCESSES = {
  poisson,
  gamma,
  deterministic,
  hyperexponential,
  mmpp,
  batch,
} as const satisfies Record<string, ProcessKind>;

export type ProcessName = keyof typeof PROCESSES;

/** What a load that says nothing of its process has. */
export const POISSON: ProcessSpec = { kind: 'poisson' };

export function processKind({ kind }: ProcessSpec): ProcessKind {
  return PROCESSES[kind as ProcessName];
}

/**
 * Index of dispersion for counts of a load at a constant rate (requests/s): variance ÷ mean of the
 * arrivals within a window (µs). For `mmpp` that of the window; the others give their limit for
 * long windows, which for `poisson` and `batch` holds for every window.
 */
export function dispersion(spec: ProcessSpec, at: CountWindow): number {
  return processKind(spec).dispersion(spec, at);
}
