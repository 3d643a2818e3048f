import { describe, expect, test } from 'vitest';
import {
  formatBounds,
  formatClock,
  formatCount,
  formatDuration,
  formatInstant,
  formatInterval,
  formatMoney,
  formatNumber,
  formatPrice,
  formatRate,
  formatShare,
} from '../../../packages/engine/src/report/format.ts';

describe('numbers', () => {
  test.each([
    [0, 0, '0'],
    [999, 0, '999'],
    [1000, 0, '1,000'],
    [1234567.891, 1, '1,234,567.9'],
    [-1234.5, 1, '−1,234.5'],
    [-0.001, 1, '0.0'],
  ])('%d with %i decimals is %s', (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  test('counts are whole; small means keep a decimal', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(3.4)).toBe('3.4');
    expect(formatCount(58)).toBe('58');
    expect(formatCount(10_123_456.7)).toBe('10,123,457');
  });

  test('rates', () => {
    expect(formatRate(12_000, 'en')).toBe('12,000/s');
    expect(formatRate(0.25, 'zh-CN')).toBe('0.25/秒');
  });
});

describe('money', () => {
  test.each([
    [12_340_000, 'USD', '$12.34'],
    [1_234_400_000, 'CNY', '¥1,234'],
    [5_000_000, 'EUR', '€5.00'],
    [-5_000_000, 'USD', '−$5.00'],
    [4_170, 'USD', '$0.0042'],
    [50_000, 'USD', '$0.05'],
    [0, 'USD', '$0'],
    [2_500_000, 'SGD', 'SGD 2.50'],
  ])('%d micro-units of %s are %s', (microUnits, currency, text) => {
    expect(formatMoney(microUnits, currency)).toBe(text);
  });

  test('a price keeps every digit of its micro-units', () => {
    expect(formatPrice(357_000, 'USD')).toBe('$0.357');
    expect(formatPrice(1_200_000, 'USD')).toBe('$1.20');
    expect(formatPrice(16, 'USD')).toBe('$0.000016');
    expect(formatPrice(2_000_000, 'USD')).toBe('$2.00');
  });
});

describe('shares', () => {
  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.3, '30 %'],
    [0.972, '97.2 %'],
    [0.9997, '99.97 %'],
    [0.99969, '99.96 %'],
    [0.999_994, '99.9994 %'],
    [0.999_999_999, '>99.9999 %'],
    [0.000_3, '0.03 %'],
    [0.000_000_001, '<0.0001 %'],
    [-0.125, '−12.5 %'],
    [1.3, '130 %'],
  ])('%d reads %s', (share, text) => {
    expect(formatShare(share, 'en')).toBe(text);
    expect(formatShare(share, 'zh-CN')).toBe(text.replace(' ', ''));
  });

  test('what is not all never reads as 100 %', () => {
    for (let exponent = 2; exponent < 15; exponent++) {
      expect(formatShare(1 - Number(`1e-${exponent}`), 'en')).not.toBe('100 %');
    }
  });
});

describe('durations', () => {
  test.each([
    [0, '0 s', '0 秒'],
    [850, '850 µs', '850 µs'],
    [18_400, '18.4 ms', '18.4 ms'],
    [214_000, '214 ms', '214 ms'],
    [999_700, '1 s', '1 秒'],
    [2_130_000, '2.13 s', '2.13 秒'],
    [2_100_000, '2.1 s', '2.1 秒'],
    [59_960_000, '1 min', '1 分'],
    [200_000_000, '3 min 20 s', '3 分 20 秒'],
    [3_900_000_000, '1 h 5 min', '1 小时 5 分'],
    [36 * 3_600_000_000, '36 h', '36 小时'],
    [14 * 86_400_000_000, '14 d', '14 天'],
    [75 * 3_600_000_000, '3 d 3 h', '3 天 3 小时'],
    [-90_000_000, '−1 min 30 s', '−1 分 30 秒'],
  ])('%d µs', (value, en, zh) => {
    expect(formatDuration(value, 'en')).toBe(en);
    expect(formatDuration(value, 'zh-CN')).toBe(zh);
  });
});

describe('wall clock', () => {
  test('is the one of the scenario, with its offset', () => {
    // 2026-01-01T07:45:00+08:00
    const clock = { start: 1_767_224_700_000_000, utcOffset: 480 };
    expect(formatClock(0, clock)).toBe('07:45:00');
    expect(formatClock(920_000_000, clock)).toBe('08:00:20');
    expect(formatInstant(0, clock)).toBe('2026-01-01 07:45:00 +08:00');
    expect(formatInstant(-28_800_000_000, clock)).toBe('2025-12-31 23:45:00 +08:00');
  });

  test('agrees with the calendar on every month and on leap days', () => {
    const DAY = 86_400_000;
    for (let day = -30_000; day < 40_000; day += 13) {
      const text = new Date(day * DAY).toISOString().slice(0, 10);
      const clock = { start: day * DAY * 1000, utcOffset: 0 };
      expect(formatInstant(0, clock)).toBe(`${text} 00:00:00 +00:00`);
    }
    const west = { start: 0, utcOffset: -210 };
    expect(formatInstant(0, west)).toBe('1969-12-31 20:30:00 −03:30');
  });
});

describe('intervals', () => {
  const format = (value: number) => formatNumber(value, 1);

  test('mean and bounds', () => {
    expect(formatInterval({ mean: 12.34, low: 11.9, high: 12.78 }, format)).toBe(
      '12.3 [11.9, 12.8]',
    );
  });

  test('no bounds where they read as the mean', () => {
    expect(formatBounds({ mean: 1, low: 0.99, high: 1.01 }, format)).toBeNull();
    expect(formatInterval({ mean: 1, low: 0.99, high: 1.01 }, format)).toBe('1.0');
  });
});
