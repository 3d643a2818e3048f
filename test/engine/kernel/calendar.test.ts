import { expect, test } from 'vitest';
import { Calendar } from '../../../packages/engine/src/kernel/calendar.ts';
import { createStream, indexBelow, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';

test('events come by time, and at one time in the order of their scheduling', () => {
  for (let seed = 0; seed < 50; seed++) {
    const stream = createStream(String(seed), 0, 'calendar');
    const below = (n: number) => indexBelow(nextInt32(stream), n);
    const calendar = new Calendar<number>();
    // A stable sort by time is the order itself.
    let waiting: { time: number; event: number }[] = [];
    let now = 0;
    let event = 0;
    for (let step = 0; step < 500; step++) {
      if (below(100) < 55 || waiting.length === 0) {
        const time = now + below(20);
        calendar.schedule(time, event);
        waiting = [...waiting, { time, event }].sort((a, b) => a.time - b.time);
        event++;
      } else {
        const first = waiting.shift();
        expect(calendar.nextTime, `seed ${seed}, step ${step}`).toBe(first?.time);
        expect(calendar.next(), `seed ${seed}, step ${step}`).toBe(first?.event);
        now = first?.time ?? now;
      }
    }
    expect(Array.from(waiting, () => calendar.next())).toEqual(waiting.map((w) => w.event));
    expect(calendar.nextTime).toBe(Number.POSITIVE_INFINITY);
  }
});

test('the past cannot be scheduled, the present can', () => {
  const calendar = new Calendar<string>();
  calendar.schedule(-5, 'before the start');
  calendar.schedule(10, 'first');
  calendar.next();
  calendar.next();
  expect(() => calendar.schedule(9, 'too late')).toThrow(/before now/);
  calendar.schedule(10, 'now');
  expect(calendar.next()).toBe('now');
});

test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is no time', (time) => {
  expect(() => new Calendar<string>().schedule(time, 'never')).toThrow(/integer number of µs/);
});

test('an empty calendar has nothing to give', () => {
  expect(() => new Calendar<string>().next()).toThrow(/empty/);
});
