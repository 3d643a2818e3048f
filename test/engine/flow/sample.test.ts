import { describe, expect, test } from 'vitest';
import {
  FAILED,
  FATE_UNKNOWN,
  LATE,
  REJECTED,
  SERVED,
  TIMED_OUT_COUNT,
} from '../../../packages/engine/src/flow/columns.ts';
import { advance, loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import {
  createSample,
  loseSample,
  type RequestSample,
  sampledRequests,
  takeIntoSample,
} from '../../../packages/engine/src/flow/sample.ts';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import { type ListedRequest, listedArrivals, planeOf } from '../../fixtures/plane.ts';

const stream = (seed: string) => createStream(seed, 0, 'sample');

/** Arrival n comes at n + 1 µs, with a service time of 10 n µs. */
function offer(sample: RequestSample, arrivals: number): void {
  for (let n = 0; n < arrivals; n++) if (n === sample.next) takeIntoSample(sample, n + 1, 10 * n);
}

function taken(size: number, arrivals: number, seed: string): number[] {
  const sample = createSample(size, stream(seed));
  offer(sample, arrivals);
  return sampledRequests(sample, 0).map(({ arrival }) => arrival - 1);
}

describe('which arrivals are in the sample', () => {
  test.each([
    [1, 1],
    [1, 40],
    [5, 3],
    [5, 5],
    [5, 6],
    [64, 1000],
  ])('%d rows of %d arrivals: as many as there is room for, none twice', (size, arrivals) => {
    for (let seed = 0; seed < 50; seed++) {
      const numbers = taken(size, arrivals, `distinct/${seed}`);
      expect(numbers).toHaveLength(Math.min(size, arrivals));
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(Math.max(...numbers)).toBeLessThan(arrivals);
    }
  });

  test('there are all of them as long as they fit', () => {
    expect(taken(8, 8, 'first')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(taken(8, 3, 'first')).toEqual([0, 1, 2]);
    expect(taken(8, 0, 'first')).toEqual([]);
  });

  test.each([
    [1, 12],
    [4, 20],
    [7, 60],
  ])('%d rows: each of %d arrivals is equally likely', (size, arrivals) => {
    const RUNS = 6000;
    const found = new Float64Array(arrivals);
    for (let run = 0; run < RUNS; run++) {
      for (const number of taken(size, arrivals, `uniform/${run}`)) found[number] += 1;
    }
    const share = size / arrivals;
    const error = Math.sqrt((share * (1 - share)) / RUNS);
    for (const [number, count] of found.entries()) {
      expect(Math.abs(count / RUNS - share) / error, `arrival ${number}`).toBeLessThan(4.5);
    }
  });

  test('each pair of arrivals is equally likely', () => {
    const [size, arrivals, RUNS] = [3, 8, 20_000];
    const together = new Map<string, number>();
    for (let run = 0; run < RUNS; run++) {
      const numbers = taken(size, arrivals, `pairs/${run}`);
      for (const [i, a] of numbers.entries()) {
        for (const b of numbers.slice(i + 1)) {
          const pair = `${a} and ${b}`;
          together.set(pair, (together.get(pair) ?? 0) + 1);
        }
      }
    }
    expect(together.size).toBe(28);
    const share = (size * (size - 1)) / (arrivals * (arrivals - 1));
    const error = Math.sqrt((share * (1 - share)) / RUNS);
    for (const [pair, count] of together) {
      expect(Math.abs(count / RUNS - share) / error, pair).toBeLessThan(4.5);
    }
  });

  test('a sample of a million arrivals draws for few of them', () => {
    const sample = createSample(64, stream('long'));
    let draws = 0;
    for (let n = sample.next; n < 1e6; n = sample.next) {
      takeIntoSample(sample, n + 1, 0);
      draws++;
    }
    // Expected: size · (1 + ln(N ÷ size)), the number of records of the first arrivals.
    const expected = 64 * (1 + Math.log(1e6 / 64));
    expect(Math.abs(draws - expected) / Math.sqrt(expected)).toBeLessThan(4.5);
  });
});

describe('what is known of a request', () => {
  test('a row that is taken again knows nothing of the former request', () => {
    const sample = createSample(1, stream('again'));
    takeIntoSample(sample, 5, 100);
    sample.start[0] = 6;
    sample.end[0] = 106;
    sample.pod[0] = 3;
    sample.fate[0] = LATE;
    takeIntoSample(sample, 500, 70);
    expect(sampledRequests(sample, 1e9)).toEqual([
      { arrival: 500, service: 70, pod: null, start: null, end: null, fate: FATE_UNKNOWN },
    ]);
  });

  test('it is as of an instant', () => {
    const sample = createSample(1, stream('instant'));
    takeIntoSample(sample, 5, 100);
    Object.assign(sample, { start: [10], end: [110], pod: [2], fate: [SERVED] });
    const at = (now: number) => sampledRequests(sample, now)[0];
    expect(at(9)).toMatchObject({ pod: 2, start: null, end: null, fate: FATE_UNKNOWN });
    expect(at(10)).toMatchObject({ pod: 2, start: 10, end: null, fate: FATE_UNKNOWN });
    expect(at(110)).toMatchObject({ pod: 2, start: 10, end: 110, fate: SERVED });
  });

  test('a lost pod takes what has not ended with it, and nothing else', () => {
    const sample = createSample(5, stream('lost'));
    for (let n = 0; n < 5; n++) takeIntoSample(sample, n, 10);
    Object.assign(sample, {
      pod: [1, 1, 1, 2, -1],
      // Ended, in service, would start after the loss, on another pod, refused.
      start: [0, 40, 70, 40, Number.POSITIVE_INFINITY],
      end: [10, 60, 80, 60, 4],
      fate: [SERVED, SERVED, LATE, SERVED, REJECTED],
    });
    loseSample(sample, 1, 50, FAILED);
    expect(sampledRequests(sample, 100)).toMatchObject([
      { start: 0, end: 10, fate: SERVED },
      { start: 40, end: 50, fate: FAILED },
      { start: null, end: 50, fate: FAILED },
      { start: 40, end: 60, fate: SERVED },
      { start: null, end: 4, fate: REJECTED },
    ]);
  });
});

describe('on the general path', () => {
  const request = (time: number, service: number): ListedRequest => ({
    time,
    service,
    source: 0,
    draw1: 0,
    draw2: 0,
  });

  function plane(list: readonly ListedRequest[], sample: RequestSample) {
    return planeOf(
      { slots: 1, queueLimit: 2, timeouts: [280], latencyObjective: 120, sample },
      listedArrivals(list),
    );
  }

  test('each fate is in the sample with its instants', () => {
    const sample = createSample(10, stream('fates'));
    const list = [
      request(0, 100),
      request(50, 250),
      request(60, 10),
      request(70, 10),
      request(400, 150),
      request(800, 500),
    ];
    const one = plane(list, sample);
    advance(one, 900);
    expect(sampledRequests(sample, 900)).toEqual([
      { arrival: 0, service: 100, pod: 0, start: 0, end: 100, fate: SERVED },
      { arrival: 50, service: 250, pod: 0, start: 100, end: 330, fate: TIMED_OUT_COUNT },
      { arrival: 60, service: 10, pod: 0, start: null, end: 340, fate: TIMED_OUT_COUNT },
      { arrival: 70, service: 10, pod: null, start: null, end: 70, fate: REJECTED },
      { arrival: 400, service: 150, pod: 0, start: 400, end: 550, fate: LATE },
      { arrival: 800, service: 500, pod: 0, start: 800, end: null, fate: FATE_UNKNOWN },
    ]);
    loseWork(one, 0, 950);
    expect(sampledRequests(sample, 950).at(-1)).toMatchObject({ end: 950, fate: FAILED });
  });

  test('the end of a request whose row was taken again changes nothing', () => {
    const list = Array.from({ length: 40 }, (_, i) => request(10 * i, 25));
    for (let seed = 0; seed < 30; seed++) {
      const whole = createSample(40, stream('whole'));
      advance(plane(list, whole), 2000);
      const known = new Map(sampledRequests(whole, 2000).map((one) => [one.arrival, one]));
      const some = createSample(3, stream(`some/${seed}`));
      advance(plane(list, some), 2000);
      for (const one of sampledRequests(some, 2000)) expect(one).toEqual(known.get(one.arrival));
    }
  });
});
