import { describe, expect, test } from 'vitest';
import { interval, tQuantile } from '../../../packages/engine/src/stats/confidence.ts';

describe('tQuantile', () => {
  // Two-sided 95 %, three decimals: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
  test.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [9, 2.262],
    [29, 2.045],
    [30, 2.042],
    [99, 1.984],
  ])('as tabulated for %i degrees of freedom', (degrees, expected) => {
    expect(tQuantile(0.95, degrees).toFixed(3)).toBe(expected.toFixed(3));
  });

  test.each([1, 2, 5, 10, 33, 100, 999])('covers 95 %% by integration, %i degrees', (degrees) => {
    const angle = Math.atan(tQuantile(0.95, degrees) / Math.sqrt(degrees));
    const density = (theta: number) => Math.cos(theta) ** (degrees - 1);
    const coverage = simpson(density, angle) / simpson(density, Math.PI / 2);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(1e-11);
  });

  test('the closed form of one degree of freedom: tan(π·coverage/2)', () => {
    for (const coverage of [0.5, 0.8, 0.9, 0.99]) {
      expect(tQuantile(coverage, 1)).toBeCloseTo(Math.tan((Math.PI * coverage) / 2), 9);
    }
  });

  test('refuses what has no quantile', () => {
    expect(() => tQuantile(0.95, 0)).toThrow(/degrees/);
    expect(() => tQuantile(0.95, 1.5)).toThrow(/degrees/);
    expect(() => tQuantile(1, 3)).toThrow(/coverage/);
  });
});

describe('interval', () => {
  test('of 1..5: 3 ± t(4)·s/√5', () => {
    const { mean, low, high, n } = interval([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(n).toBe(5);
    // 2.776445 × 1.581139 ÷ 2.236068
    expect(high - mean).toBeCloseTo(1.9632432, 6);
    expect(mean - low).toBeCloseTo(1.9632432, 6);
  });

  test('of one value is that value', () => {
    expect(interval([7])).toEqual({ mean: 7, low: 7, high: 7, n: 1 });
  });

  test('of equal values has no width, whatever their rounding', () => {
    expect(interval([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, low: 0.1, high: 0.1, n: 3 });
  });

  test('of nothing is a defect', () => {
    expect(() => interval([])).toThrow(/replication/);
  });
});

/** ∫ from 0 to `end`; with x = √n·tan θ the density of Student’s t becomes cos^(n−1) θ. */
function simpson(density: (theta: number) => number, end: number): number {
  const steps = 20_000;
  const width = end / steps;
  let sum = density(0) + density(end);
  for (let i = 1; i < steps; i++) sum += density(i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
