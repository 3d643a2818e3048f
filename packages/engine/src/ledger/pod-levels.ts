/**
 * The lives of the pods → how many of them were in which state, when. Several changes within a row
 * of the series are one: a year of them stays as small as the series.
 */
import type { PodLevels } from '../outcome.ts';
import type { PodLife } from './ledger.ts';

type State = 'pending' | 'unbound' | 'starting' | 'ready' | 'draining';

const STATES: readonly State[] = ['pending', 'unbound', 'starting', 'ready', 'draining'];

/** Row → what changes at its end. */
type Changes = Map<number, Record<State, number>>;

/** By service, in the order of their first pods. Times µs. */
export function podLevels(
  lives: readonly PodLife[],
  step: number,
  horizon: number,
): Readonly<Record<string, PodLevels>> {
  const services = new Map<string, Changes>();
  for (const life of lives) {
    const changes = services.get(life.service) ?? new Map();
    services.set(life.service, changes);
    for (const [state, from, to] of phasesOf(life)) {
      change(changes, state, 1, from, step, horizon);
      change(changes, state, -1, to, step, horizon);
    }
  }
  return Object.fromEntries(
    [...services].map(([name, changes]) => [name, levels(changes, step, horizon)]),
  );
}

/** The states that a pod was in, [from, to); a state that it skipped has no length. */
function phasesOf(life: PodLife): readonly (readonly [State, number, number])[] {
  const gone = life.gone ?? Number.POSITIVE_INFINITY;
  const leaves = Math.min(life.draining ?? gone, gone);
  const reached = (stage: number | undefined) =>
    Math.min(stage ?? Number.POSITIVE_INFINITY, leaves);
  const [bound, started, routed] = [life.bound, life.started, life.routed].map(reached);
  return [
    ['pending', life.wanted, started],
    ['unbound', life.wanted, bound],
    ['starting', started, routed],
    ...served(life, routed, leaves),
    ['draining', leaves, gone],
  ];
}

/** Ready, but for the times in which its container was restarted or it was out of the endpoints. */
function served(
  { outages = [] }: PodLife,
  routed: number,
  leaves: number,
): (readonly [State, number, number])[] {
  const parts: (readonly [State, number, number])[] = [];
  let since = routed;
  for (const { from, to } of outages) {
    const begins = Math.min(from, leaves);
    const ends = Math.min(to ?? leaves, leaves);
    parts.push(['ready', since, begins], ['starting', begins, ends]);
    since = ends;
  }
  return [...parts, ['ready', since, leaves]];
}

function change(
  changes: Changes,
  state: State,
  by: number,
  at: number,
  step: number,
  horizon: number,
): void {
  if (at > horizon) return;
  const row = Math.max(0, Math.ceil(at / step));
  let entry = changes.get(row);
  if (entry === undefined) {
    entry = { pending: 0, unbound: 0, starting: 0, ready: 0, draining: 0 };
    changes.set(row, entry);
  }
  entry[state] += by;
}

function levels(changes: Changes, step: number, horizon: number): PodLevels {
  const columns: Record<State | 'at', number[]> = {
    at: [],
    pending: [],
    unbound: [],
    starting: [],
    ready: [],
    draining: [],
  };
  const level = { pending: 0, unbound: 0, starting: 0, ready: 0, draining: 0 };
  for (const [row, entry] of [...changes].sort(([a], [b]) => a - b)) {
    if (STATES.every((state) => entry[state] === 0)) continue;
    columns.at.push(Math.min(row * step, horizon));
    for (const state of STATES) {
      level[state] += entry[state];
      columns[state].push(level[state]);
    }
  }
  return columns;
}
