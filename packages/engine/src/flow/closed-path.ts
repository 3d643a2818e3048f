/**
 * Events of closed loads (closed-clients.ts) in the event loop of linked services: a request of a
 * user is one of a load, and its row says who waits for it.
 */
import {
  answered,
  type ClosedClients,
  changeUsers,
  chooseTarget,
  takeUser,
} from './closed-clients.ts';
import { FAILED, OFFERED, REJECTED } from './columns.ts';
import { UNANSWERED } from './fates.ts';
import { elapse } from './general-path.ts';
import { attach, type LinkedGroup, type Links, LOAD } from './links.ts';
import { arriveWatched } from './sampled-rows.ts';

/** Brings about the next event of the clients, which is due at `time`. */
export function actClients(group: LinkedGroup, clients: ClosedClients, time: number): void {
  if (clients.changeTime[clients.nextChange] === time) changeUsers(clients, group.links, time);
  else send(group, clients, takeUser(clients), time);
}

function send(group: LinkedGroup, clients: ClosedClients, user: number, time: number): void {
  const number = chooseTarget(clients);
  const { index, inbox } = clients.targets[number];
  const plane = group.planes[index];
  const links = plane.links as Links;
  const { counts } = links.fromLoads;
  if (inbox.next === inbox.end) inbox.refill(inbox);
  const i = inbox.next++;
  inbox.time[i] = time;
  elapse(plane, time);
  counts[OFFERED] += 1;
  const row = arriveWatched(plane, inbox, i);
  if (row < 0) {
    counts[row === UNANSWERED ? FAILED : REJECTED] += 1;
    answered(clients, user, time + clients.refusal);
    return;
  }
  attach(plane, links, row, LOAD, user, null);
  clients.request[user] = row;
  clients.target[user] = number;
}
