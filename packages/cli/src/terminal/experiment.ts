/** Experiments on a terminal: the list of them, and a prediction beside what was observed. */
import {
  type Experiment,
  type Prediction,
  quantityRows,
  ROW_WORDS,
  seriesTables,
  type Unreplayed,
  verdictCounts,
} from '@peakless/engine';
import Table from 'cli-table3';
import type { Session } from '../session.ts';
import { wrap } from './text-width.ts';

const TEXT_WIDTH = 96;
const LABEL_WIDTH = 34;
const SERIES_WIDTH = 24;

export function listExperiments(
  experiments: readonly Experiment[],
  unreplayed: readonly Unreplayed[],
  { json }: { readonly json?: boolean },
  { terminal, locale, words }: Session,
): void {
  if (json) {
    const listed = experiments.map(({ id, title, source, scenario }) => ({
      id,
      title,
      source,
      scenario,
    }));
    const format = 'peakless-experiments/1';
    terminal.result(JSON.stringify({ format, experiments: listed, unreplayed }));
    return;
  }
  for (const { id, title, source } of experiments) {
    terminal.result(`${terminal.colors.bold(id)}  ${title[locale]}`);
    terminal.result(terminal.colors.dim(`  ${source}`));
  }
  for (const { id, why } of unreplayed) {
    terminal.result(`${terminal.colors.dim(id)}  ${words.notReplayed}`);
    terminal.result(terminal.colors.dim(indented(why[locale])));
  }
  terminal.note(`\n${words.next} peakless experiment ${experiments[0]?.id}`);
}

export function printExperiment(
  experiment: Experiment,
  prediction: Prediction,
  { terminal, locale, words }: Session,
): void {
  const { colors } = terminal;
  terminal.result(colors.bold(experiment.title[locale]));
  terminal.result(colors.dim(experiment.source));
  terminal.result(`${indented(experiment.setup[locale])}\n`);
  const head = (key: 'quantity' | 'predicted' | 'range' | 'observed' | 'tolerance' | 'verdict') =>
    ROW_WORDS[key][locale];
  const table = plainTable([
    head('quantity'),
    head('predicted'),
    head('range'),
    head('observed'),
    head('tolerance'),
    head('verdict'),
  ]);
  for (const row of quantityRows(prediction, locale)) {
    const { predicted, range, observed, tolerance, verdict, within } = row;
    const ink = within === null ? colors.dim : within ? colors.green : colors.red;
    const label = wrap(row.label, LABEL_WIDTH).join('\n');
    table.push([label, predicted, range, observed, tolerance, ink(verdict)]);
  }
  terminal.result(table.toString());
  for (const { head: heads, rows } of seriesTables(prediction, locale)) {
    terminal.result(`\n${words.series}`);
    const series = plainTable(heads.map((text) => wrap(text, SERIES_WIDTH).join('\n')));
    for (const row of rows) series.push([...row]);
    terminal.result(series.toString());
  }
  const { within, judged } = verdictCounts(prediction);
  terminal.result(`\n${words.withinTolerance(within, judged)}`);
  terminal.result(`${words.fitted} ${experiment.fitted[locale]}`);
  terminal.result(experiment.remarks[locale]);
  terminal.note(`${words.wholeSeries} peakless experiment ${experiment.id} --csv`);
}

function plainTable(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}

function indented(text: string): string {
  return wrap(text, TEXT_WIDTH)
    .map((line) => `  ${line}`)
    .join('\n');
}
