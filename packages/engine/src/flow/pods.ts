/** What the control plane does to the pods of a plane, and what it may observe of them. */
import { fillWeighted } from './balancers/weighted.ts';
import { IN_SERVICE, type Plane } from './columns.ts';
import { growPods } from './growth.ts';
import { workLeft } from './processor.ts';
import { rankIn, rankOut } from './ranking.ts';

/** Pod number `pod` takes requests from now on. */
export function admitPod(plane: Plane, pod: number): void {
  growPods(plane, pod);
  const { pods } = plane;
  pods.ready[pods.readyCount++] = pod;
  pods.isReady[pod] = 1;
  if (pods.weighted !== null) fillWeighted(pods, pods.weighted);
  rankIn(pods, pod);
}

/** Pod number `pod` takes no more requests; what it holds goes on. */
export function withdrawPod(plane: Plane, pod: number): void {
  const { pods } = plane;
  const at = pods.ready.subarray(0, pods.readyCount).indexOf(pod);
  if (at < 0) return;
  pods.ready.copyWithin(at, at + 1, pods.readyCount);
  pods.readyCount--;
  pods.isReady[pod] = 0;
  if (pods.weighted !== null) fillWeighted(pods, pods.weighted);
  // Round robin goes on with the pod that would have been next.
  if (pods.cursor > at) pods.cursor--;
  rankOut(pods, pod);
}

/** Requests that the pod holds, waiting or in service. */
export function outstanding(plane: Plane, pod: number): number {
  const { pods } = plane;
  return pod < pods.capacity ? pods.busy[pod] + pods.queueLength[pod] : 0;
}

/**
 * Busy slot time of a pod from its start to `time`, µs: work accepted − work left. Exact, and free
 * for the requests: the sum runs over the slots only when somebody looks. Where CPU is shared it is
 * the time that the same work takes on slots at full speed.
 */
export function busyTime(plane: Plane, pod: number, time: number): number {
  const { pods, slots, departures, processor } = plane;
  if (pod >= pods.capacity) return 0;
  if (processor !== null) return pods.booked[pod] - workLeft(processor, pod, time);
  const c = pods.slots;
  let left = 0;
  if (pods.busy[pod] > 0) {
    for (let slot = pod * c; slot < (pod + 1) * c; slot++) {
      // A request whose own work is done may still hold its slot: it waits for calls.
      if (slots.arrival[slot] >= 0) left += Math.max(0, departures.timeOf(slot) - time);
    }
  }
  return pods.booked[pod] - left;
}

/** Requests in the system whose clients still wait, all pods. */
export function inFlight(plane: Plane): number {
  const { pods, slots, requests } = plane;
  let count = 0;
  for (let pod = 0; pod < pods.capacity; pod++) {
    count += pods.queueLength[pod];
    if (pods.busy[pod] === 0) continue;
    for (let slot = pod * pods.slots; slot < (pod + 1) * pods.slots; slot++) {
      if (slots.arrival[slot] < 0) continue;
      const row = slots.request[slot];
      if (row < 0 || requests.state[row] === IN_SERVICE) count++;
    }
  }
  return count;
}
