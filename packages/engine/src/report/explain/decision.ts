/**
 * A decision in words, line by line in the order in which it came about: what was seen, what the
 * metrics ask for, what the window and the limits make of it, what was done.
 */
import type {
  DecidingProposal,
  DecisionRow,
  DecisionRun,
  MetricReading,
  ScalingLimit,
  Span,
} from '../../outcome.ts';
import { formatCount, formatDuration, formatNumber, formatShare, type Locale } from '../format.ts';
import { label, renderMessage } from '../messages/index.ts';
import { type Moments, momentText } from './moments.ts';
import { spanText } from './spans.ts';

export interface ExplainContext {
  readonly locale: Locale;
  readonly clock: Moments;
}

export interface ExplainedDecision {
  /** "08:00:05", or "08:00:05 – 08:04:50" for a run. */
  readonly time: string;
  /** "6 → 10", or "6". */
  readonly replicas: string;
  /** "20 syncs"; empty for what is not a sync. */
  readonly syncs: string;
  readonly lines: readonly ExplainedLine[];
}

export interface ExplainedLine {
  readonly label: string;
  readonly text: string;
}

/** Holds that change nothing and hide nothing: the load is where it should be. */
const AT_REST: ReadonlySet<string> = new Set([
  'hpa.steady',
  'hpa.within-tolerance',
  'hpa.stabilized',
  'vm.steady',
  'vm.needed',
  'kpa.stable',
  'kpa.idle',
  'kpa.raised',
  'keda.active',
  'keda.idle',
]);

/** Changes the replicas, or holds them for a reason that a planner wants to know. */
export function isTelling({ from, to, reason, run }: DecisionRow): boolean {
  if (from !== to || run === undefined) return true;
  const keys = run.reasons === undefined ? [reason.key] : Object.keys(run.reasons);
  return keys.some((key) => !AT_REST.has(bareKey(key)));
}

/** Metrics that are not a utilization have sentences of their own. */
function bareKey(key: string): string {
  return key.replace(/-value$/, '');
}

export function explainDecision(row: DecisionRow, context: ExplainContext): ExplainedDecision {
  const { at, from, to, run } = row;
  const { locale, clock } = context;
  const begin = momentText(at, clock);
  const isLong = run !== undefined && run.until > at;
  return {
    time: isLong ? `${begin} – ${momentText(run.until, clock)}` : begin,
    replicas: from === to ? formatCount(to) : `${formatCount(from)} → ${formatCount(to)}`,
    syncs: run === undefined ? '' : label(looksOf(run), locale, { count: run.syncs }),
    lines: run === undefined ? [done(sentence(row, context), locale)] : linesOf(row, run, context),
  };
}

/** Alarms are evaluated, autoscalers of pods sync. */
function looksOf(run: DecisionRun): string {
  return isOfVms(run) ? 'explain.evaluations' : 'explain.syncs';
}

function isOfVms({ metrics }: DecisionRun): boolean {
  return metrics[0]?.basis === 'vms';
}

function linesOf(
  row: DecisionRow,
  run: DecisionRun,
  context: ExplainContext,
): readonly ExplainedLine[] {
  const { locale } = context;
  const line = (part: string, text: string) => ({ label: label(`explain.${part}`, locale), text });
  const lines = run.metrics.map((metric) => line('saw', sawText(metric, run, locale)));
  if (run.proposal !== null) lines.push(line('asked', askedText(row, run, run.proposal, locale)));
  if (run.window !== null) lines.push(line('window', windowText(run.window, context)));
  if (run.limit !== null) lines.push(line('limit', limitText(run.limit, row, locale)));
  return [...lines, done(doneText(row, run, context), locale)];
}

function done(text: string, locale: Locale): ExplainedLine {
  return { label: label('explain.done', locale), text };
}

function sentence({ reason }: DecisionRow, { locale, clock }: ExplainContext): string {
  return renderMessage(reason, locale, { currency: '', clock });
}

function sawText(metric: MetricReading, { metrics }: DecisionRun, locale: Locale): string {
  const { metric: name, kind, seen, age, error, proposal } = metric;
  if (seen === null) {
    return label(known(`explain.error.${error}`, 'explain.error.failed', locale), locale, {
      metric: name,
    });
  }
  const amount = (value: number) => {
    if (kind === 'utilization') return formatShare(value, locale);
    return name.endsWith('-percent') ? formatShare(value / 100, locale) : quantity(value);
  };
  const reading = label(`explain.saw.${kind}`, locale, {
    metric: name,
    seen: spanText(seen, amount),
    target: amount(metric.target),
  });
  // Whole seconds: the clocks behind it are no finer.
  const seconds = (value: number) => formatDuration(Math.round(value / 1e6) * 1e6, locale);
  const parts = [
    reading,
    age === null ? '' : label('explain.saw.age', locale, { age: spanText(age, seconds) }),
    // A metric of the whole service may ask about no pod.
    GROUPS.some((group) => metric[group][1] > 0)
      ? label('explain.saw.pods', locale, { pods: podsText(metric, locale) })
      : '',
    metrics.length > 1 && proposal !== null
      ? label('explain.saw.asks', locale, { proposal: spanText(proposal, formatCount) })
      : '',
  ];
  return parts.join('');
}

const GROUPS = ['ready', 'unready', 'missing', 'ignored'] as const;

/** The ready ones always, the others where there are any. */
function podsText(metric: MetricReading, locale: Locale): string {
  return GROUPS.filter((group) => group === 'ready' || metric[group][1] > 0)
    .map((group) =>
      label(`explain.pods.${group}`, locale, { n: spanText(metric[group], formatCount) }),
    )
    .join(label('explain.and', locale));
}

/** A number of the metric's own unit: three decimals where it is small. */
function quantity(value: number): string {
  const text = formatNumber(value, Math.abs(value) < 100 ? 3 : 0);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function askedText(
  { reason }: DecisionRow,
  run: DecisionRun,
  proposal: Span,
  locale: Locale,
): string {
  const { metrics, reasons } = run;
  const decisive = metrics.find(({ metric }) => metric === reason.params.metric);
  const isOne = reasons === undefined || isOfVms(run);
  const basis = isOne ? (decisive?.basis ?? 'ratio') : 'ratio';
  const key = known(`explain.asked.${basis}`, 'explain.asked.ratio', locale);
  return label(key, locale, { proposal: spanText(proposal, formatCount) });
}

function windowText(
  { direction, length, replicas, made }: DecidingProposal,
  { locale, clock }: ExplainContext,
): string {
  return label(`explain.window.${direction}`, locale, {
    window: formatDuration(length, locale),
    replicas: spanText(replicas, formatCount),
    made: spanText(made, (at) => momentText(at, clock)),
    leaves: momentText(made[1] + length, clock),
  });
}

function limitText({ kind, policy }: ScalingLimit, { to }: DecisionRow, locale: Locale): string {
  const name = policy === null ? kind : policy.type === 'Pods' ? 'pods' : 'percent';
  return label(`explain.limit.${name}`, locale, {
    to: formatCount(to),
    value: policy === null ? '' : formatCount(policy.value),
    period: policy === null ? '' : formatDuration(policy.period, locale),
  });
}

function doneText(row: DecisionRow, run: DecisionRun, context: ExplainContext): string {
  const { from, to } = row;
  const { locale } = context;
  if (run.proposal === null) return sentence(row, context);
  if (run.reasons !== undefined) {
    const reasons = Object.entries(run.reasons)
      .sort(([, a], [, b]) => b - a)
      .map(([key, syncs]) => `${formatCount(syncs)} × ${shortReason(key, locale)}`);
    const list = reasons.join(label('explain.and', locale));
    return label('explain.done.alternating', locale, { to: formatCount(to), reasons: list });
  }
  // What holds a group is in none of the lines above.
  if (to === from && isOfVms(run)) {
    const reasons = shortReason(row.reason.key, locale);
    return label('explain.done.alternating', locale, { to: formatCount(to), reasons });
  }
  const key = to > from ? 'up' : to < from ? 'down' : 'kept';
  return label(`explain.done.${key}`, locale, { from: formatCount(from), to: formatCount(to) });
}

function shortReason(key: string, locale: Locale): string {
  const name = bareKey(key).replace(/^hpa\./, '');
  return label(known(`explain.short.${name}`, 'explain.short.other', locale), locale);
}

/** The key, or the general one where the catalogue has no words for it. */
function known(key: string, general: string, locale: Locale): string {
  return label(key, locale) === key ? general : key;
}
