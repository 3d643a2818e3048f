/**
 * What ties a service to those that it calls and that call it: who waits for a request, and what a
 * request waits for. Linked services run in one event loop (linked-path.ts) as a group.
 *
 * That a request is over is put aside in the group's list and told to its caller when the event is
 * done: so nobody is changed in the middle of a change of his own.
 */

import type { StreamState } from '../kernel/random.ts';
import {
  clearHistogram,
  createHistogram,
  endWindow,
  type Histogram,
  recordValue,
} from '../stats/histogram.ts';
import type { Arrivals } from './arrival-columns.ts';
import { answered, type ClosedClients } from './closed-clients.ts';
import {
  COUNT_CLASSES,
  IN_SERVICE,
  LATE,
  LEVEL_TIME,
  OFFERED,
  type Plane,
  SERVED,
  WAITING,
} from './columns.ts';
import { type Connections, createConnections } from './connections.ts';

/** Callers that are no request: a load, and a call whose caller does not wait. */
export const LOAD = -1;
export const NOBODY = -2;
const NONE = -1;

export interface Call {
  /** Index of the callee in the group. */
  readonly callee: number;
  /** Source in the callee: which time-out the call has. */
  readonly source: number;
  readonly isAsync: boolean;
  /** Share of the requests that make this call, and where it is drawn. */
  readonly probability: number;
  readonly stream: StreamState;
  /** What the calls draw, in the order in which they are sent; times are written when they are. */
  readonly inbox: Arrivals;
  readonly connections: Connections | null;
}

export interface CallSpec extends Omit<Call, 'connections'> {
  /** Per pod of the caller; absent = no limit. */
  readonly connections?: number;
}

/** The counts and latencies of the requests that come from loads. */
export interface LoadStatistics {
  /** @shape Float64Array[COUNT_CLASSES] */
  readonly counts: Float64Array;
  readonly window: Histogram;
  readonly latency: Histogram;
  /** As of the data plane. */
  readonly endWindow: (quantiles: Float64Array | null) => void;
  readonly inFlight: () => number;
}

/** Arrays by request row. */
export interface Links {
  readonly group: LinkedGroup;
  /** Of this service in the group. */
  readonly index: number;
  /** What a request calls after its own work: step by step, the calls of a step at once. */
  readonly steps: readonly (readonly Call[])[];
  /** No load has anything more to send. */
  isDry: boolean;
  /** By source: the closed load that it is, null = an open one, or calls. */
  readonly clients: (ClosedClients | null)[];
  /** Index in the group of the service that waits for the request, LOAD or NOBODY. */
  caller: Int32Array;
  /** Row of the request that waits; of a closed load the user, −1 = nobody does. */
  callerRow: Int32Array;
  /** The call of the caller's that the request answers. */
  call: (Call | null)[];
  /** Slot that the request holds while it waits for its calls, else −1. */
  slot: Int32Array;
  /** Steps begun, and calls that are under way or wait for a connection. */
  step: Int32Array;
  pending: Int32Array;
  readonly fromLoads: LoadStatistics;
}

/** Requests that are over and whose callers do not know yet. */
export interface LinkedGroup {
  readonly planes: readonly Plane[];
  /** Of the planes, in their order. */
  readonly links: (Links | null)[];
  /** Closed loads of the group. */
  readonly clients: ClosedClients[];
  ends: number;
  endCaller: Int32Array;
  endRow: Int32Array;
  endGood: Uint8Array;
  endCall: Call[];
}

export function createGroup(planes: readonly Plane[]): LinkedGroup {
  return {
    planes,
    links: planes.map(() => null),
    clients: [],
    ends: 0,
    endCaller: new Int32Array(64),
    endRow: new Int32Array(64),
    endGood: new Uint8Array(64),
    endCall: [],
  };
}

export function linkPlane(
  group: LinkedGroup,
  index: number,
  steps: readonly (readonly CallSpec[])[],
): Links {
  const plane = group.planes[index];
  const { capacity } = plane.requests;
  const links: Links = {
    group,
    index,
    steps: steps.map((step) =>
      step.map(({ connections, ...call }) => ({
        ...call,
        connections: connections === undefined ? null : createConnections(connections),
      })),
    ),
    isDry: false,
    clients: Array.from(plane.deadlines.timeout, () => null),
    caller: new Int32Array(capacity),
    callerRow: new Int32Array(capacity),
    call: [],
    slot: new Int32Array(capacity).fill(NONE),
    step: new Int32Array(capacity),
    pending: new Int32Array(capacity),
    fromLoads: createLoadStatistics(() => inFlightFromLoads(plane, links)),
  };
  plane.links = links;
  group.links[index] = links;
  return links;
}

function createLoadStatistics(inFlight: () => number): LoadStatistics {
  const window = createHistogram();
  const latency = createHistogram();
  return {
    counts: new Float64Array(COUNT_CLASSES),
    window,
    latency,
    endWindow: (quantiles) => endWindow(window, latency, quantiles),
    inFlight,
  };
}

/** Users of a closed load send to services of the group, whose links are made. */
export function joinClients(group: LinkedGroup, clients: ClosedClients): void {
  group.clients.push(clients);
  for (const { index, source } of clients.targets) {
    const links = group.links[index];
    if (links !== null) links.clients[source] = clients;
  }
}

/** The row is a request for which `caller` waits. */
export function attach(
  plane: Plane,
  links: Links,
  row: number,
  caller: number,
  callerRow: number,
  call: Call | null,
): void {
  if (row >= links.caller.length) growLinks(links, plane.requests.capacity);
  links.caller[row] = caller;
  links.callerRow[row] = callerRow;
  links.call[row] = call;
  links.slot[row] = NONE;
  links.step[row] = 0;
  links.pending[row] = 0;
}

/** The request is over, `fate` = its class of `counts`: its load counts it, its caller hears. */
export function ended(plane: Plane, links: Links, row: number, fate: number): void {
  const caller = links.caller[row];
  const good = fate === SERVED || fate === LATE;
  if (caller === LOAD) {
    const { counts, window } = links.fromLoads;
    const time = plane.levels[LEVEL_TIME];
    counts[fate] += 1;
    if (good) recordValue(window, time - plane.requests.arrival[row]);
    const clients = links.clients[plane.requests.source[row]];
    if (clients !== null && links.callerRow[row] !== NONE) {
      answered(clients, links.callerRow[row], time);
    }
  } else if (caller !== NOBODY) {
    tellCaller(links.group, caller, links.callerRow[row], links.call[row] as Call, good);
  }
}

export function tellCaller(
  group: LinkedGroup,
  caller: number,
  callerRow: number,
  call: Call,
  good: boolean,
): void {
  const at = group.ends++;
  if (at === group.endCaller.length) growEnds(group);
  group.endCaller[at] = caller;
  group.endRow[at] = callerRow;
  group.endGood[at] = good ? 1 : 0;
  group.endCall[at] = call;
}

/** Requests of loads that are in the system and whose clients still wait. */
function inFlightFromLoads({ pods, slots, requests, hold }: Plane, links: Links): number {
  let count = 0;
  const firstHeld = hold === null ? NONE : hold.first;
  for (let row = firstHeld; row !== NONE; row = requests.next[row]) {
    if (requests.state[row] === WAITING && links.caller[row] === LOAD) count++;
  }
  for (let pod = 0; pod < pods.capacity; pod++) {
    for (let row = pods.queueFirst[pod]; row !== NONE; row = requests.next[row]) {
      if (requests.state[row] === WAITING && links.caller[row] === LOAD) count++;
    }
    if (pods.busy[pod] === 0) continue;
    for (let slot = pod * pods.slots; slot < (pod + 1) * pods.slots; slot++) {
      if (slots.arrival[slot] < 0) continue;
      const row = slots.request[slot];
      if (requests.state[row] === IN_SERVICE && links.caller[row] === LOAD) count++;
    }
  }
  return count;
}

/** Forgets the statistics; requests in the system count as offered from now on. */
export function resetFromLoads({ counts, window, latency, inFlight }: LoadStatistics): void {
  counts.fill(0);
  counts[OFFERED] = inFlight();
  clearHistogram(window);
  clearHistogram(latency);
}

function growLinks(links: Links, capacity: number): void {
  const extended = (from: Int32Array) => {
    const to = new Int32Array(capacity);
    to.set(from);
    return to;
  };
  links.caller = extended(links.caller);
  links.callerRow = extended(links.callerRow);
  links.slot = extended(links.slot);
  links.step = extended(links.step);
  links.pending = extended(links.pending);
}

function growEnds(group: LinkedGroup): void {
  const size = group.endCaller.length * 2;
  const { endCaller, endRow, endGood } = group;
  group.endCaller = new Int32Array(size);
  group.endRow = new Int32Array(size);
  group.endGood = new Uint8Array(size);
  group.endCaller.set(endCaller);
  group.endRow.set(endRow);
  group.endGood.set(endGood);
}
