/** One instant of a run: the decision in force, what the pods do, when the next ones are ready. */
import type { DecisionRow, PodLevels } from '../../outcome.ts';
import { formatCount } from '../format.ts';
import { label } from '../messages/index.ts';
import type { ExplainContext } from './decision.ts';
import { momentText } from './moments.ts';

export interface PodsThen {
  readonly pending: number;
  readonly unbound: number;
  readonly starting: number;
  readonly ready: number;
  readonly draining: number;
  /** The next time that more pods are ready, µs; null = not within the run. */
  readonly next: { readonly at: number; readonly added: number; readonly ready: number } | null;
}

/** The newest decision about the service at the instant; undefined before the first. */
export function decisionInForce(
  decisions: readonly DecisionRow[],
  service: string,
  at: number,
): DecisionRow | undefined {
  return decisions.findLast((row) => row.service === service && row.at <= at);
}

/** The decisions that were made or in force in [from, to]. */
export function decisionsBetween(
  decisions: readonly DecisionRow[],
  from: number,
  to: number,
): readonly DecisionRow[] {
  return decisions.filter((row) => row.at <= to && (row.run?.until ?? row.at) >= from);
}

export function podsThen(levels: PodLevels, at: number): PodsThen {
  const row = levels.at.findLastIndex((time) => time <= at);
  const level = (column: readonly number[]) => column[row] ?? 0;
  const ready = level(levels.ready);
  return {
    pending: level(levels.pending),
    unbound: level(levels.unbound),
    starting: level(levels.starting),
    ready,
    draining: level(levels.draining),
    next: nextReady(levels, row),
  };
}

function nextReady({ at, ready }: PodLevels, row: number): PodsThen['next'] {
  for (let next = row + 1; next < at.length; next++) {
    const added = ready[next] - (ready[next - 1] ?? 0);
    if (added > 0) return { at: at[next], added, ready: ready[next] };
  }
  return null;
}

/** "6 ready, 4 pending (3 without a node); at 08:01:10 there are 4 more: 10." */
export function podsThenText(pods: PodsThen, { locale, clock }: ExplainContext): string {
  const part = (name: 'ready' | 'starting' | 'pending' | 'draining') =>
    label(`explain.then.${name}`, locale, { n: formatCount(pods[name]) });
  const unbound =
    pods.unbound === 0
      ? ''
      : label('explain.then.unbound', locale, { n: formatCount(pods.unbound) });
  const parts = [part('ready'), part('starting'), `${part('pending')}${unbound}`];
  if (pods.draining > 0) parts.push(part('draining'));
  const { next } = pods;
  const after =
    next === null
      ? label('explain.then.no-more', locale)
      : label('explain.then.next', locale, {
          at: momentText(next.at, clock),
          added: formatCount(next.added),
          ready: formatCount(next.ready),
        });
  return `${parts.join(label('explain.and', locale))}${after}`;
}
