/**
 * The columns of a block of pre-drawn arrivals: what a request draws depends on its number alone,
 * never on what became of others.
 */
import type { StreamState } from '../kernel/random.ts';
import type { OpenLaw } from '../service/law.ts';
import type { PoissonWalk } from '../traffic/process.ts';

/** The next arrivals. */
export interface Arrivals {
  time: Float64Array;
  service: Float64Array;
  readonly source: Uint16Array;
  draws: Int32Array;
  /** µs of patience, where a load draws it; else empty. */
  readonly patience: Float64Array;
  /** Draws of the third and further choices of power-of-two; mostly empty. */
  readonly moreDraws: Int32Array;
  next: number;
  end: number;
  readonly refill: (arrivals: Arrivals) => void;
  /** What `refill` draws from, if a kernel can draw it by itself. */
  open?: OpenArrivals;
}

export interface OpenArrivals {
  readonly poisson: PoissonWalk;
  readonly law: OpenLaw;
  readonly serviceStream: StreamState;
  readonly balancerStream: StreamState;
}

/** Which columns a block of arrivals has beyond those that all have. */
export interface ArrivalShape {
  readonly patience?: boolean;
  readonly choices?: number;
}

/** Columns for a block of pre-drawn arrivals; `refill` fills them from `next` = 0 on. */
export function createArrivals(
  size: number,
  refill: Arrivals['refill'],
  { patience = false, choices = 2 }: ArrivalShape = {},
): Arrivals {
  return {
    time: new Float64Array(size),
    service: new Float64Array(size),
    source: new Uint16Array(size),
    draws: new Int32Array(2 * size),
    patience: new Float64Array(patience ? size : 0),
    moreDraws: new Int32Array(size * (choices - 2)),
    next: 0,
    end: 0,
    refill,
  };
}
