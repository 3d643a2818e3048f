/**
 * Why the KPA wants what it wants, as one message for people (texts: kpa-messages.ts). The first
 * rule that applies speaks: what held it up, else what limited it, else the average itself.
 */
import type { Message } from '../outcome.ts';
import type { KpaFacts, KpaProposal } from './kpa.ts';
import type { PeakWindow } from './kpa-peak-window.ts';
import type { KpaSpec } from './kpa-spec.ts';

export function noMetricReason(): Message {
  return { key: 'kpa.no-metric', params: {} };
}

export function noPodCountReason(): Message {
  return { key: 'kpa.no-pod-count', params: {} };
}

export function kpaReason(
  spec: KpaSpec,
  facts: KpaFacts,
  desired: number,
  delay: PeakWindow | null,
): Message {
  const { panicking, readyPods, stable, panic } = facts;
  // In panic the larger of both counts; at a tie the short window, which is why there is one.
  const decisive = panicking && panic.wanted >= stable.wanted ? panic : stable;
  return {
    key: keyOf(facts, decisive, desired),
    params: {
      // Text, so that no unit is put on it: it may be concurrent requests or requests per second.
      average: rounded(decisive.average),
      target: rounded(spec.target),
      asked: decisive.asked,
      ready: readyPods,
      undelayed: facts.undelayed,
      to: desired,
      window: delay === null ? 0 : delay.size * delay.granularity,
    },
  };
}

function keyOf(facts: KpaFacts, decisive: KpaProposal, desired: number): string {
  const { panicking, undelayed } = facts;
  const { asked, wanted, lifted } = decisive;
  if (desired !== undelayed) return 'kpa.delayed';
  if (panicking && undelayed > wanted) return 'kpa.panic-held';
  if (lifted) return 'kpa.activation';
  if (wanted < asked) return panicking ? 'kpa.panic-limited' : 'kpa.limited-up';
  if (panicking) return 'kpa.panic';
  if (wanted > asked) return 'kpa.limited-down';
  return desired === 0 ? 'kpa.idle' : 'kpa.stable';
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
