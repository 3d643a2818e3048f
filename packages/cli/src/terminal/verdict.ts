/** A comparison on a terminal: the verdict first, then the numbers it rests on. */
import {
  type Comparison,
  comparisonTable,
  formatDuration,
  formatInstant,
  formatMeasure,
  label,
  MEASURES,
  type Measure,
  type Message,
  renderContext,
  renderMessage,
  setupMessages,
  type ThresholdResult,
} from '@peakless/engine';
import type { ScenarioInput } from '../scenario-input.ts';
import type { Session } from '../session.ts';
import { measureTable } from './measure-table.ts';

export function printComparison(
  comparison: Comparison,
  { file, scenario }: ScenarioInput,
  session: Session,
): void {
  const { terminal, locale, words } = session;
  const { colors, result } = terminal;
  printWarnings(comparison, session);
  result(`${colors.bold(comparison.scenario.title[locale])}  ${colors.dim(file)}`);
  result(colors.dim(facts(comparison, session)));
  if (!comparison.complete) {
    const done = comparison.provenance.replications;
    result(colors.yellow(words.incomplete(done, scenario.replications)));
  }
  result(`\n${headline(comparison, session)}\n`);
  result(measureTable(comparisonTable(comparison, locale), session));
  printLegend(comparison, session);
  printSection(words.findings, comparison.verdict.findings, comparison, session);
  if (comparison.strategies.length === 1) {
    const notes = comparison.strategies.flatMap(setupMessages);
    printSection(label('report.provisioning', locale), notes, comparison, session);
  }
  printThresholds(comparison, session);
}

/** Where the reports are; to standard error, since the reports are the result, not their names. */
export function printReportPaths(
  comparison: Comparison,
  paths: readonly string[],
  { terminal, words }: Session,
): void {
  for (const path of paths) {
    terminal.note(comparison.complete ? words.report(path) : words.reportOf(path));
  }
}

function headline(comparison: Comparison, session: Session): string {
  const { colors } = session.terminal;
  const sentence = say(comparison.verdict.headline, comparison, session);
  const met = comparison.verdict.recommended !== null;
  const mark = met ? colors.green('✔') : colors.red('✘');
  return `${mark} ${colors.bold(session.words.verdict)}  ${colors.bold(sentence)}`;
}

function facts(comparison: Comparison, { locale, words }: Session): string {
  const { clock, priceBook, currency } = comparison.scenario;
  const { replications, seed } = comparison.provenance;
  return [
    `${formatInstant(0, clock)}, ${formatDuration(clock.duration, locale)}`,
    words.head(replications, seed),
    words.prices(priceBook.name, priceBook.asOf, currency),
  ].join(' · ');
}

function printLegend(comparison: Comparison, session: Session): void {
  const { strategies, provenance } = comparison;
  if (strategies.length === 1 || provenance.replications === 1) return;
  const { terminal, words } = session;
  terminal.result(terminal.colors.dim(words.legend(baselineTitle(comparison, session))));
}

function baselineTitle({ strategies, baseline }: Comparison, { locale }: Session): string {
  return strategies.find(({ name }) => name === baseline)?.title[locale] ?? baseline;
}

function printWarnings(comparison: Comparison, session: Session): void {
  const { terminal, words } = session;
  for (const warning of comparison.warnings) {
    const text = say(warning, comparison, session);
    terminal.note(`${terminal.noteColors.yellow(words.warning)} ${text}`);
  }
}

function printSection(
  title: string,
  messages: readonly Message[],
  comparison: Comparison,
  session: Session,
): void {
  if (messages.length === 0) return;
  const { colors, result } = session.terminal;
  result(`\n${colors.bold(title)}`);
  for (const message of messages) result(`  • ${say(message, comparison, session)}`);
}

function printThresholds(comparison: Comparison, session: Session): void {
  const { thresholds } = comparison;
  if (thresholds.length === 0) return;
  const { colors, result } = session.terminal;
  result(`\n${colors.bold(label('report.thresholds', session.locale))}`);
  for (const threshold of thresholds) result(`  ${thresholdLine(threshold, comparison, session)}`);
}

function thresholdLine(
  { measure, is, strategy, level, value, passed }: ThresholdResult,
  comparison: Comparison,
  { terminal, locale }: Session,
): string {
  const { colors } = terminal;
  const known = (MEASURES as Readonly<Record<string, Measure>>)[measure];
  const context = { locale, currency: comparison.scenario.currency };
  const shown =
    value === null || known === undefined
      ? label('report.undefined', locale)
      : formatMeasure(value, known.unit, context);
  const state = passed ? 'passed' : level === 'error' ? 'failed' : 'warned';
  const paint = { passed: colors.green, failed: colors.red, warned: colors.yellow }[state];
  const mark = { passed: '✔', failed: '✘', warned: '!' }[state];
  return `${paint(`${mark} ${label(`report.${state}`, locale)}`)}  ${strategy}: ${measure} ${is}  (${shown})`;
}

function say(message: Message, comparison: Comparison, { locale }: Session): string {
  return renderMessage(message, locale, renderContext(comparison, locale));
}
