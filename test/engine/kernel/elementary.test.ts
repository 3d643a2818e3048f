import { expect, test } from 'vitest';
import { exp, log, pow } from '../../../packages/engine/src/kernel/elementary.ts';
import { createStream, nextUniform } from '../../../packages/engine/src/kernel/random.ts';

/** Computed with 60 decimal digits. */
const EXP = [
  [-745.13, '2.478293280882727884448809e-324'],
  [-744.5, '4.653269682705126982567784e-324'],
  [-708.3, '2.450295530965988337463135e-308'],
  [-100, '3.720075976020835962959696e-44'],
  [-20.25, '1.605228055185611608653934e-9'],
  [-1, '3.678794411714423215955238e-1'],
  [-0.5, '6.065306597126334236037995e-1'],
  [-1e-9, '9.999999990000000004999999e-1'],
  [1e-9, '1.000000001000000000500000e+0'],
  [0.1, '1.105170918075647630946639e+0'],
  [0.3465735902799726, '1.414213562373094953898929e+0'],
  [0.7, '2.013752707470476432195965e+0'],
  [1, '2.718281828459045235360287e+0'],
  [Math.LN10, '1.000000000000000217075622e+1'],
  [33.3, '2.897385266636605191163380e+14'],
  [100.125, '3.046035780911372461599718e+43'],
  [500, '1.403592217852837410739770e+217'],
  [709.78, '1.792822794394515620908413e+308'],
] as const;
const LOG = [
  [5e-324, '-7.444400719213812623141073e+2'],
  [1e-310, '-7.138013788281541651006446e+2'],
  [2.2250738585072014e-308, '-7.083964185322641062244112e+2'],
  [1e-10, '-2.302585092994045680374772e+1'],
  [0.1, '-2.302585092994045628506840e+0'],
  [0.5, '-6.931471805599453094172321e-1'],
  [0.7071067811865475, '-3.465735902799727433597754e-1'],
  [0.7071067811865477, '-3.465735902799724293412836e-1'],
  [0.9999999999999999, '-1.110223024625156602053390e-16'],
  [1.0000000000000002, '2.220446049250312834328230e-16'],
  [Math.SQRT2 - 2 ** -52, '3.465735902799725660574568e-1'],
  [Math.SQRT2, '3.465735902799727230667026e-1'],
  [1.4142135623730954, '3.465735902799728800759485e-1'],
  [Math.E, '9.999999999999999468176229e-1'],
  [3, '1.098612288668109691395245e+0'],
  [12345.678, '9.421061321291831967097142e+0'],
  [1e100, '2.302585092994045684177020e+2'],
  [Number.MAX_VALUE, '7.097827128933839967322234e+2'],
] as const;

/** How many doubles lie between two numbers of the same sign. */
function ulpsBetween(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(bits[0] - bits[1]));
}

test.each(EXP)('exp(%d)', (x, exact) => {
  expect(ulpsBetween(exp(x), Number(exact))).toBeLessThanOrEqual(2);
});

test.each(LOG)('log(%d)', (x, exact) => {
  expect(ulpsBetween(log(x), Number(exact))).toBeLessThanOrEqual(1);
});

test('exp and log stay within 2 ulp of this machine’s, over their whole range', () => {
  const stream = createStream('elementary', 0, 'range');
  let worstExp = 0;
  let worstLog = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = (nextUniform(stream) - 0.5) * (i % 2 === 0 ? 1400 : 4);
    worstExp = Math.max(worstExp, ulpsBetween(exp(x), Math.exp(x)));
    const y = i % 2 === 0 ? Math.exp(x) : nextUniform(stream) * 4 + 1e-12;
    worstLog = Math.max(worstLog, ulpsBetween(log(y), Math.log(y)));
  }
  expect(worstExp).toBeLessThanOrEqual(2);
  expect(worstLog).toBeLessThanOrEqual(2);
});

test('exp at the ends of its range', () => {
  expect(exp(0)).toBe(1);
  expect(exp(-0)).toBe(1);
  expect(exp(-746)).toBe(0);
  expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exp(709.79)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.NaN)).toBeNaN();
});

test('log at the ends of its range', () => {
  expect(log(1)).toBe(0);
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-1)).toBeNaN();
  expect(log(Number.NaN)).toBeNaN();
  expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

test('exp never falls and log never falls from one double to the next', () => {
  const next = (x: number) => {
    const value = Float64Array.of(x);
    const bits = new BigInt64Array(value.buffer);
    bits[0] += x > 0 ? 1n : -1n;
    return value[0];
  };
  const stream = createStream('elementary', 0, 'steps');
  for (let i = 0; i < 20_000; i++) {
    const x = (nextUniform(stream) - 0.5) * 100;
    expect(exp(next(x)) >= exp(x) * (1 - 4.5e-16), `exp at ${x}`).toBe(true);
    const y = nextUniform(stream) * 10 + 0.1;
    expect(log(next(y)) >= log(y) - 2.3e-16 * Math.max(1, Math.abs(log(y))), `log at ${y}`).toBe(
      true,
    );
  }
});

test.each([
  [2, 10, 1024],
  [10, -3, 0.001],
  [9, 0.5, 3],
  [1.0000001, 1e7, 2.718281694132082],
  [7.25, 0, 1],
  [1, 1e300, 1],
])('pow(%d, %d)', (x, y, exact) => {
  const ulps = 2 + Math.abs(y * Math.log(x)) * 2;
  expect(Math.abs(pow(x, y) / exact - 1)).toBeLessThanOrEqual(ulps * Number.EPSILON);
});
