/**
 * Numbers for people, the same on every machine: no Intl, no Date. Input is canonical (µs, shares,
 * micro-units of a currency); precision follows what a planner can use, and a share near 0 % or
 * 100 % keeps the digits that tell it from them.
 */
import type { MeasureUnit } from '../measures.ts';
import type { Interval } from '../outcome.ts';
import type { LocalText } from '../scenario/fields.ts';

export type Locale = keyof LocalText;
export const LOCALES = ['en', 'zh-CN'] as const satisfies readonly Locale[];

/** The wall clock of a scenario: µs since the Unix epoch, minutes. */
export interface WallClock {
  readonly start: number;
  readonly utcOffset: number;
}

const MILLISECOND = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 1234567.891 → "1,234,567.9": fixed decimals, thousands separators, a real minus sign. */
export function formatNumber(value: number, decimals = 0): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** Like `formatNumber`, without zeros at the end: 2.50 → "2.5", 3.0 → "3". */
function trimmed(value: number, decimals: number): string {
  const text = formatNumber(value, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Whole numbers; means of counts below 100 keep one decimal. */
export function formatCount(value: number): string {
  return trimmed(value, Math.abs(value) < 100 ? 1 : 0);
}

export function formatRate(value: number, locale: Locale): string {
  const number = trimmed(value, Math.abs(value) < 10 ? 2 : 0);
  return locale === 'zh-CN' ? `${number}/秒` : `${number}/s`;
}

export function formatCoreHours(value: number, locale: Locale): string {
  const number = trimmed(value, Math.abs(value) < 100 ? 1 : 0);
  return locale === 'zh-CN' ? `${number} 核时` : `${number} core-h`;
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['USD', '$'],
  ['CNY', '¥'],
  ['EUR', '€'],
  ['GBP', '£'],
  ['JPY', '¥'],
]);

/** "$", "¥", or the currency's code and a space. */
export function currencySign(currency: string): string {
  return SYMBOLS.get(currency) ?? `${currency} `;
}

/** Micro-units → "$12.34", "¥1,234", "$0.00417". */
export function formatMoney(microUnits: number, currency: string): string {
  const amount = microUnits / 1_000_000;
  const size = Math.abs(amount);
  const decimals = size >= 1000 || size === 0 ? 0 : size >= 0.1 ? 2 : 2 + leadingZeros(size);
  return withSign(amount, cents(size, Math.min(decimals, 6)), currency);
}

/** A unit price, exact to the micro-unit: "$0.357", "$1.20". */
export function formatPrice(microUnits: number, currency: string): string {
  const amount = microUnits / 1_000_000;
  return withSign(amount, cents(Math.abs(amount), 6), currency);
}

/** No zeros at the end beyond the cents: 0.357000 → "0.357", 1.200000 → "1.20". */
function cents(size: number, decimals: number): string {
  const text = formatNumber(size, decimals);
  return decimals <= 2 ? text : text.replace(/(\.\d\d\d*?)0+$/, '$1');
}

function withSign(amount: number, number: string, currency: string): string {
  const text = `${currencySign(currency)}${number}`;
  return amount < 0 ? `−${text}` : text;
}

/** Zeros between the point and the first digit: 0.04 → 1. */
function leadingZeros(value: number): number {
  let zeros = 0;
  for (let scaled = value * 10; scaled < 1 && zeros < 6; scaled *= 10) zeros++;
  return zeros;
}

const MOST_SHARE_DECIMALS = 4;
const SMALLEST_PERCENT = 0.0001;
const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000] as const;

/** 0.972 → "97.2 %", 0.99969 → "99.97 %"; only exactly 1 is "100 %", only 0 is "0 %". */
export function formatShare(share: number, locale: Locale): string {
  const percent = share * 100;
  const unit = locale === 'zh-CN' ? '%' : ' %';
  const size = Math.abs(percent);
  const distance = size <= 100 ? Math.min(size, 100 - size) : size;
  if (distance === 0 || distance >= 1) return `${trimmed(percent, 1)}${unit}`;
  if (distance < SMALLEST_PERCENT) {
    const bound = size < 50 ? SMALLEST_PERCENT : 100 - SMALLEST_PERCENT;
    return `${size < 50 ? '<' : '>'}${formatNumber(bound, MOST_SHARE_DECIMALS)}${unit}`;
  }
  const decimals = Math.min(Math.max(2, leadingZeros(distance) + 1), MOST_SHARE_DECIMALS);
  // Cut off, not rounded, so that 99.9996 % never reads as 100 %.
  const scale = POWERS_OF_TEN[decimals];
  const cut = size > 50 ? Math.floor(percent * scale + 1e-9) / scale : percent;
  return `${trimmed(cut, decimals)}${unit}`;
}

/** µs → "850 µs", "18.4 ms", "2.13 s", "3 min 20 s", "1 h 5 min". */
export function formatDuration(microseconds: number, locale: Locale): string {
  const size = Math.abs(microseconds);
  const sign = microseconds < 0 ? '−' : '';
  const unit = locale === 'zh-CN' ? DURATION_UNITS.zh : DURATION_UNITS.en;
  if (size === 0) return `0 ${unit.second}`;
  // Thresholds lie where rounding would reach the next unit.
  if (size < 999.5) return `${sign}${trimmed(size, 0)} µs`;
  if (size < 999.5 * MILLISECOND) return `${sign}${significant(size / MILLISECOND)} ms`;
  if (size < 59.95 * SECOND) return `${sign}${significant(size / SECOND)} ${unit.second}`;
  const seconds = Math.round(size / SECOND);
  if (seconds < 3600) return `${sign}${pair(seconds, 60, unit.minute, unit.second)}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < DAYS_FROM) return `${sign}${pair(minutes, 60, unit.hour, unit.minute)}`;
  return `${sign}${pair(Math.round(minutes / 60), 24, unit.day, unit.hour)}`;
}

const DURATION_UNITS = {
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  zh: { second: '秒', minute: '分', hour: '小时', day: '天' },
} as const;

/** Minutes; a day and a half is still a number of hours. */
const DAYS_FROM = 48 * 60;

/** Three significant digits: 2.13, 21.3, 213. */
function significant(value: number): string {
  return trimmed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

function pair(amount: number, base: number, big: string, small: string): string {
  const rest = amount % base;
  const whole = formatNumber((amount - rest) / base);
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}

/** An instant of the scenario (µs since its start) on its wall clock: "08:00:20". */
export function formatClock(at: number, clock: WallClock): string {
  const local = clock.start + clock.utcOffset * MINUTE + at;
  const ofDay = local - Math.floor(local / DAY) * DAY;
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(ofDay / HOUR);
  const minutes = Math.floor((ofDay % HOUR) / MINUTE);
  return `${two(hours)}:${two(minutes)}:${two(Math.floor((ofDay % MINUTE) / SECOND))}`;
}

/**
 * "2026-01-01 08:00:20 +08:00".
 * @source H. Hinnant, “chrono-compatible low-level date algorithms”, civil_from_days.
 */
export function formatInstant(at: number, clock: WallClock): string {
  const days = Math.floor((clock.start + clock.utcOffset * MINUTE + at) / DAY) + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, '0');
  const offset = Math.abs(clock.utcOffset);
  const zone = `${clock.utcOffset < 0 ? '−' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date} ${formatClock(at, clock)} ${zone}`;
}

export interface NumberContext {
  readonly locale: Locale;
  readonly currency: string;
}

/** A measure's value in its unit. */
export function formatMeasure(value: number, unit: MeasureUnit, context: NumberContext): string {
  switch (unit) {
    case 'money':
      return formatMoney(value, context.currency);
    case 'share':
      return formatShare(value, context.locale);
    case 'duration':
      return formatDuration(value, context.locale);
    case 'count':
      return formatCount(value);
    case 'coreHours':
      return formatCoreHours(value, context.locale);
  }
}

/** "[11.9, 12.8]"; null where the bounds read the same as the mean. */
export function formatBounds(
  { mean, low, high }: Pick<Interval, 'mean' | 'low' | 'high'>,
  format: (value: number) => string,
): string | null {
  const [middle, lower, upper] = [format(mean), format(low), format(high)];
  return lower === middle && upper === middle ? null : `[${lower}, ${upper}]`;
}

/** "12.3 [11.9, 12.8]". */
export function formatInterval(
  interval: Pick<Interval, 'mean' | 'low' | 'high'>,
  format: (value: number) => string,
): string {
  const bounds = formatBounds(interval, format);
  return bounds === null ? format(interval.mean) : `${format(interval.mean)} ${bounds}`;
}
