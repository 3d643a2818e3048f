/** Lays what a load's blocks are drawn from into the kernel's columns, so that it can draw them. */
import { DRAW_TABLES } from '../../kernel/random.ts';
import type { Arrivals, OpenArrivals } from '../arrival-columns.ts';
import { FIRST_BLOCK } from '../arrivals.ts';
import { LAW_DETERMINISTIC, LAW_EXPONENTIAL, LAW_LOGNORMAL } from './blocks.ts';
import type { FrameLengths, Kernel } from './build.ts';
import { BLOCK, LARGEST_BLOCK, LAW, LAW_A, LAW_B, SEGMENTS } from './frame.ts';

type OpenColumn =
  | 'tables'
  | 'arrivalStream'
  | 'serviceStream'
  | 'balancerStream'
  | 'curveStart'
  | 'curveRate'
  | 'curveSlope'
  | 'walk';

type OpenColumns = { readonly [K in OpenColumn]: Int32Array | Float64Array };

function columnsOf({ poisson, serviceStream, balancerStream }: OpenArrivals): OpenColumns {
  const { curve, walk, stream } = poisson;
  return {
    tables: DRAW_TABLES,
    arrivalStream: stream,
    serviceStream,
    balancerStream,
    curveStart: curve.start,
    curveRate: curve.rate,
    curveSlope: curve.slope,
    walk,
  };
}

/** Lengths of the columns, 0 for arrivals that the kernel cannot draw. */
export function openLengths({ open }: Arrivals): Pick<FrameLengths, OpenColumn> {
  const columns = open === undefined ? undefined : columnsOf(open);
  const length = (column: OpenColumn) => columns?.[column].length ?? 0;
  return {
    tables: length('tables'),
    arrivalStream: length('arrivalStream'),
    serviceStream: length('serviceStream'),
    balancerStream: length('balancerStream'),
    curveStart: length('curveStart'),
    curveRate: length('curveRate'),
    curveSlope: length('curveSlope'),
    walk: length('walk'),
  };
}

export function layOpen({ frame }: Kernel, { open, time }: Arrivals): void {
  if (open === undefined) return;
  for (const [column, values] of Object.entries(columnsOf(open))) {
    frame[column as OpenColumn].set(values);
  }
  frame.ints[BLOCK] = FIRST_BLOCK;
  frame.ints[LARGEST_BLOCK] = time.length;
  frame.ints[SEGMENTS] = open.poisson.curve.rate.length;
  const { law } = open;
  if (law.kind === 'lognormal') {
    frame.ints[LAW] = LAW_LOGNORMAL;
    frame.reals[LAW_A] = law.mu;
    frame.reals[LAW_B] = law.sigma;
  } else {
    frame.ints[LAW] = law.kind === 'exponential' ? LAW_EXPONENTIAL : LAW_DETERMINISTIC;
    frame.reals[LAW_A] = law.mean;
  }
}
