import { describe, expect, test } from 'vitest';
import {
  formatDuration,
  type Reading,
  readDuration,
} from '../../../packages/engine/src/scenario/durations.ts';
import { readClockTime, readInstant } from '../../../packages/engine/src/scenario/instants.ts';
import {
  readByteRate,
  readBytes,
  readCpu,
  readDouble,
  readMemory,
  readMilli,
  readRate,
  readShare,
} from '../../../packages/engine/src/scenario/quantities.ts';
import fc from '../../fixtures/fast-check.ts';

const codeOf = <T>(reading: Reading<T>) => ('value' in reading ? reading.value : reading.code);
const hintOf = <T>(reading: Reading<T>) => ('value' in reading ? undefined : reading.hint);

describe('durations', () => {
  test.each([
    ['500us', 500],
    ['45ms', 45_000],
    ['3s', 3_000_000],
    ['5m', 300_000_000],
    ['1h', 3_600_000_000],
    ['2d', 172_800_000_000],
    ['1h30m', 5_400_000_000],
    ['16m55s', 1_015_000_000],
    ['1.5s', 1_500_000],
    ['-10s', -10_000_000],
    ['0s', 0],
  ])('%s is %d µs', (text, microseconds) => {
    expect(codeOf(readDuration(text))).toBe(microseconds);
  });

  test.each([
    ['5', 'E_DURATION'],
    ['5min', 'E_DURATION'],
    ['1h30', 'E_DURATION'],
    ['00:05', 'E_DURATION'],
    ['1e3s', 'E_DURATION'],
    ['P1D', 'E_DURATION'],
    ['30m1h', 'E_DURATION'],
    ['1h1.5m', 'E_DURATION'],
    ['0.1us', 'E_DURATION'],
    ['', 'E_DURATION'],
    ['s', 'E_DURATION'],
    ['1,5s', 'E_TYPE'],
    ['99999999999d', 'E_RANGE'],
  ])('%s is refused: %s', (text, code) => {
    expect(codeOf(readDuration(text))).toBe(code);
  });

  test('near misses are named', () => {
    expect(hintOf(readDuration('5min'))).toContain('did you mean 5m?');
    expect(hintOf(readDuration('1h30'))).toContain('did you mean 1h30m?');
    expect(hintOf(readDuration('P1DT2H'))).toContain('did you mean 1d2h?');
    expect(hintOf(readDuration('00:05'))).toContain('did you mean 5m?');
    expect(hintOf(readDuration('5'))).toContain('add a unit');
  });

  test('a formatted duration reads back to itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (microseconds) => {
        expect(codeOf(readDuration(formatDuration(microseconds)))).toBe(microseconds);
      }),
    );
  });
});

describe('Kubernetes quantities', () => {
  test.each([
    ['500m', 500],
    ['2', 2000],
    ['0.1', 100],
    ['1.5', 1500],
    ['1e3', 1_000_000],
    ['1k', 1_000_000],
    ['.5', 500],
  ])('%s CPU is %d m', (text, millicores) => {
    expect(codeOf(readCpu(text))).toBe(millicores);
  });

  test.each(['1e3m', '0.0001', '0.0015', '1Gib', 'abc', '', '1 ', '--1', '2 cores', '1.2.3'])(
    'CPU %s is not a quantity',
    (text) => {
      expect(codeOf(readCpu(text))).toBe('E_QUANTITY');
    },
  );

  test.each([
    ['512Mi', 512 * 2 ** 20],
    ['1Gi', 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1G', 1e9],
    ['1.1Gi', Math.ceil(1.1 * 2 ** 30)],
    ['128974848', 128974848],
    ['1e9', 1e9],
  ])('%s memory is %d bytes', (text, bytes) => {
    expect(codeOf(readMemory(text))).toBe(bytes);
  });

  test('memory: near misses and sizes that cannot be meant', () => {
    expect(readMemory('1Gib')).toMatchObject({ code: 'E_QUANTITY', hint: 'did you mean 1Gi?' });
    expect(readMemory('512mb')).toMatchObject({ code: 'E_QUANTITY', hint: 'did you mean 512M?' });
    expect(readMemory('512m')).toMatchObject({ code: 'E_QUANTITY' });
    expect(readMemory('1Ei')).toMatchObject({ code: 'E_QUANTITY' });
    expect(readCpu('2 cores')).toMatchObject({ hint: 'did you mean 2?' });
  });

  test('metric values round up to milli-units, tolerances are doubles', () => {
    expect(codeOf(readMilli('100m'))).toBe(100);
    expect(codeOf(readMilli('1u'))).toBe(1);
    expect(codeOf(readMilli('1'))).toBe(1000);
    expect(codeOf(readDouble('0.05'))).toBe(0.05);
    expect(codeOf(readDouble('50m'))).toBe(0.05);
    expect(codeOf(readDouble('2'))).toBe(2);
    expect(codeOf(readDouble('1.5'))).toBe(1.5);
    // As the controller multiplies: 18 · 0.001.
    expect(codeOf(readDouble('0.018'))).toBe(0.018000000000000002);
    expect(codeOf(readDouble('18m'))).toBe(0.018000000000000002);
    expect(codeOf(readDouble('0.0185'))).toBe(18_500 * 1e-6);
    expect(codeOf(readDouble('0.1n'))).toBe(1e-9);
  });
});

describe('sizes, rates, shares', () => {
  test.each([
    ['380MB', 380e6],
    ['380MiB', 380 * 2 ** 20],
    ['2Gi', 2 * 2 ** 30],
    ['1.5GB', 1.5e9],
  ])('%s is %d bytes', (text, bytes) => {
    expect(codeOf(readBytes(text))).toBe(bytes);
  });

  test('a size needs a unit', () => {
    expect(readBytes('512')).toMatchObject({ code: 'E_QUANTITY', hint: 'write 512Mi or 512MB' });
    expect(codeOf(readByteRate('70MB/s'))).toBe(70e6);
    expect(codeOf(readByteRate('70MB'))).toBe('E_QUANTITY');
  });

  test('rates', () => {
    expect(codeOf(readRate('200/s'))).toBe(200);
    expect(codeOf(readRate('60/m'))).toBe(1);
    expect(codeOf(readRate('3600/h'))).toBe(1);
    expect(codeOf(readRate('1e12/s'))).toBe(1e12);
    expect(codeOf(readRate('1e999/s'))).toBe('E_NOT_FINITE');
    expect(codeOf(readRate('200'))).toBe('E_QUANTITY');
    expect(codeOf(readRate('200rps'))).toBe('E_QUANTITY');
    expect(codeOf(readRate('1.200,5/s'))).toBe('E_TYPE');
  });

  test('shares', () => {
    expect(codeOf(readShare('30%'))).toBe(0.3);
    expect(codeOf(readShare('99.9%'))).toBeCloseTo(0.999, 12);
    expect(codeOf(readShare('0,3%'))).toBe('E_TYPE');
    expect(codeOf(readShare('30'))).toBe('E_QUANTITY');
  });
});

describe('instants', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-01T07:45:00+08:00', 1767224700],
    ['2024-02-29T12:00:00-05:00', 1709226000],
    ['1998-06-30T00:00:00Z', 899164800],
    ['1969-12-31T23:59:59Z', -1],
  ])('%s is %d s', (text, seconds) => {
    const reading = readInstant(text);
    expect('value' in reading ? reading.value.at : reading).toBe(seconds * 1e6);
  });

  test('agrees with the host’s calendar', () => {
    const instants = fc.integer({ min: -6e10, max: 25e10 });
    fc.assert(
      fc.property(instants, (seconds) => {
        const text = new Date(seconds * 1000).toISOString();
        fc.pre(/^\d{4}-/.test(text));
        const reading = readInstant(text);
        expect('value' in reading ? reading.value.at : reading).toBe(seconds * 1e6);
      }),
    );
  });

  test.each([
    ['2026-03-08T02:30', 'E_LOCAL_TIME'],
    ['2026-03-08T02:30 America/New_York', 'E_LOCAL_TIME'],
    ['2026-11-01T01:30:00', 'E_LOCAL_TIME'],
    ['2026-02-29T00:00:00Z', 'E_TIME'],
    ['2026-13-01T00:00:00Z', 'E_TIME'],
    ['2026-01-01T25:00:00Z', 'E_TIME'],
    ['yesterday', 'E_TIME'],
  ])('%s is refused: %s', (text, code) => {
    expect(codeOf(readInstant(text))).toBe(code);
  });

  const start = 1767224700 * 1e6; // 07:45 at +08:00
  const clock = { start, utcOffset: 480, duration: 45 * 60e6 };
  test.each([
    ['07:50', 5 * 60e6],
    ['07:50:30', 5.5 * 60e6],
    ['07:30', -15 * 60e6],
    ['+5m', 5 * 60e6],
    ['-5m', -5 * 60e6],
    ['2026-01-01T08:00:00+08:00', 15 * 60e6],
  ])('%s on the clock of the scenario', (text, at) => {
    expect(codeOf(readClockTime(text, clock))).toBe(at);
  });

  test('a time that has passed is the next day’s, when the scenario lasts that long', () => {
    const long = { ...clock, duration: 86_400e6 };
    expect(codeOf(readClockTime('00:00', long))).toBe((16 * 60 + 15) * 60e6);
  });

  test.each(['8 am', '24:00', '07:60', '+5min', '', '5m'])('%s is no time', (text) => {
    expect(codeOf(readClockTime(text, clock))).toBe('E_TIME');
  });
});
