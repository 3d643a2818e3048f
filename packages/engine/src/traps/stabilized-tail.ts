/**
 * After a peak the downscale stabilization (5 minutes unless set) keeps the replicas of the largest
 * proposal of its window: paid for, though no metric asks for them any more.
 */
import type { DecisionRow, Message } from '../outcome.ts';
import { stabilizationWindows } from '../scaling/hpa-stabilize.ts';
import type { RunSubject } from './subject.ts';

/** Shorter holds, and a single replica, are the HPA's ordinary calm. */
const LEAST_HELD = 60_000_000;
const LEAST_KEPT = 2;

export function stabilizedTail(subject: RunSubject): Message | null {
  const { service, spec, controller, decisions, duration } = subject;
  let held = 0;
  let most = 0;
  decisions.forEach((row, i) => {
    const { at, from, to, run } = row;
    if (from < to || run == null || run.proposal === null) return;
    const kept = to - run.proposal[0];
    const syncs = stabilizedSyncs(row);
    if (kept < LEAST_KEPT || syncs === 0) return;
    const length = (decisions[i + 1]?.at ?? duration) - at;
    // Where several reasons alternate, each has its share of the syncs.
    held += Math.round((length * syncs) / run.syncs);
    most = Math.max(most, kept);
  });
  if (held < LEAST_HELD) return null;
  const window = stabilizationWindows(spec, controller).down;
  return { key: 'trap.stabilized-tail', params: { service, held, most, window } };
}

/** Syncs of the row that the window held above what the metrics asked for. */
function stabilizedSyncs({ reason, run }: DecisionRow): number {
  const reasons = run?.reasons ?? { [reason.key]: run?.syncs ?? 0 };
  return Object.entries(reasons)
    .filter(([key]) => /^hpa\.(scaled-down-)?stabilized(-value)?$/.test(key))
    .reduce((sum, [, syncs]) => sum + syncs, 0);
}
