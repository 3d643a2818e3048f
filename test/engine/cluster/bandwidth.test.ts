/** Max–min shares of a link, against worked examples and against a fluid that recomputes all. */
import { describe, expect, test } from 'vitest';
import { SharedLink, type Transfer } from '../../../packages/engine/src/cluster/bandwidth.ts';
import fc from '../../fixtures/fast-check.ts';

const SECOND = 1_000_000;

/** Lets the link run dry: owner → when its transfer ended, s. */
function ends(link: SharedLink<string>): Record<string, number> {
  const at: Record<string, number> = {};
  while (link.size > 0) {
    const now = link.nextTime;
    for (const { owner } of link.finished(now)) at[owner] = now / SECOND;
  }
  return at;
}

describe('worked examples', () => {
  test('one transfer alone gets its cap, however wide the link', () => {
    const link = new SharedLink<string>(1000);
    link.start('a', 500, 100, 0);
    expect(ends(link)).toEqual({ a: 5 });
  });

  test('what a capped transfer leaves goes to the others: 100 = 10 + 45 + 45', () => {
    const link = new SharedLink<string>(100);
    const a = link.start('a', 100, 10, 0);
    const b = link.start('b', 450, 1000, 0);
    const c = link.start('c', 900, 50, 0);
    expect([a, b, c].map((one) => link.rateOf(one))).toEqual([10, 45, 45]);
    // At 10 s a and b are there and c lacks 450, which come at its cap of 50.
    expect(ends(link)).toEqual({ a: 10, b: 10, c: 19 });
  });

  test('a transfer that joins half-way takes half of the link', () => {
    const link = new SharedLink<string>(100);
    link.start('a', 1000, 100, 0);
    link.start('b', 200, 100, 5 * SECOND);
    // a: 500 alone, 200 beside b until 9 s, 300 alone.
    expect(ends(link)).toEqual({ a: 12, b: 9 });
  });

  test('a new limit, and a transfer that is given up', () => {
    const link = new SharedLink<string>(100);
    const a = link.start('a', 1000, 100, 0);
    const b = link.start('b', 1000, 100, 0);
    link.limit(a, 20, 2 * SECOND);
    expect([link.rateOf(a), link.rateOf(b)]).toEqual([20, 80]);
    expect(link.stop(b, 4 * SECOND)).toBe(1000 - 100 - 160);
    link.limit(a, 100, 4 * SECOND);
    expect(ends(link)).toEqual({ a: 4 + (1000 - 100 - 40) / 100 });
  });

  test('without a common limit only the caps count', () => {
    const link = new SharedLink<string>(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 100; i++) link.start(`${i}`, 1000, 100, 0);
    expect(new Set(Object.values(ends(link)))).toEqual(new Set([10]));
  });

  test('a full link makes N transfers take N times as long', () => {
    const together = (n: number): number => {
      const link = new SharedLink<string>(1000);
      for (let i = 0; i < n; i++) link.start(`${i}`, 1000, 100, 0);
      return Math.max(...Object.values(ends(link)));
    };
    // Ten fill it.
    expect([1, 10, 20, 100, 1000].map(together)).toEqual([10, 10, 20, 100, 1000]);
  });
});

/** Rates of max–min fairness by filling up, the obvious way. */
function fairRates(capacity: number, caps: readonly number[]): number[] {
  const order = caps.map((_, i) => i).sort((a, b) => caps[a] - caps[b]);
  const rates: number[] = [];
  let rest = capacity;
  order.forEach((i, done) => {
    rates[i] = Math.min(caps[i], rest / (caps.length - done));
    rest -= rates[i];
  });
  return rates;
}

interface Step {
  readonly wait: number;
  readonly bytes: number;
  readonly cap: number;
  readonly kind: 'start' | 'limit' | 'stop';
  readonly pick: number;
}

const steps = fc.array(
  fc.record<Step>({
    wait: fc.integer({ min: 0, max: 3 * SECOND }),
    bytes: fc.integer({ min: 0, max: 1e9 }),
    cap: fc.integer({ min: 1, max: 1e9 }),
    kind: fc.constantFrom('start', 'start', 'start', 'limit', 'stop'),
    pick: fc.nat(),
  }),
  { minLength: 1, maxLength: 40 },
);

interface Known {
  readonly transfer: Transfer<number>;
  /** Bytes that came, by the rates from event to event. */
  came: number;
  readonly bytes: number;
}

test('rates are max–min fair at all times, and every byte comes, no earlier than it can', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 1e9 }), (script, capacity) => {
      const link = new SharedLink<number>(capacity);
      const all: Known[] = [];
      let open: Known[] = [];
      let now = 0;
      const pass = (to: number) => {
        const rates = open.map(({ transfer }) => link.rateOf(transfer));
        const fair = fairRates(
          capacity,
          open.map(({ transfer }) => transfer.cap),
        );
        rates.forEach((rate, i) => {
          expect(Math.abs(rate / fair[i] - 1)).toBeLessThan(1e-9);
          open[i].came += (rate * (to - now)) / SECOND;
        });
        now = to;
      };
      const endDue = () => {
        for (const { owner } of link.finished(now)) {
          const { transfer, came, bytes } = all[owner];
          // Rounded up to a µs: the last byte came within it, and not before.
          expect(came).toBeGreaterThanOrEqual(bytes * (1 - 1e-9) - 1e-3);
          expect(came - bytes).toBeLessThanOrEqual(transfer.cap * 2e-6 + bytes * 1e-9 + 1e-3);
          open = open.filter((one) => one.transfer !== transfer);
        }
      };
      const runTo = (to: number) => {
        while (link.nextTime <= to) {
          pass(link.nextTime);
          endDue();
        }
        pass(to);
      };
      for (const { wait, bytes, cap, kind, pick } of script) {
        runTo(now + wait);
        const chosen = open[pick % Math.max(1, open.length)];
        if (kind === 'start' || chosen === undefined) {
          const known = { transfer: link.start(all.length, bytes, cap, now), came: 0, bytes };
          all.push(known);
          open.push(known);
        } else if (kind === 'limit') link.limit(chosen.transfer, cap, now);
        else {
          const left = link.stop(chosen.transfer, now);
          expect(Math.abs(chosen.came + left - chosen.bytes)).toBeLessThan(
            1e-3 + chosen.bytes * 1e-9 + chosen.transfer.cap * 2e-6,
          );
          open = open.filter((one) => one !== chosen);
        }
      }
      while (link.nextTime < Number.POSITIVE_INFINITY) runTo(link.nextTime);
      expect(open).toEqual([]);
      expect(link.size).toBe(0);
    }),
    { numRuns: 100 },
  );
});

test('what cannot be is refused', () => {
  expect(() => new SharedLink(0.5)).toThrow('a link of 0.5');
  const link = new SharedLink<string>(10);
  expect(() => link.start('a', 1, Number.POSITIVE_INFINITY, 0)).toThrow('at most Infinity');
  link.start('a', 10, 10, 5);
  expect(() => link.finished(4)).toThrow('goes back');
  expect(() => link.finished(2 * SECOND)).toThrow('ended at');
});
