import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageOf,
  ExactSum,
  percentage,
  percentOf,
  truncDivide,
} from '../../../packages/engine/src/scaling/hpa-exact.ts';

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

  it('hits the case of 512 pods of memory that a double gets wrong', () => {
    const used = new Array<number>(512).fill(68_719_476_736_001);
    const requested = new Array<number>(512).fill(68_719_476_736_000);
    expect(percentOf(sumOf(used), sumOf(requested))).toBe(100);
    expect(averageOf(sumOf(used), 512)).toBe(68_719_476_736_001);
  });
});
