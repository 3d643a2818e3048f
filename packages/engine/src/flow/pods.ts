/** What the control plane does to the pods of a plane, and what it may observe of them. */

import { assert } from '../kernel/assert.ts';
import { fillWeighted } from './balancers/weighted.ts';
import { IN_SERVICE, type Plane } from './columns.ts';
import { drainHold, elapse, podSpeed, slotWorkLeft } from './general-path.ts';
import { growPods } from './growth.ts';
import type { Hold } from './hold.ts';
import { changeProcessorSpeed, workLeft } from './processor.ts';
import { rankIn, rankOut } from './ranking.ts';
import { enterSlowStart } from './slow-start.ts';
import { changeSpeed, speedOf } from './speeds.ts';
import { carryOn, chill, warmUpCpu } from './warm-up.ts';

const LONG_AGO = Number.NEGATIVE_INFINITY;

/** Pod number `pod` takes requests from `time` on, µs; absent = it has been there for long. */
export function admitPod(plane: Plane, pod: number, time = LONG_AGO): void {
  growPods(plane, pod);
  const { pods, warmUp, hold } = plane;
  if (warmUp !== null && warmUp.isKnown[pod] === 0) {
    warmUp.isKnown[pod] = 1;
    if (time !== LONG_AGO) chill(warmUp, pod, time, podSpeed(plane, pod));
  }
  if (pods.slowStart !== null) enterSlowStart(pods.slowStart, pod, time);
  pods.ready[pods.readyCount++] = pod;
  pods.isReady[pod] = 1;
  if (pods.weighted !== null) fillWeighted(pods, pods.weighted);
  rankIn(pods, pod);
  if (hold !== null && hold.length > 0) handOver(plane, hold, time);
}

/** The pod, ready for its clients, closes its port: what they send fails, what it holds goes on. */
export function refusePod(plane: Plane, pod: number): void {
  const { pods } = plane;
  if (pod >= pods.capacity || pods.isReady[pod] === 0 || pods.isClosed[pod] === 1) return;
  pods.isClosed[pod] = 1;
  pods.closedCount += 1;
  // Balancers do not see it; a hold hands nothing to a pod that takes nothing.
  if (plane.hold !== null) rankOut(pods, pod);
}

/** The pod's process is a new one at `time`: its port is open, and it is cold. */
export function restartPod(plane: Plane, pod: number, time: number): void {
  growPods(plane, pod);
  const { pods, warmUp, hold } = plane;
  if (warmUp !== null) chill(warmUp, pod, time, podSpeed(plane, pod));
  if (pods.isClosed[pod] === 0) return;
  openPort(plane, pod);
  if (hold === null) return;
  rankIn(pods, pod);
  handOver(plane, hold, time);
}

function handOver(plane: Plane, hold: Hold, time: number): void {
  elapse(plane, time);
  drainHold(plane, hold, time);
}

function openPort({ pods }: Plane, pod: number): void {
  pods.isClosed[pod] = 0;
  pods.closedCount -= 1;
}

/** The pod works at `factor` × full speed from `time` on. */
export function setPodSpeed(plane: Plane, pod: number, factor: number, time: number): void {
  growPods(plane, pod);
  const { pods, slots, departures, processor, speeds, warmUp } = plane;
  const speed = speedOf(factor);
  if (warmUp !== null) carryOn(warmUp, pod, time, podSpeed(plane, pod));
  if (processor !== null) {
    changeProcessorSpeed(processor, departures, pod, speed, time);
    return;
  }
  assert(speeds !== null, 'a plane of constant speeds was told to change one');
  const first = pod * pods.slots;
  const range = { pod, first, end: first + pods.slots };
  changeSpeed(speeds, departures, range, slots.arrival, speed, time);
}

/** CPU that the pod has used for its warm-up by `time`, core-µs. */
export function usedForWarmUp(plane: Plane, pod: number, time: number): number {
  const { warmUp } = plane;
  return warmUp === null ? 0 : warmUpCpu(warmUp, pod, time, podSpeed(plane, pod));
}

/** Pod number `pod` takes no more requests; what it holds goes on. */
export function withdrawPod(plane: Plane, pod: number): void {
  const { pods } = plane;
  const at = pods.ready.subarray(0, pods.readyCount).indexOf(pod);
  if (at < 0) return;
  pods.ready.copyWithin(at, at + 1, pods.readyCount);
  pods.readyCount--;
  pods.isReady[pod] = 0;
  if (pods.isClosed[pod] === 1) openPort(plane, pod);
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
      if (slots.arrival[slot] >= 0 && departures.timeOf(slot) > time) {
        left += slotWorkLeft(plane, pod, slot, time);
      }
    }
  }
  return pods.booked[pod] - left;
}

/** Requests in the system whose clients still wait, all pods. */
export function inFlight(plane: Plane): number {
  const { pods, slots, requests, hold } = plane;
  let count = hold === null ? 0 : hold.length;
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
