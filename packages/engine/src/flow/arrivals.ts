/**
 * Pre-draws blocks of arrivals of one service: the loads' Poisson processes merged by time (ties by
 * the order of the loads), each arrival with its service time and two balancer draws. What a
 * request draws depends on its number alone, never on what happened to earlier ones, so strategies
 * meet the same requests: common random numbers.
 */
import { fillInt32, type StreamState } from '../kernel/random.ts';
import type { Law } from '../service/law.ts';
import { fillArrivals, type PoissonProcess } from '../traffic/poisson.ts';
import { type Arrivals, createArrivals } from './columns.ts';

const BLOCK = 2048;

export interface ArrivalSources {
  readonly processes: readonly PoissonProcess[];
  readonly law: Law;
  readonly serviceStream: StreamState;
  readonly balancerStream: StreamState;
}

export function drawArrivals(sources: ArrivalSources): Arrivals {
  const { processes, law, serviceStream, balancerStream } = sources;
  const times = processes.length === 1 ? single(processes[0]) : merged(processes);
  return createArrivals(BLOCK, (arrivals) => {
    const end = times(arrivals);
    law.fill(serviceStream, arrivals.service, 0, end);
    fillInt32(balancerStream, arrivals.draws, 0, 2 * end);
    arrivals.next = 0;
    arrivals.end = end;
  });
}

function single(process: PoissonProcess): (arrivals: Arrivals) => number {
  return (arrivals) => fillArrivals(process, arrivals.time, 0, BLOCK);
}

function merged(processes: readonly PoissonProcess[]): (arrivals: Arrivals) => number {
  const buffers = processes.map(() => new Float64Array(BLOCK));
  const next = new Int32Array(processes.length);
  const end = new Int32Array(processes.length);
  return (arrivals) => {
    for (let i = 0; i < BLOCK; i++) {
      let first = -1;
      let earliest = Number.POSITIVE_INFINITY;
      for (let source = 0; source < processes.length; source++) {
        if (next[source] === end[source]) {
          end[source] = fillArrivals(processes[source], buffers[source], 0, BLOCK);
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
    return BLOCK;
  };
}
