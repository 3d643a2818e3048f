/**
 * The event loop of services that call one another: the general path (general-path.ts) over several
 * planes at once. Of events at the same instant departures come first, then deadlines, then
 * arrivals, and among equals those of the service that the scenario names first; users of closed
 * loads (closed-clients.ts) send after what open ones do. Callers hear of an end within the event
 * that brought it.
 */
import { beginCalls, settleCalls } from './calls.ts';
import { type ClosedClients, nextOfClients } from './closed-clients.ts';
import { actClients } from './closed-path.ts';
import { FAILED, OFFERED, type Plane, REJECTED } from './columns.ts';
import { REFUSED, UNANSWERED } from './fates.ts';
import { elapse, finish, giveUp, takeDeparture } from './general-path.ts';
import { attach, type LinkedGroup, type Links, LOAD } from './links.ts';
import { arriveWatched } from './sampled-rows.ts';

const NONE = -1;
const DEPARTURE = 0;
const DEADLINE = 1;
const ARRIVAL = 2;

/** Runs everything that happens before the control events of `until`, µs. */
export function advanceGroup(group: LinkedGroup, until: number): void {
  const { planes, clients } = group;
  for (;;) {
    let time = Number.POSITIVE_INFINITY;
    let rank = ARRIVAL;
    let first = 0;
    let sender: ClosedClients | null = null;
    for (let index = 0; index < planes.length; index++) {
      const { departures, deadlines } = planes[index];
      const arrival = nextArrival(planes[index]);
      const departs = departures.nextTime <= deadlines.next && departures.nextTime <= arrival;
      const givesUp = !departs && deadlines.next <= arrival;
      const own = departs ? departures.nextTime : givesUp ? deadlines.next : arrival;
      const ownRank = departs ? DEPARTURE : givesUp ? DEADLINE : ARRIVAL;
      if (own < time || (own === time && ownRank < rank)) {
        time = own;
        rank = ownRank;
        first = index;
      }
    }
    for (let index = 0; index < clients.length; index++) {
      const own = nextOfClients(clients[index]);
      if (own >= time) continue;
      time = own;
      rank = ARRIVAL;
      sender = clients[index];
    }
    if (time > until || (rank === ARRIVAL && time >= until)) return;
    if (sender !== null) actClients(group, sender, time);
    else happen(planes[first], rank, time);
    settleCalls(group, time);
  }
}

function happen(plane: Plane, rank: number, time: number): void {
  elapse(plane, time);
  if (rank === DEPARTURE) depart(plane, time);
  else if (rank === DEADLINE) giveUp(plane);
  else arriveFromLoad(plane);
}

function nextArrival({ arrivals, links }: Plane): number {
  if (arrivals.next < arrivals.end) return arrivals.time[arrivals.next];
  if ((links as Links).isDry) return Number.POSITIVE_INFINITY;
  arrivals.refill(arrivals);
  if (arrivals.next < arrivals.end) return arrivals.time[arrivals.next];
  (links as Links).isDry = true;
  return Number.POSITIVE_INFINITY;
}

function depart(plane: Plane, time: number): void {
  const links = plane.links as Links;
  const slot = takeDeparture(plane);
  if (slot === NONE) return;
  if (links.steps.length > 0) beginCalls(plane, links, slot, time);
  else finish(plane, slot, time);
}

function arriveFromLoad(plane: Plane): void {
  const links = plane.links as Links;
  const { counts } = links.fromLoads;
  counts[OFFERED] += 1;
  const row = arriveWatched(plane, plane.arrivals, plane.arrivals.next++);
  if (row === REFUSED) counts[REJECTED] += 1;
  else if (row === UNANSWERED) counts[FAILED] += 1;
  else attach(plane, links, row, LOAD, NONE, null);
}
