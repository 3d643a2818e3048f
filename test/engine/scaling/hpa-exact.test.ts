import { describe, expect, it } from 'vitest';
import {
  averageOf,
  ExactSum,
  percentage,
  percentOf,
  truncDivide,
} from '../../../packages/engine/src/scaling/hpa-exact.ts';
import fc from '../../fixtures/fast-check.ts';

const whole = fc.maxSafeNat();
const list = fc.array(fc.oneof(whole, fc.nat(5000)), { minLength: 1, maxLength: 40 });

function sumOf(values: readonly number[]): ExactSum {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum;
}

const exact = (values: readonly number[]) => values.reduce((sum, v) => sum + BigInt(v), 0n);

describe('arithmetic on milli-units agrees with bigint', () => {
  it('sums', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const sum = sumOf(a);
        sum.addSum(sumOf(b));
        expect(sum.toBigInt()).toBe(exact([...a, ...b]));
        expect(sum.toNumber()).toBe(Number(exact([...a, ...b])));
      }),
    );
  });

  it('averages', () => {
    fc.assert(
      fc.property(list, (a) => {
        const expected = Number(exact(a) / BigInt(a.length));
        expect(averageOf(sumOf(a), a.length)).toBe(expected);
      }),
    );
  });

  it('percentages of sums and of numbers', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        fc.pre(exact(b) > 0n);
        expect(percentOf(sumOf(a), sumOf(b))).toBe(Number((exact(a) * 100n) / exact(b)));
      }),
    );
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 1000 }), (value, percent) => {
        const expected = Number((BigInt(value) * BigInt(percent)) / 100n);
        expect(percentage(value, percent)).toBe(expected);
      }),
    );
  });

  it('quotients', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        fc.pre(b > 0);
        expect(truncDivide(a, b)).toBe(Number(BigInt(a) / BigInt(b)));
      }),
    );
  });

  it('with one side alone beyond 2^52', () => {
    const large = 2 ** 52;
    expect(percentOf(sumOf([large, 5]), sumOf([3 * large]))).toBe(33);
    expect(percentOf(sumOf([large, 5]), sumOf([5]))).toBe(Number((2n ** 52n + 5n) * 20n));
    expect(percentOf(sumOf([5]), sumOf([large, 3]))).toBe(0);
  });

  it('where a double would round up to the next percent', () => {
    // 969309646415943 · 100 is 31 · 3126805311019171 − 1.
    expect(percentOf(sumOf([969_309_646_415_943]), sumOf([3_126_805_311_019_171]))).toBe(30);
  });

  it('a sum is zero if nothing is in it, not if its low part is', () => {
    expect(sumOf([]).isZero()).toBe(true);
    expect(sumOf([0, 0]).isZero()).toBe(true);
    expect(sumOf([1]).isZero()).toBe(false);
    expect(sumOf([2 ** 52]).isZero()).toBe(false);
  });

  it('hits the case of 512 pods of memory that a double gets wrong', () => {
    const used = new Array<number>(512).fill(68_719_476_736_001);
    const requested = new Array<number>(512).fill(68_719_476_736_000);
    expect(percentOf(sumOf(used), sumOf(requested))).toBe(100);
    expect(averageOf(sumOf(used), 512)).toBe(68_719_476_736_001);
  });
});
