/** The ranking of the kernel's pods between two stretches: entered, left, and emptied. */
import { enter, leave } from '../ranking.ts';
import type { FrameLengths, Kernel } from './build.ts';
import { BLOCKS, EVENTS, LEAST_LOADED } from './frame.ts';
import { insert } from './ranked.ts';

const FIRST_BLOCKS = 64;
const FIRST_EVENTS = 1024;

type RankColumn =
  | 'order'
  | 'position'
  | 'blockStart'
  | 'held'
  | 'eventTime'
  | 'eventKey'
  | 'eventPod';

/** Lengths of the columns for so many pods, 0 where pods are not ranked. */
export function rankLengths(balancer: number, pods: number): Pick<FrameLengths, RankColumn> {
  const ranked = balancer === LEAST_LOADED ? 1 : 0;
  return {
    order: ranked * pods,
    position: ranked * pods,
    held: ranked * pods,
    blockStart: ranked * FIRST_BLOCKS,
    eventTime: ranked * FIRST_EVENTS,
    eventKey: ranked * FIRST_EVENTS,
    eventPod: ranked * FIRST_EVENTS,
  };
}

/** Pods [from, to) exist now, in no rank. */
export function addUnranked({ frame }: Kernel, from: number, to: number): void {
  frame.position.fill(-1, from, to);
  frame.ints[BLOCKS] = frame.blockStart.length;
}

/** Doubles the counts that the ranking has blocks for; the new blocks are empty, at its end. */
export function growBlocks(kernel: Kernel): void {
  const old = kernel.frame.blockStart.length;
  const end = kernel.frame.blockStart[old - 1];
  kernel.resize('blockStart', 2 * old);
  kernel.frame.blockStart.fill(end, old);
  kernel.frame.ints[BLOCKS] = 2 * old;
}

export function makeRoomForEvents(kernel: Kernel, count: number): void {
  const room = kernel.frame.eventTime.length;
  let wanted = room;
  while (kernel.frame.ints[EVENTS] + count > wanted) wanted *= 2;
  if (wanted === room) return;
  for (const column of ['eventTime', 'eventKey', 'eventPod'] as const) {
    kernel.resize(column, wanted);
  }
}

/** Takes the pod into the ranking, as of `time`. */
export function enterRanking(kernel: Kernel, pod: number, time: number): void {
  kernel.catchUp(time);
  const held = kernel.frame.held[pod];
  while (held + 2 >= kernel.frame.ints[BLOCKS]) growBlocks(kernel);
  enter(kernel.frame, pod, held);
}

export function leaveRanking(kernel: Kernel, pod: number, time: number): void {
  kernel.catchUp(time);
  leave(kernel.frame, pod, kernel.frame.held[pod]);
}

/** The pod holds nothing any more: what would have left it does not. */
export function emptyPod(kernel: Kernel, pod: number, time: number): void {
  kernel.catchUp(time);
  const { frame } = kernel;
  const ranked = frame.position[pod] >= 0;
  if (ranked) leave(frame, pod, frame.held[pod]);
  const count = frame.ints[EVENTS];
  const times = frame.eventTime.slice(0, count);
  const keys = frame.eventKey.slice(0, count);
  const pods = frame.eventPod.slice(0, count);
  frame.ints[EVENTS] = 0;
  for (let at = 0; at < count; at++) {
    if (pods[at] !== pod) insert(frame, times[at], keys[at], pods[at]);
  }
  frame.held[pod] = 0;
  if (ranked) enter(frame, pod, 0);
}
