/**
 * What the readable reports have in common: rows of request classes and of paid items as means over
 * the replications, provenance as labelled texts, and the command that repeats the run.
 */
import { MEASURES, type Measure, type MeasureName } from '../measures.ts';
import type {
  Comparison,
  CostItem,
  Counts,
  FlowNote,
  Message,
  StrategyResult,
} from '../outcome.ts';
import { formatInstant, formatMeasure, type Locale } from './format.ts';
import { label, renderMessage } from './messages/index.ts';

export const CLASSES = [
  'served',
  'late',
  'timedOut',
  'rejected',
  'shed',
  'failed',
  'inFlight',
] as const satisfies readonly (keyof Counts)[];

export type ClassName = (typeof CLASSES)[number];

/** Mean number of requests of each class over the replications of a strategy. */
export function meanCounts({ outcomes }: StrategyResult): Counts {
  const mean = (name: keyof Counts) =>
    outcomes.reduce((sum, { counts }) => sum + counts[name], 0) / outcomes.length;
  return {
    offered: mean('offered'),
    served: mean('served'),
    late: mean('late'),
    timedOut: mean('timedOut'),
    rejected: mean('rejected'),
    shed: mean('shed'),
    failed: mean('failed'),
    inFlight: mean('inFlight'),
  };
}

/** Paid items of a strategy in order of appearance, equal ones as a mean over replications. */
export function meanCostItems({ outcomes }: StrategyResult): readonly CostItem[] {
  const sums = new Map<string, CostItem>();
  for (const item of outcomes.flatMap(({ cost }) => cost.items)) {
    const key = JSON.stringify([item.item, item.type, item.plan, item.perHour]);
    const sum = sums.get(key);
    sums.set(key, {
      ...item,
      hours: item.hours + (sum?.hours ?? 0),
      amount: item.amount + (sum?.amount ?? 0),
    });
  }
  const n = outcomes.length;
  return [...sums.values()].map((sum) => ({
    ...sum,
    hours: sum.hours / n,
    amount: sum.amount / n,
  }));
}

/** `item` in words; one that the catalogue lacks is shown as it is. */
export function itemLabel(item: string, locale: Locale): string {
  const key = `item.${item}`;
  const text = label(key, locale);
  return text === key ? item : text;
}

/** How to read the table: its intervals, its baseline. */
export function tableNote({ provenance, baseline }: Comparison): Message {
  const { replications } = provenance;
  return {
    key: replications > 1 ? 'report.comparison.about' : 'report.comparison.once',
    params: { replications, baseline },
  };
}

/** Key of the word for a threshold’s result. */
export function thresholdResult({
  passed,
  level,
}: Pick<Comparison['thresholds'][number], 'passed' | 'level'>): string {
  if (passed) return 'report.passed';
  return level === 'error' ? 'report.failed' : 'report.warned';
}

export function measureLabel(name: string, locale: Locale): string {
  return Object.hasOwn(MEASURES, name) ? label(`measure.${name}.label`, locale) : name;
}

/** The value of a measure in its unit; null reads as undefined. */
export function measureValue(
  name: string,
  value: number | null,
  comparison: Comparison,
  locale: Locale,
): string {
  if (value === null || !Object.hasOwn(MEASURES, name)) return label('report.undefined', locale);
  const { unit }: Measure = MEASURES[name as MeasureName];
  return formatMeasure(value, unit, { locale, currency: comparison.scenario.currency });
}

/** Services that were simulated alike stand together. */
function flowTexts(flows: readonly FlowNote[], locale: Locale): string {
  const alike = new Map<string, string[]>();
  for (const { service, path, kernel, reason } of flows) {
    const how = label(`path.${path}`, locale, { kernel: kernel ?? '' });
    const why = reason === null ? '' : `, ${label(`path.${reason}`, locale)}`;
    alike.set(how + why, [...(alike.get(how + why) ?? []), service]);
  }
  return [...alike].map(([how, services]) => `${services.join(', ')}: ${how}`).join('; ');
}

/** Label and text of everything that identifies the result. */
export function provenanceRows(
  comparison: Comparison,
  locale: Locale,
): readonly (readonly [label: string, text: string])[] {
  const { scenario, provenance } = comparison;
  const { clock, objectives, priceBook } = scenario;
  const interrupted = comparison.complete ? '' : ` (${label('report.interrupted', locale)})`;
  const objective = renderMessage(
    { key: 'report.objective.value', params: objectives },
    locale,
    scenario.currency,
  );
  return [
    [label('report.scenario', locale), scenario.name],
    [
      label('report.clock', locale),
      `${formatInstant(0, clock)} – ${formatInstant(clock.duration, clock)}`,
    ],
    [label('report.objective', locale), objective],
    [label('report.seed', locale), provenance.seed],
    [label('report.replications', locale), `${provenance.replications}${interrupted}`],
    [
      label('report.prices', locale),
      label('report.prices.value', locale, { book: priceBook.name, asOf: priceBook.asOf }),
    ],
    [label('report.source', locale), priceBook.source],
    [label('report.version', locale), provenance.engineVersion],
    [label('report.model', locale), String(provenance.engineModel)],
    [label('report.path', locale), flowTexts(provenance.flows, locale)],
    [label('report.hash', locale), provenance.scenarioHash],
  ];
}

/** The command that repeats the run, with the seed quoted for a POSIX shell. */
export function repeatCommand({ scenario, provenance }: Comparison): string {
  const file = shellWord(`${scenario.name}.yaml`);
  const seed = shellWord(provenance.seed);
  return `peakless compare ${file} --seed ${seed} --replications ${provenance.replications}`;
}

function shellWord(text: string): string {
  return /^[\w.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
