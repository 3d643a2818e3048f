/**
 * Cron expressions (minute hour day month weekday) on a clock with a fixed UTC offset, without the
 * host's calendar. Where both day and weekday are restricted, either of them is enough.
 *
 * @source robfig/cron v3, parser.go and spec.go (which KEDA uses); H. Hinnant, “chrono-Compatible
 *   Low-Level Date Algorithms”, civil_from_days.
 */
const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;

export interface CronSchedule {
  /** Allowed values, by field. */
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 = Sunday. */
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

interface Field {
  readonly min: number;
  readonly max: number;
  /** Words for min, min + 1, … */
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEKDAYS },
];

/** null = not a cron expression of five fields. */
export function parseCron(text: string): CronSchedule | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return null;
  const sets: Set<number>[] = [];
  for (const [i, part] of parts.entries()) {
    const values = valuesOf(part, FIELDS[i]);
    if (values === null) return null;
    sets.push(values);
  }
  const [minutes, hours, days, months, weekdays] = sets;
  const isAny = (part: string) => part.startsWith('*') || part.startsWith('?');
  const [anyDay, anyWeekday] = [isAny(parts[2]), isAny(parts[4])];
  return { minutes, hours, days, months, weekdays, anyDay, anyWeekday };
}

function valuesOf(part: string, field: Field): Set<number> | null {
  const values = new Set<number>();
  for (const range of part.split(',')) {
    const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(range);
    if (match === null) return null;
    const [, any, low, high, step] = match;
    const from = any === undefined ? fieldValue(low, field) : field.min;
    const open = any !== undefined || (high === undefined && step !== undefined);
    const to = open ? field.max : high === undefined ? from : fieldValue(high, field);
    const by = Number(step ?? '1');
    if (from === null || to === null || from > to || by < 1) return null;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}

function fieldValue(text: string, { min, max, names }: Field): number | null {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? min + named : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/** Days that are searched: a leap day comes within eight years. */
const SEARCHED_DAYS = 8 * 366;

/**
 * The first instant after `after` that the schedule names, µs since the epoch; Infinity = none.
 * @param utcOffset minutes east of UTC
 */
export function nextCron(schedule: CronSchedule, after: number, utcOffset: number): number {
  const local = after + utcOffset * MINUTE;
  // Whole minutes, strictly later.
  const earliest = (Math.floor(local / MINUTE) + 1) * MINUTE;
  const firstDay = Math.floor(earliest / DAY);
  for (let day = firstDay; day < firstDay + SEARCHED_DAYS; day++) {
    if (!isDay(schedule, day)) continue;
    const from = day === firstDay ? (earliest - day * DAY) / MINUTE : 0;
    for (let minute = from; minute < 1440; minute++) {
      if (!schedule.hours.has(Math.floor(minute / 60))) continue;
      if (schedule.minutes.has(minute % 60)) return day * DAY + (minute - utcOffset) * MINUTE;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function isDay(schedule: CronSchedule, day: number): boolean {
  const { month, date } = civil(day);
  if (!schedule.months.has(month)) return false;
  const byDate = schedule.days.has(date);
  // 1970-01-01 was a Thursday.
  const byWeekday = schedule.weekdays.has((((day + 4) % 7) + 7) % 7);
  const both = schedule.anyDay || schedule.anyWeekday;
  return both ? byDate && byWeekday : byDate || byWeekday;
}

/** Month and day of the month of a day since the epoch. */
function civil(day: number): { readonly month: number; readonly date: number } {
  const shifted = day + 719_468;
  const dayOfEra = shifted - Math.floor(shifted / 146_097) * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9, date };
}

/** Zones without summer time, minutes east of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  'etc/utc': 0,
  gmt: 0,
  'asia/shanghai': 480,
  'asia/chongqing': 480,
  'asia/hong_kong': 480,
  'asia/taipei': 480,
  'asia/singapore': 480,
  'asia/kuala_lumpur': 480,
  'asia/manila': 480,
  'asia/tokyo': 540,
  'asia/seoul': 540,
  'asia/bangkok': 420,
  'asia/jakarta': 420,
  'asia/ho_chi_minh': 420,
  'asia/kolkata': 330,
  'asia/dubai': 240,
  'australia/brisbane': 600,
};

/** Minutes east of UTC; null = not known, or the zone has summer time. */
export function zoneOffset(text: string): number | null {
  const named = ZONES[text.toLowerCase()];
  if (named !== undefined) return named;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 14 * 60) return null;
  return match[1] === '-' ? -minutes : minutes;
}
