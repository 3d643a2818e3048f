/**
 * Clients in closed loops: a user sends a request, waits until it is over for him (answered, timed
 * out, lost or refused), thinks, and sends the next one.
 *
 *   due (by instant) ─► sends ─► waits: `request` ─► answered ─► thinks ─► due
 *
 * The number of users at work changes at given instants: the first n of them are. Those who come
 * send at once; those who go neither send again nor hear of what they sent, which the service goes
 * on with. Whoever comes later is a new user, even in the place of one who waited.
 *
 * One event is one send of one user, so nothing is allocated per request. Of events at one instant
 * a change of the number comes first, then users in the order in which they became due.
 */
import { nextUniform, type StreamState } from '../kernel/random.ts';
import type { Law } from '../service/law.ts';
import type { Arrivals } from './arrival-columns.ts';
import type { Links } from './links.ts';
import {
  createPatienceQueue,
  joinPatience,
  leavePatience,
  type PatienceQueue,
} from './patience-queue.ts';

const NONE = -1;
const THOUGHTS = 256;

/** A service that the users send to. */
export interface ClosedTarget {
  /** Index of the service in the group, and of the load among its sources. */
  readonly index: number;
  readonly source: number;
  /** Draws below this, and not below that of the target before, go here; of the last one 1. */
  readonly below: number;
  /** What the requests draw, in the order of sending; times are written when they are sent. */
  readonly inbox: Arrivals;
}

export interface ClosedSpec {
  /** Users at work from each instant on, µs, which rise; nobody is before the first. */
  readonly users: readonly { readonly at: number; readonly users: number }[];
  /** null = they do not think. */
  readonly think: { readonly law: Law; readonly stream: StreamState } | null;
  /** µs from a refusal until its user thinks, above 0: otherwise time could stand still. */
  readonly refusal: number;
  readonly targets: readonly ClosedTarget[];
  /** Chooses among several targets. */
  readonly route: StreamState;
}

/** Arrays by user, where it does not say otherwise. */
export interface ClosedClients extends Omit<ClosedSpec, 'users'> {
  /** By change: its instant, µs, and how many users are at work from then on; the last is never. */
  readonly changeTime: Float64Array;
  readonly changeUsers: Int32Array;
  nextChange: number;
  /** At work now. */
  users: number;
  /** Who is going to send, in order; its rows are users. */
  readonly due: PatienceQueue;
  /** Row of the request that the user waits for, −1 = none, and the target where it is. */
  readonly request: Int32Array;
  readonly target: Int32Array;
  /** The next times to think, µs. */
  readonly thoughts: Float64Array;
  thought: number;
}

export function createClosedClients({ users, ...spec }: ClosedSpec): ClosedClients {
  const most = users.reduce((highest, change) => Math.max(highest, change.users), 1);
  return {
    ...spec,
    changeTime: Float64Array.from([...users.map(({ at }) => at), Number.POSITIVE_INFINITY]),
    changeUsers: Int32Array.from([...users.map((change) => change.users), 0]),
    nextChange: 0,
    users: 0,
    due: createPatienceQueue(most),
    request: new Int32Array(most).fill(NONE),
    target: new Int32Array(most),
    thoughts: new Float64Array(THOUGHTS),
    thought: THOUGHTS,
  };
}

/** When something happens next, µs; Infinity = never. */
export function nextOfClients({ changeTime, nextChange, due }: ClosedClients): number {
  const change = changeTime[nextChange];
  return due.length === 0 ? change : Math.min(change, due.instant[due.rows[0]]);
}

/** The user's request is over at `time`: he thinks, then sends again. */
export function answered(clients: ClosedClients, user: number, time: number): void {
  clients.request[user] = NONE;
  joinPatience(clients.due, user, time + thinkTime(clients), 0);
}

function thinkTime(clients: ClosedClients): number {
  const { think, thoughts } = clients;
  if (think === null) return 0;
  if (clients.thought === THOUGHTS) {
    think.law.fill(think.stream, thoughts, 0, THOUGHTS);
    clients.thought = 0;
  }
  return thoughts[clients.thought++];
}

/** The number of users changes at `time`; `links` = those of the services, by group index. */
export function changeUsers(
  clients: ClosedClients,
  links: readonly (Links | null)[],
  time: number,
): void {
  const users = clients.changeUsers[clients.nextChange++];
  for (let user = users; user < clients.users; user++) {
    leavePatience(clients.due, user);
    forgetRequest(clients, links, user);
  }
  for (let user = clients.users; user < users; user++) joinPatience(clients.due, user, time, 0);
  clients.users = users;
}

/** Nobody waits for the user's request any more. */
function forgetRequest(
  { request, target, targets }: ClosedClients,
  links: readonly (Links | null)[],
  user: number,
): void {
  const row = request[user];
  if (row === NONE) return;
  request[user] = NONE;
  const { callerRow } = links[targets[target[user]].index] as Links;
  callerRow[row] = NONE;
}

/** Takes the first user who is due. */
export function takeUser({ due }: ClosedClients): number {
  const user = due.rows[0];
  leavePatience(due, user);
  return user;
}

/** Number of the target of the next request. */
export function chooseTarget({ targets, route }: ClosedClients): number {
  const last = targets.length - 1;
  if (last === 0) return 0;
  const draw = nextUniform(route);
  let target = 0;
  while (target < last && draw >= targets[target].below) target++;
  return target;
}
