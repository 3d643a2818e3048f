/** The calendar queue of departures against a sorted array. */
import { expect, test } from 'vitest';
import {
  createDepartureQueue,
  type DepartureQueue,
} from '../../../packages/engine/src/flow/departure-queue.ts';
import {
  createStream,
  indexBelow,
  nextExponential,
  nextInt32,
  nextNormal,
  type StreamState,
} from '../../../packages/engine/src/kernel/random.ts';

/** By time, then by slot: the array stays sorted. */
class SortedDepartures {
  readonly entries: { readonly time: number; readonly slot: number }[] = [];

  insert(slot: number, time: number): void {
    let at = this.entries.length;
    const isLater = (other: { time: number; slot: number }) =>
      other.time > time || (other.time === time && other.slot > slot);
    while (at > 0 && isLater(this.entries[at - 1])) at--;
    this.entries.splice(at, 0, { time, slot });
  }

  remove(slot: number): void {
    const at = this.entries.findIndex((entry) => entry.slot === slot);
    this.entries.splice(at, 1);
  }
}

function expectSameNext(queue: DepartureQueue, sorted: SortedDepartures, repeat: string): void {
  const first = sorted.entries[0];
  // An assertion per step would be most of the test's time.
  if (queue.nextTime === first?.time && queue.nextSlot === first.slot) return;
  expect([queue.nextTime, queue.nextSlot], repeat).toEqual(
    first === undefined ? [Number.POSITIVE_INFINITY, -1] : [first.time, first.slot],
  );
}

/** Service times in µs, from all equal to a tail over eight orders of magnitude. */
const SERVICES: Readonly<Record<string, (s: StreamState) => number>> = {
  equal: () => 500,
  ties: (s) => 1 + indexBelow(nextInt32(s), 3),
  exponential: (s) => 1 + Math.floor(nextExponential(s) * 10_000),
  long: (s) => 1 + Math.floor(nextExponential(s) * 1e9),
  'heavy tail': (s) => 1 + Math.floor(Math.exp(9 + 4 * nextNormal(s))),
  'now fast, now slow': (s) => {
    const slow = indexBelow(nextInt32(s), 4000) === 0;
    return 1 + Math.floor(nextExponential(s) * (slow ? 1e9 : 10));
  },
};

const SIZES = [3, 80, 700];

test.each(Object.keys(SERVICES).flatMap((law) => SIZES.map((slots) => [law, slots] as const)))(
  '%s service times, up to %i departures',
  (law, slots) => {
    const s = createStream('departures', slots, law);
    const queue = createDepartureQueue(slots);
    const sorted = new SortedDepartures();
    const free = Array.from({ length: slots }, (_, slot) => slot);
    let now = 0;
    for (let step = 0; step < 20_000; step++) {
      const action = indexBelow(nextInt32(s), 100);
      const repeat = `${law}, ${slots} slots, step ${step}`;
      if (free.length > 0 && (action < 52 || sorted.entries.length === 0)) {
        const slot = free.splice(indexBelow(nextInt32(s), free.length), 1)[0];
        const time = now + SERVICES[law](s);
        queue.insert(slot, time);
        sorted.insert(slot, time);
        expect(queue.timeOf(slot)).toBe(time);
      } else if (action < 95) {
        const { time, slot } = sorted.entries[0];
        now = time;
        queue.pop();
        sorted.remove(slot);
        free.push(slot);
      } else {
        const { slot } = sorted.entries[indexBelow(nextInt32(s), sorted.entries.length)];
        queue.remove(slot);
        sorted.remove(slot);
        free.push(slot);
      }
      expectSameNext(queue, sorted, repeat);
    }
  },
);

test('when many short services give way to few long ones, the order stays', () => {
  const slots = 300;
  const queue = createDepartureQueue(slots);
  const sorted = new SortedDepartures();
  const s = createStream('change of pace', 0, 'departures');
  let now = 0;
  for (let slot = 0; slot < slots; slot++) {
    const time = 1 + indexBelow(nextInt32(s), 1000);
    queue.insert(slot, time);
    sorted.insert(slot, time);
  }
  for (let step = 0; step < 20_000; step++) {
    const { slot, time } = sorted.entries[0];
    now = time;
    queue.pop();
    sorted.remove(slot);
    const scale = step < 5000 ? 1000 : step < 10_000 ? 1e8 : 100;
    const end = now + 1 + Math.floor(nextExponential(s) * scale);
    queue.insert(slot, end);
    sorted.insert(slot, end);
    expectSameNext(queue, sorted, `step ${step}`);
  }
});

test('a rebuild in the middle of a pop keeps the order, whatever is far ahead', () => {
  // 40 departures close together make short days; a few far ones then stretch them.
  for (let seed = 0; seed < 100; seed++) {
    const s = createStream('rebuild', seed, 'departures');
    const queue = createDepartureQueue(64);
    const sorted = new SortedDepartures();
    let now = 1_000_000;
    const add = (slot: number, time: number) => {
      queue.insert(slot, time);
      sorted.insert(slot, time);
    };
    for (let slot = 0; slot < 60; slot++) add(slot, now + indexBelow(nextInt32(s), 50));
    for (let step = 0; step < 2500; step++) {
      const { slot, time } = sorted.entries[0];
      now = time;
      queue.pop();
      sorted.remove(slot);
      const far = indexBelow(nextInt32(s), 100) < 3;
      add(slot, now + 1 + indexBelow(nextInt32(s), far ? 2_000_000 : 50));
      expectSameNext(queue, sorted, `seed ${seed}, step ${step}`);
    }
  }
});

test('grows without losing what it holds', () => {
  const queue = createDepartureQueue(2);
  queue.insert(0, 30);
  queue.insert(1, 10);
  queue.grow(100);
  queue.insert(99, 20);
  const order: number[] = [];
  while (queue.nextSlot >= 0) {
    order.push(queue.nextSlot);
    queue.pop();
  }
  expect(order).toEqual([1, 99, 0]);
  expect(queue.nextTime).toBe(Number.POSITIVE_INFINITY);
});

test('departures that are all but simultaneous, late in a long run, do not stop the search', () => {
  // A day shorter than a µs would have numbers above 2^53, which adding 1 does not change.
  const queue = createDepartureQueue(200);
  const late = 31_536_000 * 1e6;
  for (let slot = 0; slot < 199; slot++) queue.insert(slot, late);
  queue.insert(199, late + 1);
  for (let slot = 0; slot < 199; slot++) {
    expect(queue.nextSlot).toBe(slot);
    queue.pop();
  }
  expect(queue.nextTime).toBe(late + 1);
});
