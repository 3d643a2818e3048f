/** What happened to one request, in words: how it got its slot, then how it ended. */
import type { RequestTrace, StrategyResult } from '../../outcome.ts';
import type { Locale } from '../format.ts';
import { label, renderMessage } from '../messages/index.ts';
import type { ExplainContext } from './decision.ts';
import { preciseMomentText } from './moments.ts';

export interface ExplainedRequest {
  /** Of its arrival: "08:00:03.120". */
  readonly time: string;
  /** "Late" */
  readonly outcome: string;
  /** "waited 1.9 s for a slot of pod 12, served in 60 ms, answered after 1.96 s" */
  readonly text: string;
}

export function explainRequest(
  trace: RequestTrace,
  kind: StrategyResult['kind'],
  { locale, clock }: ExplainContext,
): ExplainedRequest {
  return {
    time: preciseMomentText(trace.arrival, clock),
    outcome: label(`class.${trace.outcome}`, locale),
    text: story(trace, hostText(trace, kind, locale), locale),
  };
}

function hostText({ pod }: RequestTrace, kind: string, locale: Locale): string {
  if (pod === null) return label('request.service', locale);
  // As text: it is a name, without thousands separators.
  const number = String(pod);
  return label(kind === 'kubernetes' ? 'request.pod' : 'request.vm', locale, { number });
}

function story(trace: RequestTrace, host: string, locale: Locale): string {
  const { wait, started, service, latency, outcome } = trace;
  if (wait === null) return label('request.refused', locale);
  const params = {
    host,
    wait,
    service,
    latency: latency ?? 0,
    held: latency === null ? 0 : latency - wait,
  };
  const say = (key: string) => renderMessage({ key: `request.${key}`, params }, locale, '');
  if (!started) return say('queued') + say(`queued.${outcome}`);
  const begin = say(wait === 0 ? 'at-once' : 'waited');
  if (outcome !== 'served' && outcome !== 'late') return begin + say(`started.${outcome}`);
  if (params.held !== service) return begin + say('answered-held');
  return begin + say(wait === 0 ? 'answered' : 'answered-later');
}
