/**
 * Blocks of arrivals drawn by the kernel itself, in its dialect: a Poisson process along its curve,
 * service times, balancer draws. From the same streams as flow/arrivals.ts, hence the same bits.
 */

import { lognormalDelays, scaleDelays } from '../../kernel/delays.ts';
import type { F64, f64, i32 } from '../../kernel/dialect.ts';
import { fillBits, fillExponentials, fillNormals } from '../../kernel/draws.ts';
import { invertRate, SEGMENT } from '../../traffic/inversion.ts';
import {
  BALANCER,
  BLOCK,
  BLOCK_END,
  END,
  type Frame,
  LARGEST_BLOCK,
  LAW,
  LAW_A,
  LAW_B,
  NEXT,
  ROUND_ROBIN,
  SEGMENTS,
} from './frame.ts';

/** Laws of the kernel. */
export const LAW_LOGNORMAL: i32 = 1;
export const LAW_EXPONENTIAL: i32 = 2;
export const LAW_DETERMINISTIC: i32 = 3;

/**
 * Draws the next block, and makes the one after it twice as long; returns its length, less than
 * BLOCK at the end of the curve.
 */
export function refill(frame: Frame): i32 {
  const size: i32 = frame.ints[BLOCK];
  const segments: i32 = frame.ints[SEGMENTS];
  const walk = frame.walk;
  let end: i32 = 0;
  if (walk[SEGMENT] < segments) {
    fillExponentials(frame.tables, frame.arrivalStream, frame.time, 0, size);
    end = invertRate(
      frame.curveStart,
      frame.curveRate,
      frame.curveSlope,
      segments,
      walk,
      frame.time,
      0,
      size,
    );
  }
  fillServices(frame, end);
  // Nobody else draws from this stream.
  if (frame.ints[BALANCER] !== ROUND_ROBIN) {
    fillBits(frame.balancerStream, frame.draws, 0, 2 * end);
  }
  frame.ints[NEXT] = 0;
  frame.ints[END] = end;
  frame.ints[BLOCK_END] = end;
  if (2 * size <= frame.ints[LARGEST_BLOCK]) frame.ints[BLOCK] = 2 * size;
  return end;
}

function fillServices(frame: Frame, end: i32): void {
  const law: i32 = frame.ints[LAW];
  const a: f64 = frame.reals[LAW_A];
  const service: F64 = frame.service;
  if (law === LAW_LOGNORMAL) {
    fillNormals(frame.tables, frame.serviceStream, service, 0, end);
    lognormalDelays(frame.tables, service, 0, end, a, frame.reals[LAW_B]);
  } else if (law === LAW_EXPONENTIAL) {
    fillExponentials(frame.tables, frame.serviceStream, service, 0, end);
    scaleDelays(service, 0, end, a);
  } else {
    for (let i: i32 = 0; i < end; i += 1) service[i] = a;
  }
}
