import { describe, expect, test } from 'vitest';
import {
  type CronSchedule,
  nextCron,
  parseCron,
  zoneOffset,
} from '../../../packages/engine/src/scaling/cron.ts';
import fc from '../../fixtures/fast-check.ts';

const MICROS = 1000;

function utc(text: string): number {
  return Date.parse(text) * MICROS;
}

function parsed(text: string): CronSchedule {
  const schedule = parseCron(text);
  if (schedule === null) throw new Error(`${text} is no cron expression`);
  return schedule;
}

const next = (text: string, after: string, offset = 0) =>
  new Date(nextCron(parsed(text), utc(after), offset) / MICROS).toISOString();

describe('the next time of a cron expression', () => {
  test.each([
    // robfig/cron v3, spec_test.go, TestNext
    ['0/15 * * * *', '2012-07-09T14:45:00Z', '2012-07-09T15:00:00.000Z'],
    ['0/15 * * * *', '2012-07-09T14:59:00Z', '2012-07-09T15:00:00.000Z'],
    ['20-35/15 * * * *', '2012-07-09T15:45:00Z', '2012-07-09T16:20:00.000Z'],
    ['*/15 * * * *', '2012-07-09T23:46:00Z', '2012-07-10T00:00:00.000Z'],
    ['0 0 29 Feb ?', '2012-07-09T23:35:00Z', '2016-02-29T00:00:00.000Z'],
    ['0 0 * Feb Mon', '2012-07-09T23:35:00Z', '2013-02-04T00:00:00.000Z'],
    ['0 0 * Feb Mon/2', '2012-07-09T23:35:00Z', '2013-02-01T00:00:00.000Z'],
    // Day and weekday restricted: either is enough.
    ['0 0 13 * Fri', '2012-07-09T00:00:00Z', '2012-07-13T00:00:00.000Z'],
    ['0 0 12 * Fri', '2012-07-09T00:00:00Z', '2012-07-12T00:00:00.000Z'],
  ])('%s after %s is %s', (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  test('is later than now, even if now is such a time', () => {
    expect(next('50 7 * * *', '2026-01-01T07:50:00Z')).toBe('2026-01-02T07:50:00.000Z');
  });

  test('is on the clock of its zone', () => {
    expect(next('50 7 * * *', '2025-12-31T23:00:00Z', 480)).toBe('2025-12-31T23:50:00.000Z');
  });

  test('a day that never comes has none', () => {
    expect(nextCron(parsed('0 0 31 2 *'), utc('2026-01-01T00:00:00Z'), 0)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('is the first minute that fits, by the calendar of the host', () => {
    const minutes = fc.integer({ min: 0, max: 400 * 1440 });
    const field = fc.record({ minute: fc.nat(59), hour: fc.nat(23), weekday: fc.nat(6) });
    fc.assert(
      fc.property(minutes, field, (after, { minute, hour, weekday }) => {
        const from = Date.UTC(2026, 0, 1) + after * 60_000;
        const schedule = parsed(`${minute} ${hour} * * ${weekday}`);
        let expected = from + 60_000;
        const fits = (at: number) => {
          const date = new Date(at);
          return (
            date.getUTCMinutes() === minute &&
            date.getUTCHours() === hour &&
            date.getUTCDay() === weekday
          );
        };
        while (!fits(expected)) expected += 60_000;
        expect(nextCron(schedule, from * MICROS, 0)).toBe(expected * MICROS);
      }),
      { numRuns: 30 },
    );
  });
});

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '5-1 * * * *',
  '*/0 * * * *',
  'a * * * *',
  '* * * * 7',
])('%j is no cron expression', (text) => {
  expect(parseCron(text)).toBeNull();
});

test('zones: offsets, and names without summer time', () => {
  expect(zoneOffset('+08:00')).toBe(480);
  expect(zoneOffset('-0330')).toBe(-210);
  expect(zoneOffset('Asia/Kolkata')).toBe(330);
  expect(zoneOffset('UTC')).toBe(0);
  expect(zoneOffset('Europe/Berlin')).toBeNull();
  expect(zoneOffset('+15:00')).toBeNull();
});
