/**
 * What happened to some of the requests: a uniform sample of a service's arrivals of a fixed size,
 * however many come. Who is taken depends on the number of an arrival alone, so every mechanism
 * and every strategy with the same requests looks at the same ones.
 *
 * Source: K.-H. Li, Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n))), ACM TOMS
 * 20 (1994), algorithm L: it draws how many arrivals to skip, so that the others cost nothing.
 */
import { exp, log } from '../kernel/elementary.ts';
import { indexBelow, nextInt32, nextUniform, type StreamState } from '../kernel/random.ts';
import { FATE_UNKNOWN } from './columns.ts';

/** Rows of the sample; a row is overwritten when a later arrival takes its place. */
export interface RequestSample {
  readonly stream: StreamState;
  /** µs; `end` beyond the run = it was still in the system. */
  readonly arrival: Float64Array;
  readonly service: Float64Array;
  /** At least `end` = it was never served. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** −1 = no pod took it. */
  readonly pod: Int32Array;
  /** Row of `counts`, or FATE_UNKNOWN. */
  readonly fate: Int32Array;
  /** Rows in use. */
  length: number;
  /** Number of the next arrival that is taken, and its row. */
  next: number;
  row: number;
  /** Algorithm L's W: the largest of as many uniforms as the sample has rows. */
  threshold: number;
}

/** `size` rows, at least 1. */
export function createSample(size: number, stream: StreamState): RequestSample {
  return {
    stream,
    arrival: new Float64Array(size),
    service: new Float64Array(size),
    start: new Float64Array(size),
    end: new Float64Array(size),
    pod: new Int32Array(size).fill(-1),
    fate: new Int32Array(size).fill(FATE_UNKNOWN),
    length: 0,
    next: 0,
    row: 0,
    threshold: 1,
  };
}

/** The arrival that was due is in its row, its fate still open. Chooses the next one. */
export function takeIntoSample(sample: RequestSample, arrival: number, service: number): number {
  const { row, stream } = sample;
  const size = sample.arrival.length;
  sample.arrival[row] = arrival;
  sample.service[row] = service;
  sample.start[row] = Number.POSITIVE_INFINITY;
  sample.end[row] = Number.POSITIVE_INFINITY;
  sample.pod[row] = -1;
  sample.fate[row] = FATE_UNKNOWN;
  if (sample.length < size) sample.length++;
  if (sample.next < size - 1) {
    sample.next++;
    sample.row = sample.next;
    return row;
  }
  sample.threshold *= exp(log(openUniform(stream)) / size);
  const skipped = Math.floor(log(openUniform(stream)) / log(1 - sample.threshold));
  sample.next += skipped + 1;
  sample.row = indexBelow(nextInt32(stream), size);
  return row;
}

function openUniform(stream: StreamState): number {
  return Math.max(nextUniform(stream), 2 ** -33);
}

/** The pod loses everything at `time`: what was to end later does not. */
export function loseSample(sample: RequestSample, pod: number, time: number, fate: number): void {
  for (let row = 0; row < sample.length; row++) {
    if (sample.pod[row] !== pod || sample.end[row] <= time) continue;
    sample.end[row] = time;
    sample.fate[row] = fate;
  }
}

/** One of the sampled requests as of `now`; times µs. */
export interface SampledRequest {
  readonly arrival: number;
  readonly service: number;
  /** null = no pod took it. */
  readonly pod: number | null;
  /** null = not served (yet). */
  readonly start: number | null;
  /** null = still in the system. */
  readonly end: number | null;
  /** Row of `counts`, or FATE_UNKNOWN. */
  readonly fate: number;
}

/** In order of arrival. */
export function sampledRequests(sample: RequestSample, now: number): SampledRequest[] {
  return Array.from({ length: sample.length }, (_, row) => sampledRequest(sample, row, now)).sort(
    (a, b) => a.arrival - b.arrival,
  );
}

function sampledRequest(sample: RequestSample, row: number, now: number): SampledRequest {
  const end = sample.end[row];
  const start = sample.start[row];
  const over = end <= now;
  const served = over ? start < end : start <= now;
  return {
    arrival: sample.arrival[row],
    service: sample.service[row],
    pod: sample.pod[row] < 0 ? null : sample.pod[row],
    start: served ? start : null,
    end: over ? end : null,
    fate: over ? sample.fate[row] : FATE_UNKNOWN,
  };
}
