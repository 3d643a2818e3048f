/**
 * Pre-draws blocks of arrivals of one service: the loads' point processes merged by time (ties by
 * the order of the loads), each arrival with its service time and two balancer draws. What a
 * request draws depends on its number alone, never on what happened to earlier ones, so strategies
 * meet the same requests: common random numbers.
 */
import { fillInt32, type StreamState } from '../kernel/random.ts';
import type { Law } from '../service/law.ts';
import type { PointProcess } from '../traffic/process.ts';
import { type Arrivals, createArrivals } from './arrival-columns.ts';

/** Arrivals of a block: few at first, since a short run needs no more. */
export const FIRST_BLOCK = 1024;
const LARGEST_BLOCK = 8192;
const CALLS = 256;

export interface ArrivalSources {
  readonly processes: readonly PointProcess[];
  readonly law: Law;
  readonly serviceStream: StreamState;
  readonly balancerStream: StreamState;
  /** By load; null = its patience is not drawn. */
  readonly patience?: readonly (DrawnPatience | null)[];
  /** Choices of the balancer beyond two. */
  readonly more?: { readonly choices: number; readonly stream: StreamState };
}

export interface DrawnPatience {
  readonly law: Law;
  readonly stream: StreamState;
}

export function drawArrivals(sources: ArrivalSources): Arrivals {
  const { processes, law, serviceStream, balancerStream } = sources;
  const times = processes.length === 1 ? single(processes[0]) : merged(processes);
  let size = FIRST_BLOCK;
  const patience = sources.patience ?? [];
  const patient = patience.some((drawn) => drawn !== null);
  const buffer = new Float64Array(patient ? LARGEST_BLOCK : 0);
  const { choices, stream } = sources.more ?? { choices: 2, stream: balancerStream };
  const refill = (arrivals: Arrivals) => {
    const end = times(arrivals, size);
    size = Math.min(2 * size, LARGEST_BLOCK);
    law.fill(serviceStream, arrivals.service, 0, end);
    fillInt32(balancerStream, arrivals.draws, 0, 2 * end);
    fillInt32(stream, arrivals.moreDraws, 0, (choices - 2) * end);
    if (patient) drawPatience(patience, arrivals, end, buffer);
    arrivals.next = 0;
    arrivals.end = end;
  };
  const arrivals = createArrivals(LARGEST_BLOCK, refill, { patience: patient, choices });
  // A service that only other services call has no load.
  const poisson = processes[0]?.poisson;
  if (processes.length === 1 && poisson !== undefined && law.open !== undefined && !patient) {
    const open = law.open;
    arrivals.open = { poisson, law: open, serviceStream, balancerStream };
  }
  return arrivals;
}

/** Load by load, so that what a request draws depends on its number within its load. */
function drawPatience(
  patience: readonly (DrawnPatience | null)[],
  arrivals: Arrivals,
  end: number,
  buffer: Float64Array,
): void {
  for (let source = 0; source < patience.length; source++) {
    const drawn = patience[source];
    let count = 0;
    for (let i = 0; i < end; i++) if (arrivals.source[i] === source) count++;
    if (drawn !== null) drawn.law.fill(drawn.stream, buffer, 0, count);
    let next = 0;
    for (let i = 0; i < end; i++) {
      if (arrivals.source[i] !== source) continue;
      arrivals.patience[i] = drawn === null ? Number.POSITIVE_INFINITY : buffer[next++];
    }
  }
}

/** What the calls of one place, or the users of a closed load, draw in the order of sending. */
export function drawCalls(
  sources: Omit<ArrivalSources, 'processes' | 'patience'>,
  source: number,
  patience: DrawnPatience | null = null,
): Arrivals {
  const { law, serviceStream, balancerStream, more } = sources;
  const { choices, stream } = more ?? { choices: 2, stream: balancerStream };
  const calls = createArrivals(
    CALLS,
    (block) => {
      law.fill(serviceStream, block.service, 0, CALLS);
      fillInt32(balancerStream, block.draws, 0, 2 * CALLS);
      fillInt32(stream, block.moreDraws, 0, (choices - 2) * CALLS);
      if (patience !== null) patience.law.fill(patience.stream, block.patience, 0, CALLS);
      block.next = 0;
      block.end = CALLS;
    },
    { patience: true, choices },
  );
  calls.source.fill(source);
  calls.patience.fill(Number.POSITIVE_INFINITY);
  return calls;
}

/** Writes the times of up to `size` arrivals; returns how many. */
type Times = (arrivals: Arrivals, size: number) => number;

function single(source: PointProcess): Times {
  return (arrivals, size) => source.fill(arrivals.time, 0, size);
}

function merged(processes: readonly PointProcess[]): Times {
  const buffers = processes.map(() => new Float64Array(FIRST_BLOCK));
  const next = new Int32Array(processes.length);
  const end = new Int32Array(processes.length);
  return (arrivals, size) => {
    for (let i = 0; i < size; i++) {
      let first = -1;
      let earliest = Number.POSITIVE_INFINITY;
      for (let source = 0; source < processes.length; source++) {
        if (next[source] === end[source]) {
          end[source] = processes[source].fill(buffers[source], 0, FIRST_BLOCK);
          next[source] = 0;
        }
        if (next[source] < end[source] && buffers[source][next[source]] < earliest) {
          earliest = buffers[source][next[source]];
          first = source;
        }
      }
      if (first < 0) return i;
      arrivals.time[i] = earliest;
      arrivals.source[i] = first;
      next[first]++;
    }
    return size;
  };
}
