/**
 * Durations as text: `500us 45ms 3s 5m 1h 2d`, a decimal with one unit (`1.5s`), or a compound of
 * falling units (`1h30m`). Canonical: integer microseconds.
 */
import type { DiagnosticCode } from './diagnostics.ts';

/** A value read from text, or why it could not be read. */
export type Reading<T> =
  | { readonly value: T }
  | { readonly code: DiagnosticCode; readonly hint?: string; readonly problem?: string };

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
  ['us', 1],
];
const FACTORS: ReadonlyMap<string, number> = new Map(UNITS);
const LONGEST_TEXT = 64;

/** @unit µs; a leading minus is read, ranges are the caller's business. */
export function readDuration(text: string): Reading<number> {
  if (text.length > LONGEST_TEXT) return { code: 'E_DURATION' };
  if (/\d,\d/.test(text)) return { code: 'E_TYPE', hint: 'write a decimal point, not a comma' };
  const match = /^([+-]?)((?:\d+(?:\.\d+)?(?:us|ms|s|m|h|d))+)$/.exec(text);
  if (match === null) return { code: 'E_DURATION', ...repair(text) };
  const parts = [...match[2].matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d)/g)];
  let total = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const [, amount, unit] of parts) {
    const factor = FACTORS.get(unit) ?? 0;
    if (factor >= last)
      return { code: 'E_DURATION', problem: 'units must fall from left to right' };
    if (parts.length > 1 && amount.includes('.')) {
      return { code: 'E_DURATION', problem: 'a compound duration has no decimals' };
    }
    last = factor;
    total += Number(amount) * factor;
  }
  const rounded = Math.round(total);
  if (!Number.isSafeInteger(rounded))
    return { code: 'E_RANGE', problem: 'the duration is too long' };
  if (Math.abs(total - rounded) > 1e-3) {
    return { code: 'E_DURATION', problem: 'finer than one microsecond' };
  }
  return { value: match[1] === '-' ? -rounded : rounded };
}

/** What the writer probably meant, for forms that other tools accept. */
function repair(text: string): { hint?: string } {
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text);
  const clock = /^(\d+):(\d\d)(?::(\d\d))?$/.exec(text);
  const guess = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/µs|μs|usecs?|micros(econds?)?/g, 'us')
    .replace(/msecs?|millis(econds?)?/g, 'ms')
    .replace(/minutes?|mins?/g, 'm')
    .replace(/seconds?|secs?/g, 's')
    .replace(/hours?|hrs?/g, 'h')
    .replace(/days?/g, 'd')
    .replace(/^(\d+h\d+)$/, '$1m')
    .replace(/^(\d+m\d+)$/, '$1s');
  if (iso !== null && text.length > 1) return suggest(joined(iso.slice(1), ['d', 'h', 'm', 's']));
  if (clock !== null) {
    return suggest(joined(clock.slice(1), clock[3] ? ['h', 'm', 's'] : ['h', 'm']));
  }
  if (/^\d+(\.\d+)?$/.test(guess))
    return { hint: `add a unit: ${guess}s, ${guess}m or ${guess}ms` };
  return 'value' in readable(guess) && guess !== text ? suggest(guess) : {};
}

function readable(guess: string): Reading<number> | Record<string, never> {
  return /^((?:\d+(?:\.\d+)?(?:us|ms|s|m|h|d))+)$/.test(guess) ? { value: 0 } : {};
}

function joined(amounts: readonly (string | undefined)[], units: readonly string[]): string {
  return amounts
    .map((amount, i) =>
      amount === undefined || Number(amount) === 0 ? '' : `${Number(amount)}${units[i]}`,
    )
    .join('');
}

function suggest(guess: string): { hint?: string } {
  return guess === '' ? {} : { hint: `did you mean ${guess}? Forms: 500us 45ms 3s 5m 1h 2d 1h30m` };
}

/** The shortest text that reads back to the same number of µs. */
export function formatDuration(microseconds: number): string {
  if (microseconds === 0) return '0s';
  let rest = Math.abs(microseconds);
  let text = microseconds < 0 ? '-' : '';
  for (const [unit, factor] of UNITS) {
    const amount = Math.floor(rest / factor);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * factor;
  }
  return text;
}
