/** What the control plane does to the pods of a plane, and what it may observe of them. */
import { growPods, type Plane } from './columns.ts';
import { rankIn, rankOut } from './ranking.ts';

/** Pod number `pod` takes requests from now on. */
export function admitPod(plane: Plane, pod: number): void {
  growPods(plane, pod);
  const { pods } = plane;
  pods.ready[pods.readyCount++] = pod;
  rankIn(pods, pod);
}

/** Pod number `pod` takes no more requests; what it holds goes on. */
export function withdrawPod(plane: Plane, pod: number): void {
  const { pods } = plane;
  const at = pods.ready.subarray(0, pods.readyCount).indexOf(pod);
  if (at < 0) return;
  pods.ready.copyWithin(at, at + 1, pods.readyCount);
  pods.readyCount--;
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
 * for the requests: the sum runs over the slots only when somebody looks.
 */
export function busyTime(plane: Plane, pod: number, time: number): number {
  const { pods, slots, departures } = plane;
  if (pod >= pods.capacity) return 0;
  const c = pods.slots;
  let left = 0;
  if (pods.busy[pod] > 0) {
    for (let slot = pod * c; slot < (pod + 1) * c; slot++) {
      if (slots.arrival[slot] >= 0) left += departures.timeOf(slot) - time;
    }
  }
  return pods.booked[pod] - left;
}

/** Requests in the system whose clients still wait, all pods. */
export function inFlight(plane: Plane): number {
  const { pods, slots, requests } = plane;
  let count = 0;
  for (let pod = 0; pod < pods.capacity; pod++) count += pods.queueLength[pod];
  for (let slot = 0; slot < slots.arrival.length; slot++) {
    if (slots.arrival[slot] < 0) continue;
    const row = slots.request[slot];
    if (row < 0 || requests.state[row] === 1) count++;
  }
  return count;
}
