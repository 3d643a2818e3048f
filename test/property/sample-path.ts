/** Walks a plane from event to event and writes down what every request lived through. */
import type { Plane } from '../../packages/engine/src/flow/columns.ts';
import { advance } from '../../packages/engine/src/flow/general-path.ts';
import { type ListedRequest, listedArrivals, type PlaneShape, planeOf } from '../fixtures/plane.ts';

export interface Path {
  /** Latency of each request, by its place in the list; NaN = not completed. */
  readonly latencies: readonly number[];
  /** ∫ number in the system dt, request · µs. */
  readonly area: number;
  readonly plane: Plane;
  readonly end: number;
}

const inSystem = ({ pods }: Plane) => {
  let number = 0;
  for (let pod = 0; pod < pods.capacity; pod++) number += pods.busy[pod] + pods.queueLength[pod];
  return number;
};

/** Requests arrive at different times. Ends when nothing is left in the system. */
export function walk(requests: readonly ListedRequest[], shape: PlaneShape): Path {
  const plane = planeOf(shape, listedArrivals(requests, requests.length));
  const place = new Map(requests.map(({ time }, i) => [time, i]));
  const latencies = requests.map(() => Number.NaN);
  const { departures, slots } = plane;
  let area = 0;
  let now = 0;
  for (let offered = 0; ; ) {
    const arrival = requests[offered]?.time ?? Number.POSITIVE_INFINITY;
    const departure = departures.nextTime;
    if (Math.min(arrival, departure) === Number.POSITIVE_INFINITY) break;
    const before = inSystem(plane);
    if (departure <= arrival) {
      for (let slot = 0; slot < slots.arrival.length; slot++) {
        const arrived = slots.arrival[slot];
        if (arrived < 0 || departures.timeOf(slot) !== departure) continue;
        latencies[place.get(arrived) as number] = departure - arrived;
      }
      area += before * (departure - now);
      now = departure;
      advance(plane, departure);
    } else {
      area += before * (arrival - now);
      now = arrival;
      offered++;
      // Half a µs on: this arrival, and nothing else.
      advance(plane, arrival + 0.5);
    }
  }
  return { latencies, area, plane, end: now };
}

export function latenciesOf(
  requests: readonly ListedRequest[],
  shape: PlaneShape,
): readonly number[] {
  return walk(requests, shape).latencies;
}
