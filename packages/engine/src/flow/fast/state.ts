/** What a fast plane consists of: a kernel, its arrivals, and the statistics so far. */

import { createHistogram, HISTOGRAM_BUCKETS, type Histogram } from '../../stats/histogram.ts';
import type { Arrivals } from '../arrival-columns.ts';
import { COUNT_CLASSES } from '../columns.ts';
import { INTEGRALS } from '../data-plane.ts';
import { BATCH_COLUMNS, ROW_BATCH } from '../row-batch.ts';
import type { RequestSample } from '../sample.ts';
import type { CreateKernel, Kernel } from './build.ts';
import {
  BALANCER,
  INTS,
  LEAST_LOADED,
  LOOP,
  NARROW,
  NARROW_SLOTS,
  OBJECTIVE,
  PATIENCE,
  QUEUE_LIMIT,
  RANKED,
  REALS,
  SLOTS,
  TIMEOUT,
  WIDE,
} from './frame.ts';
import { layOpen, openLengths } from './open-arrivals.ts';
import { addUnranked, rankLengths } from './ranked-pods.ts';
import { makeRings } from './rings.ts';
import { heapPlaces, makeSlots } from './slots.ts';

export interface FastPlaneSpec {
  readonly slots: number;
  readonly queueLimit: number;
  /** µs, as in PlaneSpec; the same for every load. */
  readonly latencyObjective: number;
  readonly timeout: number;
  /** µs, Infinity = waits as long as its time-out. */
  readonly patience: number;
  /** RANDOM, ROUND_ROBIN, POWER_OF_TWO or LEAST_LOADED of frame.ts. */
  readonly balancer: number;
  readonly arrivals: Arrivals;
  readonly createKernel: CreateKernel;
  readonly sample: RequestSample | null;
}

const FIRST_PODS = 16;
const FIRST_LATER = 4096;
export interface State {
  readonly kernel: Kernel;
  readonly arrivals: Arrivals;
  readonly ranked: boolean;
  wide: boolean;
  pods: number;
  /** Pods that take no requests any more and may have work left. */
  readonly leaving: Set<number>;
  /** Busy slot time of those that had none, µs. */
  busyOfDone: number;
  readonly sample: RequestSample | null;
  /** Arrivals that the kernel has taken. */
  arrived: number;
  /** When heads and tails of the queues start over, in arrivals. */
  renumberAt: number;
  /** request·µs of those that have left since the start, and what to subtract since the reset. */
  readonly ended: Float64Array;
  readonly offset: Float64Array;
  readonly counts: Float64Array;
  /** Values in the kernel's buckets, as `totals` of a histogram: of the row, and waits above 0. */
  readonly inWindow: Float64Array;
  readonly inWaits: Float64Array;
  /** What the kernel has told. */
  readonly window: Histogram;
  readonly waits: Histogram;
  readonly ofEndedRows: Float64Array;
  readonly integrals: Float64Array;
}

export function createState(spec: FastPlaneSpec): State {
  const ranked = spec.balancer === LEAST_LOADED;
  // One slot is a heap of one; the ranking reads heaps.
  const wide = ranked || spec.slots === 1 || spec.slots > NARROW_SLOTS;
  const kernel = createColumns(spec, wide);
  makeSlots(kernel, wide, 0, FIRST_PODS);
  makeRings(kernel, 0, FIRST_PODS);
  if (ranked) addUnranked(kernel, 0, FIRST_PODS);
  layOpen(kernel, spec.arrivals);
  return {
    kernel,
    arrivals: spec.arrivals,
    ranked,
    wide,
    pods: FIRST_PODS,
    leaving: new Set(),
    busyOfDone: 0,
    sample: spec.sample,
    arrived: 0,
    renumberAt: 0,
    ended: new Float64Array(INTEGRALS),
    offset: new Float64Array(INTEGRALS),
    counts: new Float64Array(COUNT_CLASSES),
    inWindow: new Float64Array(3),
    inWaits: new Float64Array(3),
    window: createHistogram(),
    waits: createHistogram(),
    ofEndedRows: new Float64Array(3),
    integrals: new Float64Array(INTEGRALS),
  };
}

function createColumns(spec: FastPlaneSpec, wide: boolean): Kernel {
  const block = spec.arrivals.time.length;
  const kernel = spec.createKernel({
    ints: INTS,
    reals: REALS,
    time: block,
    service: block,
    draws: 2 * block,
    ready: FIRST_PODS,
    closed: FIRST_PODS,
    free: wide ? 0 : FIRST_PODS * NARROW_SLOTS,
    freeAt: wide ? FIRST_PODS * heapPlaces(spec.slots) : 0,
    accepted: FIRST_PODS,
    ring: 0,
    ringFrom: FIRST_PODS,
    ringBits: FIRST_PODS,
    head: FIRST_PODS,
    tail: FIRST_PODS,
    laterEnd: FIRST_LATER,
    laterArrival: FIRST_LATER,
    laterLeave: FIRST_LATER,
    laterTag: FIRST_LATER,
    ...rankLengths(spec.balancer, FIRST_PODS),
    ...openLengths(spec.arrivals),
    window: HISTOGRAM_BUCKETS,
    latency: HISTOGRAM_BUCKETS,
    wait: HISTOGRAM_BUCKETS,
    rows: BATCH_COLUMNS * ROW_BATCH,
  });
  const { ints, reals } = kernel.frame;
  ints[BALANCER] = spec.balancer;
  ints[LOOP] = spec.balancer === LEAST_LOADED ? RANKED : wide ? WIDE : NARROW;
  ints[SLOTS] = spec.slots;
  ints[QUEUE_LIMIT] = spec.queueLimit;
  reals[PATIENCE] = Math.min(spec.patience, spec.timeout);
  reals[TIMEOUT] = spec.timeout;
  reals[OBJECTIVE] = spec.latencyObjective;
  return kernel;
}

/** The arrivals are drawn straight into the kernel's columns, which a resize may have moved. */
export function attach({ kernel, arrivals }: State): void {
  arrivals.time = kernel.frame.time;
  arrivals.service = kernel.frame.service;
  arrivals.draws = kernel.frame.draws;
}
