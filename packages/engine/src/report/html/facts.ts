/** What lies under the verdict: provisioning, request classes, costs, thresholds, decisions. */
import type { DecisionRow, StrategyResult, ThresholdResult } from '../../outcome.ts';
import { setupMessages } from '../cpu-requests.ts';
import { type ExplainedLine, explainDecision, isTelling } from '../explain/decision.ts';
import { formatCount, formatMoney, formatPrice, formatShare } from '../format.ts';
import { label } from '../messages/index.ts';
import {
  CLASSES,
  type ClassName,
  itemLabel,
  meanCostItems,
  meanCounts,
  measureLabel,
  measureValue,
  thresholdResult,
} from '../sections.ts';
import { html, type Markup, NOTHING, unbroken } from './markup.ts';
import { type Page, say, strategyHead, word } from './page.ts';

export function provisioningSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .filter((strategy) => setupMessages(strategy).length > 0)
    .map(
      (strategy) => html`<h3>${strategyHead(page, strategy)}</h3><ul class="plain">${setupMessages(
        strategy,
      ).map((note) => html`<li>${say(page, note)}</li>`)}</ul>
`,
    );
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'provisioning')}</h2>${blocks}</section>
`;
}

export function classesSection(page: Page): Markup {
  const { strategies } = page.comparison;
  const counts = strategies.map(meanCounts);
  const cells = (name: ClassName | 'offered') =>
    counts.map((count, i) => {
      const share = count.offered === 0 ? 0 : count[name] / count.offered;
      const number = html`<span class="value">${formatCount(count[name])}</span>`;
      const bounds = html`<span class="bounds">${formatShare(share, page.locale)}</span>`;
      const { title } = page.table.columns[i];
      return html`<td role="cell" data-strategy="${title}"><span>${number}${bounds}</span></td>`;
    });
  const rows = CLASSES.map((name) => {
    const about = html`<small>${label(`class.${name}.about`, page.locale)}</small>`;
    const head = html`${label(`class.${name}`, page.locale)}${about}`;
    return html`<tr role="row"><th role="rowheader" scope="row">${head}</th>${cells(name)}</tr>
`;
  });
  const sum = html`<tr role="row" class="sum"><th role="rowheader" scope="row">${label(
    'class.offered',
    page.locale,
  )}</th>${cells('offered')}</tr>`;
  const heads = [
    html`${word(page, 'class')}`,
    ...strategies.map((strategy) => strategyHead(page, strategy)),
  ].map((head) => html`<th role="columnheader" scope="col">${head}</th>`);
  return html`<section><h2>${word(page, 'classes')}</h2>
<p class="about">${word(page, 'classes.about')}</p>
<div class="scroll"><table role="table" class="classes stack">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">${rows}${sum}</tbody></table></div></section>
`;
}

const COST_COLUMNS = ['strategy', 'item', 'type', 'plan', '#hours', '#per-hour', '#amount'];

export function costsSection(page: Page): Markup {
  const { priceBook, currency } = page.comparison.scenario;
  const rows = page.comparison.strategies.flatMap((strategy) =>
    meanCostItems(strategy).map((item) => [
      strategyHead(page, strategy),
      itemLabel(item.item, page.locale),
      item.type,
      item.plan,
      formatCount(item.hours),
      formatPrice(item.perHour, currency),
      formatMoney(item.amount, currency),
    ]),
  );
  const about = {
    key: 'report.costs.about',
    params: { book: priceBook.name, asOf: priceBook.asOf, source: priceBook.source },
  };
  return html`<section><h2>${word(page, 'costs')}</h2><p class="about">${say(page, about)}</p>
${plainTable(page, COST_COLUMNS, rows)}</section>
`;
}

export function thresholdsSection(page: Page): Markup {
  const { thresholds } = page.comparison;
  if (thresholds.length === 0) return NOTHING;
  const rows = thresholds.map((threshold) => thresholdCells(page, threshold));
  return html`<section><h2>${word(page, 'thresholds')}</h2>
${plainTable(page, ['measure', 'threshold', 'strategy', '#value', 'result'], rows)}</section>
`;
}

function thresholdCells(page: Page, threshold: ThresholdResult): readonly Cell[] {
  const { locale, comparison } = page;
  const kind = threshold.passed ? 'ok' : threshold.level === 'error' ? 'fail' : 'maybe';
  const strategy = comparison.strategies.find(({ name }) => name === threshold.strategy);
  return [
    measureLabel(threshold.measure, locale),
    threshold.is,
    strategy === undefined ? threshold.strategy : strategyHead(page, strategy),
    measureValue(threshold.measure, threshold.value, comparison, locale),
    html`<span class="${kind}">${label(thresholdResult(threshold), locale)}</span>`,
  ];
}

/** A day of decisions is too long to read: the rest is in the JSON report. */
export const DECISIONS_SHOWN = 500;

export function decisionsSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .map((strategy) => decisionList(page, strategy, strategy.decisions.filter(isTelling)))
    .filter((block) => block !== NOTHING);
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'decisions')}</h2>${blocks}</section>
`;
}

function decisionList(
  page: Page,
  { name, kind }: StrategyResult,
  decisions: readonly DecisionRow[],
): Markup {
  if (decisions.length === 0) return NOTHING;
  const context = { locale: page.locale, clock: page.comparison.scenario.clock };
  const rows = decisions.slice(0, DECISIONS_SHOWN).map((row) => {
    const { time, replicas, lines } = explainDecision(row, context);
    return [
      time,
      row.service,
      replicas,
      lines.length === 1 ? unbroken(lines[0].text) : wordsOf(lines),
    ];
  });
  const count = decisions.length;
  const summary = { key: 'report.decisions.count', params: { strategy: name, count } };
  const cut = { key: 'report.decisions.cut', params: { shown: DECISIONS_SHOWN, count } };
  const note = count > DECISIONS_SHOWN ? html`<p class="about">${say(page, cut)}</p>` : NOTHING;
  return html`<details><summary>${say(page, summary)}</summary>
${plainTable(page, ['time', 'service', kind === 'vm-group' ? '#vms' : '#replicas', 'reason'], rows)}${note}</details>
`;
}

function wordsOf(lines: readonly ExplainedLine[]): Markup {
  return html`${lines.map(({ label: name, text }) => html`<div><small>${name}</small> ${unbroken(text)}</div>`)}`;
}

type Cell = string | Markup;

/** Columns by the names of their words; a leading # aligns numbers to the right. */
export function plainTable(
  page: Page,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  const kinds = columns.map((name) => (name.startsWith('#') ? html` class="number"` : NOTHING));
  const heads = columns.map(
    (name, i) => html`<th scope="col"${kinds[i]}>${word(page, name.replace('#', ''))}</th>`,
  );
  const body = rows.map(
    (cells) => html`<tr>${cells.map((cell, i) => html`<td${kinds[i]}>${cell}</td>`)}</tr>
`,
  );
  return html`<div class="scroll"><table class="text">
<thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}
