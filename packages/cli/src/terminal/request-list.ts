/** Requests in words: per service how they fared, then a line for each, in order of arrival. */
import {
  type Comparison,
  explainRequest,
  fateLines,
  label,
  type RequestFate,
  type RequestTrace,
  type StrategyResult,
  toCanonicalJson,
} from '@peakless/engine';
import type { Session } from '../session.ts';
import { textWidth, wrap } from './text-width.ts';

export interface RequestList {
  readonly comparison: Comparison;
  readonly strategy: StrategyResult;
  readonly services: readonly string[];
  /** Of arrivals, µs. */
  readonly period: { readonly from: number; readonly to: number };
}

const WIDTH = 110;

const COLOURS: Readonly<Record<RequestFate, 'green' | 'yellow' | 'red' | 'dim'>> = {
  served: 'green',
  late: 'yellow',
  timedOut: 'red',
  rejected: 'red',
  shed: 'red',
  failed: 'red',
  inFlight: 'dim',
};

export function printRequests(list: RequestList, session: Session): void {
  const { comparison, strategy, services } = list;
  const { terminal, locale, words } = session;
  const { colors, result } = terminal;
  const title = comparison.scenario.title[locale];
  result(`${colors.bold(title)}  ${colors.dim(words.requestsOf(strategy.title[locale]))}`);
  result(colors.dim(words.requestSample));
  for (const service of services) {
    const traces = strategy.requests[service] ?? [];
    const [head = `${service}: 0`] = fateLines({ [service]: traces }, locale);
    const shown = arrivedIn(traces, list);
    result(`\n${colors.bold(head)}`);
    for (const trace of shown) result(lines(trace, list, session));
    if (shown.length === 0) result(`  ${words.noRequests}`);
  }
}

function arrivedIn(
  traces: readonly RequestTrace[],
  { period: { from, to } }: RequestList,
): readonly RequestTrace[] {
  return traces.filter(({ arrival }) => arrival >= from && arrival <= to);
}

/** Time and outcome in columns, the text beside them. */
function lines(trace: RequestTrace, list: RequestList, { terminal, locale }: Session): string {
  const { colors, columns } = terminal;
  const { time, outcome, text } = wordsOf(trace, list, locale);
  const fates = Object.keys(COLOURS).map((fate) => textWidth(label(`class.${fate}`, locale)));
  const column = Math.max(...fates);
  const left = textWidth(time) + column + 6;
  const [first, ...rest] = wrap(text, Math.max(30, Math.min(WIDTH, columns) - left));
  const gap = ' '.repeat(column - textWidth(outcome));
  const head = `  ${time}  ${colors[COLOURS[trace.outcome]](outcome)}${gap}  ${first ?? ''}`;
  return [head, ...rest.map((line) => ' '.repeat(left) + line)].join('\n');
}

function wordsOf(
  trace: RequestTrace,
  { comparison, strategy }: RequestList,
  locale: Session['locale'],
) {
  return explainRequest(trace, strategy.kind, { locale, clock: comparison.scenario.clock });
}

/** The same for programs: traces as in a comparison, each with its words. */
export function requestsJson(list: RequestList, { locale }: Session): string {
  const { comparison, strategy, services, period } = list;
  const { scenario, provenance } = comparison;
  const requests = services.map((service) => [
    service,
    arrivedIn(strategy.requests[service] ?? [], list).map((trace) => ({
      ...trace,
      words: wordsOf(trace, list, locale),
    })),
  ]);
  return toCanonicalJson({
    format: 'peakless-requests/1',
    scenario: { name: scenario.name, clock: scenario.clock },
    seed: provenance.seed,
    strategy: strategy.name,
    period,
    requests: Object.fromEntries(requests),
  }).trimEnd();
}
