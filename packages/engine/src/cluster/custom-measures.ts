/**
 * What a custom or external metric can measure: of a pod, where the pod can tell, and of a whole
 * service. Counters grow from the start of what they count; an adapter reads their rate.
 *
 * `requests` is work done: the busy time of the slots in units of one request's mean service time.
 * So it counts what a server works off, also requests whose clients gave up, as a server's own
 * counter does; over n requests it scatters around their number by cv ÷ √n.
 */
import { OFFERED } from '../flow/columns.ts';
import type { ServiceModel } from '../model.ts';

/** A service as its metrics see it. */
export interface Measured {
  readonly model: ServiceModel;
  /** Requests that came before the statistics began, less those still in flight then. */
  arrivedBefore: number;
}

export interface CustomMeasure {
  readonly kind: 'counter' | 'gauge';
  /** null = only a service has it. */
  readonly ofPod: ((model: ServiceModel, column: number, now: number) => number) | null;
  readonly ofService: (measured: Measured, now: number) => number;
  /** Of a service that serves `rate` requests/s with nothing waiting; of a counter, its rate. */
  readonly steady: (rate: number, model: ServiceModel) => number;
}

export const CUSTOM_MEASURES = {
  'requests-per-second': {
    kind: 'counter',
    ofPod: ({ plane, law }, column, now) => plane.busyTime(column, now) / law.mean,
    ofService: ({ model }, now) => model.plane.busyTimeOfAll(now) / model.law.mean,
    steady: (rate) => rate,
  },
  'requests-in-flight': {
    kind: 'gauge',
    ofPod: ({ plane }, column, now) => plane.outstanding(column, now),
    ofService: ({ model }, now) => {
      model.plane.settle(now);
      return model.plane.inFlight();
    },
    steady: (rate, { holdTime }) => rate * holdTime * 1e-6,
  },
  'queue-length': {
    kind: 'gauge',
    ofPod: null,
    ofService: ({ model }, now) => {
      model.plane.settle(now);
      return model.plane.waiting();
    },
    steady: () => 0,
  },
  'arrival-rate': {
    kind: 'counter',
    ofPod: null,
    ofService: (measured, now) => {
      measured.model.plane.settle(now);
      return measured.arrivedBefore + measured.model.plane.counts[OFFERED];
    },
    steady: (rate) => rate,
  },
} as const satisfies Record<string, CustomMeasure>;

/** The statistics of the service are about to begin anew, and its arrivals with them. */
export function keepArrivals(measured: Measured, now: number): void {
  const { plane } = measured.model;
  plane.settle(now);
  // What is in flight is offered again to the new counts.
  measured.arrivedBefore += plane.counts[OFFERED] - plane.inFlight();
}
