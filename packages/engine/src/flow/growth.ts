/** Room for more requests and pods: columns double, what they hold stays where it is. */
import { type DeadlineRing, listFreeSlots, type Plane, type Requests } from './columns.ts';
import { growProcessor } from './processor.ts';
import { growSlowStart } from './slow-start.ts';
import { growSpeeds } from './speeds.ts';
import { growWarmUp } from './warm-up.ts';

/** Doubles the room for request rows. */
export function growRequests(requests: Requests): void {
  const old = requests.capacity;
  const capacity = old * 2;
  requests.arrival = grown(requests.arrival, new Float64Array(capacity));
  requests.service = grown(requests.service, new Float64Array(capacity));
  requests.start = grown(requests.start, new Float64Array(capacity));
  requests.sample = grown(requests.sample, new Int32Array(capacity));
  requests.pod = grown(requests.pod, new Int32Array(capacity));
  requests.source = grown(requests.source, new Uint16Array(capacity));
  requests.state = grown(requests.state, new Uint8Array(capacity));
  requests.holders = grown(requests.holders, new Uint8Array(capacity));
  requests.next = grown(requests.next, new Int32Array(capacity));
  requests.unused = grown(requests.unused, new Int32Array(capacity));
  for (let row = capacity - 1; row >= old; row--) requests.unused[requests.unusedCount++] = row;
  requests.capacity = capacity;
}

/** Doubles the room of a full ring, its oldest entry first. */
export function growRing(ring: DeadlineRing): void {
  const size = ring.rows.length;
  const rows = new Int32Array(size * 2);
  for (let i = 0; i < size; i++) rows[i] = ring.rows[(ring.head + i) & (size - 1)];
  ring.rows = rows;
  ring.head = 0;
  ring.tail = size;
}

/** Makes room for pod number `pod`. */
export function growPods(plane: Plane, pod: number): void {
  const { pods, slots, processor } = plane;
  if (pod < pods.capacity) return;
  const old = pods.capacity;
  let capacity = old;
  while (capacity <= pod) capacity *= 2;
  pods.busy = grown(pods.busy, new Int32Array(capacity));
  pods.queueLength = grown(pods.queueLength, new Int32Array(capacity));
  pods.queueFirst = grown(pods.queueFirst, new Int32Array(capacity).fill(-1));
  pods.queueLast = grown(pods.queueLast, new Int32Array(capacity).fill(-1));
  pods.booked = grown(pods.booked, new Float64Array(capacity));
  pods.ready = grown(pods.ready, new Int32Array(capacity));
  pods.isReady = grown(pods.isReady, new Uint8Array(capacity));
  pods.isClosed = grown(pods.isClosed, new Uint8Array(capacity));
  if (pods.ranking !== null) {
    pods.ranking.order = grown(pods.ranking.order, new Int32Array(capacity));
    pods.ranking.position = grown(pods.ranking.position, new Int32Array(capacity).fill(-1));
  }
  pods.capacity = capacity;
  const size = capacity * pods.slots;
  slots.arrival = grown(slots.arrival, new Float64Array(size).fill(-1));
  slots.request = grown(slots.request, new Int32Array(size).fill(-1));
  slots.free = grown(slots.free, new Int32Array(size));
  listFreeSlots(pods, slots, old);
  if (processor !== null) growProcessor(processor, capacity, size);
  if (plane.warmUp !== null) growWarmUp(plane.warmUp, capacity);
  if (plane.speeds !== null) growSpeeds(plane.speeds, capacity, size);
  if (pods.slowStart !== null) growSlowStart(pods.slowStart, capacity);
  plane.departures.grow(processor === null ? size : capacity);
}

/** `to` with the contents of `from` at its start. */
function grown<A extends Float64Array | Int32Array | Uint16Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
