/**
 * What a decision of the KPA rests on, as the ledger keeps it: both windows, per ready pod, with
 * what each asks for; and its reason once bounds and the way to zero had their say.
 */

import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import type { Grounds, MetricGrounds } from '../ledger/decision-runs.ts';
import type { Message } from '../outcome.ts';
import type { KpaDecision, KpaProposal } from './kpa.ts';
import type { KpaScale } from './kpa-serving.ts';
import { type KpaSettings, type KpaSpec, panicWindow } from './kpa-spec.ts';

/** null = nothing was decided. */
export function kpaGrounds(
  settings: KpaSettings,
  spec: KpaSpec,
  { facts }: KpaDecision,
): Grounds | null {
  if (facts === null) return null;
  const pods = Math.max(1, facts.readyPods);
  const reading = (window: number, { average, asked }: KpaProposal): MetricGrounds => ({
    metric: `${settings.metric} (${window / MICROSECONDS_PER_SECOND} s)`,
    kind: 'value',
    target: spec.target,
    seen: average / pods,
    error: null,
    basis: 'ratio',
    proposal: asked,
    sampled: null,
    ready: facts.readyPods,
    unready: 0,
    missing: 0,
    ignored: 0,
  });
  return {
    metrics: [
      reading(settings.stableWindow, facts.stable),
      reading(panicWindow(settings), facts.panic),
    ],
    proposal: null,
    window: null,
    limit: null,
  };
}

/** The decision's own reason, unless something after it decides. */
export function servedReason(
  { desired, reason }: KpaDecision,
  { want, replicas }: KpaScale,
  { from, to, poked }: { readonly from: number; readonly to: number; readonly poked: boolean },
): Message {
  const params = { ...reason.params, from, to, decided: desired ?? 0 };
  if (poked && to > from) return { key: 'kpa.poked', params };
  if (want === 0 && from > 0) {
    return { key: replicas === 0 ? 'kpa.to-zero' : 'kpa.leaving', params };
  }
  if (desired === null || want === null) return reason;
  if (want > desired) return { key: 'kpa.raised', params };
  return want < desired ? { key: 'kpa.at-max', params } : reason;
}
