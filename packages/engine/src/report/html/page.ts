/** What the sections of the HTML report share. */
import type { Comparison, Message, StrategyResult } from '../../outcome.ts';
import type { Locale } from '../format.ts';
import { label, type RenderContext, renderContext, renderMessage } from '../messages/index.ts';
import { type ComparisonTable, comparisonTable, type TableCell } from '../table.ts';
import { html, type Markup, NOTHING, unbroken } from './markup.ts';

export interface Page {
  readonly comparison: Comparison;
  readonly locale: Locale;
  readonly context: Required<RenderContext>;
  readonly table: ComparisonTable;
}

export function pageOf(comparison: Comparison, locale: Locale): Page {
  const context = renderContext(comparison, locale);
  return { comparison, locale, context, table: comparisonTable(comparison, locale) };
}

/** A message as a sentence whose numbers stay with their units. */
export function say({ locale, context }: Page, message: Message): string {
  return unbroken(renderMessage(message, locale, context));
}

/** A word of the report: `report.<name>`. */
export function word({ locale }: Page, name: string): string {
  return label(`report.${name}`, locale);
}

/** The strategy's title behind its colour. */
export function strategyHead(page: Page, strategy: StrategyResult): Markup {
  const index = page.comparison.strategies.indexOf(strategy);
  return html`<span class="dot s${index}"></span>${strategy.title[page.locale]}`;
}

const ARROWS = {
  better: ['▲', '▼'],
  worse: ['▲', '▼'],
  changed: ['▲', '▼'],
  same: ['', ''],
} as const;

/** Difference to the baseline: direction as an arrow, judgement as a colour and in words. */
export function delta(page: Page, cell: TableCell): Markup {
  if (cell.difference === null || cell.mark === null) return NOTHING;
  const noise = cell.significant === false && cell.mark !== 'same';
  const meaning = word(page, noise ? 'noise' : cell.mark);
  const arrow = ARROWS[cell.mark][/^[+×]/.test(cell.difference) ? 0 : 1];
  const kind = noise ? 'noise' : cell.mark;
  const sign = noise ? '≈' : arrow;
  const text = `${sign} ${cell.difference}`.trim();
  return html`<span class="delta ${kind}" title="${meaning}">${text}<span class="unseen"> ${meaning}</span></span>`;
}
