/**
 * Wall-clock times without the host's clock or time zone: ISO 8601 with an offset, and times on the
 * clock of the scenario. The calendar is proleptic Gregorian; leap seconds do not exist.
 *
 * @source H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”, days_from_civil
 */
import { type Reading, readDuration } from './durations.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;

export interface Instant {
  /** µs since the Unix epoch. */
  readonly at: number;
  /** Minutes east of UTC. */
  readonly utcOffset: number;
}

/** Where a scenario lies on the wall clock. */
export interface ScenarioClock {
  readonly start: number;
  readonly utcOffset: number;
  /** µs */
  readonly duration: number;
}

function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return daysFromCivil(nextYear, next, 1) - daysFromCivil(year, month, 1);
}

const INSTANT_FORM = 'write it as 2026-01-01T07:45:00+08:00';
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?$/;

/** An ISO 8601 date and time with its UTC offset. */
export function readInstant(text: string): Reading<Instant> {
  const match = ISO.exec(text);
  if (match === null) {
    const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+\s*\[?[A-Za-z]+(\/[A-Za-z_]+)+\]?$/.test(text);
    if (zoned) return { code: 'E_LOCAL_TIME' };
    return { code: 'E_TIME', hint: INSTANT_FORM };
  }
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number);
  const second = Number(match[6] ?? '0');
  const valid =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!valid) {
    return { code: 'E_TIME', problem: 'there is no such date or time', hint: INSTANT_FORM };
  }
  if (match[8] === undefined) {
    return { code: 'E_LOCAL_TIME', hint: `append the offset: ${text.replace(' ', 'T')}+08:00` };
  }
  const utcOffset = offsetMinutes(match[8]);
  if (Math.abs(utcOffset) > 14 * 60) {
    return { code: 'E_TIME', problem: 'no such UTC offset', hint: INSTANT_FORM };
  }
  const micros = Number((match[7] ?? '').padEnd(6, '0'));
  const local =
    daysFromCivil(year, month, day) * DAY +
    (hour * 60 + minute) * MINUTE +
    second * SECOND +
    micros;
  return { value: { at: local - utcOffset * MINUTE, utcOffset } };
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}

/**
 * A time of the scenario: `+5m` or `-5m` relative to its start, an ISO time with offset, or `07:50`
 * on its wall clock: the first such time within the scenario, else that time on its first day.
 * @unit µs since the start; may be negative
 */
export function readClockTime(text: string, clock: ScenarioClock): Reading<number> {
  if (/^[+-]/.test(text)) {
    const offset = readDuration(text);
    return 'value' in offset ? offset : { ...offset, code: 'E_TIME' };
  }
  const match = /^(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text);
  if (match === null) {
    if (!/^\d{4}-/.test(text)) return { code: 'E_TIME' };
    const instant = readInstant(text);
    return 'value' in instant ? { value: instant.value.at - clock.start } : instant;
  }
  const [hour, minute, second] = [match[1], match[2], match[3] ?? '0'].map(Number);
  if (hour > 23 || minute > 59 || second > 59) {
    return { code: 'E_TIME', problem: 'there is no such time of day' };
  }
  const localStart = clock.start + clock.utcOffset * MINUTE;
  const midnight = Math.floor(localStart / DAY) * DAY;
  const at = midnight + (hour * 60 + minute) * MINUTE + second * SECOND - localStart;
  return { value: at < 0 && at + DAY < clock.duration ? at + DAY : at };
}
