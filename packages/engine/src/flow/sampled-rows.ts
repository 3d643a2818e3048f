/**
 * The sample of requests on the general path: a request that is taken has a row in any case, which
 * leads to its row of the sample.
 */
import type { Arrivals } from './arrival-columns.ts';
import { FAILED, FATE_UNKNOWN, IN_SERVICE, type Plane, REJECTED } from './columns.ts';
import { UNANSWERED } from './fates.ts';
import { arrive } from './general-path.ts';
import { type RequestSample, takeIntoSample } from './sample.ts';

const NONE = -1;

/** Arrival `i` of a load, which the sample may take. */
export function arriveWatched(plane: Plane, arrivals: Arrivals, i: number): number {
  const { sample } = plane;
  if (sample === null || plane.arrived++ !== sample.next) return arrive(plane, arrivals, i);
  const { rowAbove } = plane.deadlines;
  const source = arrivals.source[i];
  const usual = rowAbove[source];
  rowAbove[source] = NONE;
  const row = arrive(plane, arrivals, i);
  rowAbove[source] = usual;
  follow(plane, sample, row, arrivals, i);
  return row;
}

function follow(
  plane: Plane,
  sample: RequestSample,
  row: number,
  arrivals: Arrivals,
  i: number,
): void {
  const { requests } = plane;
  const before = plane.sampled[sample.row];
  if (before !== NONE) requests.sample[before] = NONE;
  const time = arrivals.time[i];
  const taken = takeIntoSample(sample, time, arrivals.service[i]);
  plane.sampled[taken] = row < 0 ? NONE : row;
  if (row < 0) {
    endSampled(plane, taken, time, row === UNANSWERED ? FAILED : REJECTED);
    return;
  }
  requests.sample[row] = taken;
  sample.pod[taken] = requests.pod[row];
  if (requests.state[row] === IN_SERVICE) sample.start[taken] = time;
}

export function startSampled(plane: Plane, taken: number, time: number): void {
  if (plane.sample !== null) plane.sample.start[taken] = time;
}

export function endSampled(plane: Plane, taken: number, time: number, fate: number): void {
  const { sample } = plane;
  if (sample === null || sample.fate[taken] !== FATE_UNKNOWN) return;
  sample.end[taken] = time;
  sample.fate[taken] = fate;
  plane.sampled[taken] = NONE;
}
