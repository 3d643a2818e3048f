/**
 * A request calls other services after its own work, its slot held: step after step, the calls of a
 * step at once. It is complete when the last step's calls have been answered. A call that is
 * refused, times out or is lost fails its caller at once; its other calls go on unheeded. A call
 * that nobody waits for is sent and forgotten.
 */
import { nextUniform } from '../kernel/random.ts';
import type { Plane } from './columns.ts';
import { passConnection, takeConnection } from './connections.ts';
import { arrive, elapse, fail, finish, vacate } from './general-path.ts';
import { attach, type Call, type LinkedGroup, type Links, NOBODY, tellCaller } from './links.ts';
import { release } from './rows.ts';

const NONE = -1;

/** The own work of the request in the slot is done. */
export function beginCalls(plane: Plane, links: Links, slot: number, time: number): void {
  const row = plane.slots.request[slot];
  links.slot[row] = slot;
  nextStep(plane, links, row, time);
}

function nextStep(plane: Plane, links: Links, row: number, time: number): void {
  const { steps } = links;
  while (links.step[row] < steps.length) {
    const step = steps[links.step[row]++];
    for (let i = 0; i < step.length; i++) {
      const call = step[i];
      if (call.probability >= 1 || nextUniform(call.stream) < call.probability) {
        place(plane, links, row, call, time);
      }
    }
    if (links.pending[row] > 0) return;
  }
  const slot = links.slot[row];
  links.slot[row] = NONE;
  finish(plane, slot, time);
}

function place(plane: Plane, links: Links, row: number, call: Call, time: number): void {
  if (call.isAsync) {
    send(links.group, NOBODY, NONE, call, time);
    return;
  }
  links.pending[row] += 1;
  plane.requests.holders[row] += 1;
  const { connections } = call;
  if (connections === null || takeConnection(connections, plane.requests.pod[row], row)) {
    send(links.group, links.index, row, call, time);
  }
}

function send(group: LinkedGroup, caller: number, callerRow: number, call: Call, time: number) {
  const { inbox } = call;
  const plane = group.planes[call.callee];
  if (inbox.next === inbox.end) inbox.refill(inbox);
  const i = inbox.next++;
  inbox.time[i] = time;
  elapse(plane, time);
  const row = arrive(plane, inbox, i);
  if (row >= 0) attach(plane, plane.links as Links, row, caller, callerRow, call);
  else if (caller !== NOBODY) tellCaller(group, caller, callerRow, call, false);
}

/** Tells callers what became of their calls, until nobody has anything to hear. */
export function settleCalls(group: LinkedGroup, time: number): void {
  // Hearing of one end may bring about another: the list grows while it is read.
  for (let at = 0; at < group.ends; at++) {
    const plane = group.planes[group.endCaller[at]];
    elapse(plane, time);
    hear(plane, group.endRow[at], group.endCall[at], group.endGood[at] === 1, time);
  }
  group.ends = 0;
}

function hear(plane: Plane, row: number, call: Call, good: boolean, time: number): void {
  const links = plane.links as Links;
  if (call.connections !== null) freeConnection(plane, links, call, plane.requests.pod[row], time);
  links.pending[row] -= 1;
  const slot = links.slot[row];
  if (slot !== NONE && !good) {
    fail(plane, row);
    vacate(plane, slot, time);
  } else if (slot !== NONE && links.pending[row] === 0) {
    nextStep(plane, links, row, time);
  }
  release(plane, row);
}

function freeConnection(plane: Plane, links: Links, call: Call, pod: number, time: number): void {
  const pool = call.connections as NonNullable<Call['connections']>;
  for (;;) {
    const row = passConnection(pool, pod);
    if (row === NONE) return;
    if (links.slot[row] !== NONE) {
      send(links.group, links.index, row, call, time);
      return;
    }
    // It failed while it waited: nobody needs the answer.
    links.pending[row] -= 1;
    release(plane, row);
  }
}
