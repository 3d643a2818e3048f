/** What lies under the verdict: provisioning, request classes, paid items, thresholds, decisions. */
import type { StrategyResult, ThresholdResult } from '../../outcome.ts';
import { formatClock, formatCount, formatMoney, formatPrice, formatShare } from '../format.ts';
import { label } from '../messages/index.ts';
import {
  CLASSES,
  itemLabel,
  meanCostItems,
  meanCounts,
  measureLabel,
  measureValue,
  thresholdResult,
} from '../sections.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { type Page, say, strategyHead, word } from './page.ts';

export function provisioningSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .filter(({ notes }) => notes.length > 0)
    .map(
      (
        strategy,
      ) => html`<h3>${strategyHead(page, strategy)}</h3><ul class="plain">${strategy.notes.map(
        (note) => html`<li>${say(page, note)}</li>`,
      )}</ul>
`,
    );
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'provisioning')}</h2>${blocks}</section>
`;
}

export function classesSection(page: Page): Markup {
  const { strategies } = page.comparison;
  const counts = strategies.map(meanCounts);
  const row = (name: (typeof CLASSES)[number] | 'offered', about: Markup, kind: Markup) =>
    html`<tr role="row"${kind}><th role="rowheader" scope="row">${label(`class.${name}`, page.locale)}${about}</th>${counts.map(
      (count, i) => {
        const share = count.offered === 0 ? 0 : count[name] / count.offered;
        const text = html`<span class="value">${formatCount(count[name])}</span><span class="bounds">${formatShare(share, page.locale)}</span>`;
        return html`<td role="cell" data-strategy="${page.table.columns[i].title}"><span>${text}</span></td>`;
      },
    )}</tr>
`;
  const rows = CLASSES.map((name) =>
    row(name, html`<small>${label(`class.${name}.about`, page.locale)}</small>`, NOTHING),
  );
  const heads = strategies.map(
    (strategy) => html`<th role="columnheader" scope="col">${strategyHead(page, strategy)}</th>`,
  );
  return html`<section><h2>${word(page, 'classes')}</h2>
<p class="about">${word(page, 'classes.about')}</p>
<div class="scroll"><table role="table" class="classes stack"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${word(page, 'class')}</th>${heads}</tr></thead>
<tbody role="rowgroup">${rows}${row('offered', NOTHING, html` class="sum"`)}</tbody></table></div></section>
`;
}

export function costsSection(page: Page): Markup {
  const { priceBook, currency } = page.comparison.scenario;
  const money = (amount: number) => formatMoney(amount, currency);
  const rows = page.comparison.strategies.flatMap((strategy) =>
    meanCostItems(strategy).map(
      (
        item,
      ) => html`<tr><td>${strategyHead(page, strategy)}</td><td>${itemLabel(item.item, page.locale)}</td><td>${item.type}</td><td>${item.plan}</td><td class="number">${formatCount(item.hours)}</td><td class="number">${formatPrice(item.perHour, currency)}</td><td class="number">${money(item.amount)}</td></tr>
`,
    ),
  );
  const about = {
    key: 'report.costs.about',
    params: { book: priceBook.name, asOf: priceBook.asOf, source: priceBook.source },
  };
  return html`<section><h2>${word(page, 'costs')}</h2><p class="about">${say(page, about)}</p>
${plainTable(page, ['strategy', 'item', 'type', 'plan', '#hours', '#per-hour', '#amount'], rows)}</section>
`;
}

export function thresholdsSection(page: Page): Markup {
  const { thresholds } = page.comparison;
  if (thresholds.length === 0) return NOTHING;
  const rows = thresholds.map((threshold) => thresholdRow(page, threshold));
  return html`<section><h2>${word(page, 'thresholds')}</h2>
${plainTable(page, ['measure', 'threshold', 'strategy', '#value', 'result'], rows)}</section>
`;
}

function thresholdRow(page: Page, threshold: ThresholdResult): Markup {
  const { locale, comparison } = page;
  const kind = threshold.passed ? 'ok' : threshold.level === 'error' ? 'fail' : 'maybe';
  const strategy = comparison.strategies.find(({ name }) => name === threshold.strategy);
  const head = strategy === undefined ? html`${threshold.strategy}` : strategyHead(page, strategy);
  const value = measureValue(threshold.measure, threshold.value, comparison, locale);
  return html`<tr><td>${measureLabel(threshold.measure, locale)}</td><td>${threshold.is}</td><td>${head}</td><td class="number">${value}</td><td class="${kind}">${label(thresholdResult(threshold), locale)}</td></tr>
`;
}

/** A day of decisions is too long to read: the rest is in the JSON report. */
const DECISIONS_SHOWN = 500;

export function decisionsSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .filter(({ decisions }) => decisions.length > 0)
    .map((strategy) => decisionList(page, strategy));
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'decisions')}</h2>${blocks}</section>
`;
}

function decisionList(page: Page, { name, decisions }: StrategyResult): Markup {
  const { clock } = page.comparison.scenario;
  const rows = decisions.slice(0, DECISIONS_SHOWN).map(
    ({
      at,
      service,
      from,
      to,
      reason,
    }) => html`<tr><td>${formatClock(at, clock)}</td><td>${service}</td><td class="number">${from} → ${to}</td><td>${say(page, reason)}</td></tr>
`,
  );
  const count = decisions.length;
  const summary = { key: 'report.decisions.count', params: { strategy: name, count } };
  const cut = { key: 'report.decisions.cut', params: { shown: DECISIONS_SHOWN, count } };
  const note = count > DECISIONS_SHOWN ? html`<p class="about">${say(page, cut)}</p>` : NOTHING;
  return html`<details><summary>${say(page, summary)}</summary>
${plainTable(page, ['time', 'service', '#replicas', 'reason'], rows)}${note}</details>
`;
}

/** Columns by the names of their words; a leading # aligns numbers to the right. */
function plainTable(page: Page, columns: readonly string[], rows: readonly Markup[]): Markup {
  const heads = columns.map((name) =>
    name.startsWith('#')
      ? html`<th scope="col" class="number">${word(page, name.slice(1))}</th>`
      : html`<th scope="col">${word(page, name)}</th>`,
  );
  return html`<div class="scroll"><table class="text"><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
