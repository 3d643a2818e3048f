/**
 * Quantile of a lognormal time given by its mean and coefficient of variation: the stand-in for a
 * service law of which a plan knows no more than that.
 */
import { exp, log } from '../kernel/elementary.ts';

/** The time that a `share` of draws does not exceed; cv 0 is the constant `mean`. */
export function lognormalQuantile(mean: number, cv: number, share: number): number {
  const variance = log(1 + cv * cv);
  return mean * exp(Math.sqrt(variance) * normalQuantile(share) - variance / 2);
}

/**
 * Standard normal quantile, seven digits.
 * @source M. J. Wichura, “Algorithm AS 241”, Applied Statistics 37 (1988), p. 477, PPND7.
 */
export function normalQuantile(share: number): number {
  const offset = share - 0.5;
  if (Math.abs(offset) <= 0.425) {
    const r = 0.180625 - offset * offset;
    const numerator = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    return (offset * numerator) / (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }
  const tail = Math.sqrt(-log(Math.min(share, 1 - share)));
  const value = tail <= 5 ? nearTail(tail - 1.6) : farTail(tail - 5);
  return offset < 0 ? -value : value;
}

function nearTail(r: number): number {
  const numerator = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
  return numerator / ((0.12021132975 * r + 0.7370016425) * r + 1);
}

function farTail(r: number): number {
  const numerator = ((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115;
  return numerator / ((0.012258202635 * r + 0.24197894225) * r + 1);
}
