/** The verdict first: the choice, the sentence, its four figures, and what else matters. */
import type { MeasureName } from '../../measures.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { delta, type Page, say, word } from './page.ts';

export function verdictSection(page: Page): Markup {
  const { verdict } = page.comparison;
  const index = page.table.columns.findIndex(({ recommended }) => recommended);
  const title = index < 0 ? word(page, 'no-choice') : page.table.columns[index].title;
  const eyebrow = word(page, index < 0 ? 'verdict' : 'best-choice');
  return html`<section class="verdict${index < 0 ? ' none' : ''}">
<p class="eyebrow">${eyebrow}</p>
<h2 class="choice">${title}</h2>
<p class="headline">${say(page, verdict.headline)}</p>
${index < 0 ? NOTHING : figures(page, index)}
</section>
`;
}

const FIGURES = [
  'cost',
  'sloAttainment',
  'latencyP99',
  'utilization',
] as const satisfies readonly MeasureName[];

function figures(page: Page, column: number): Markup {
  const items = FIGURES.flatMap((measure) => {
    const row = page.table.rows.find((candidate) => candidate.measure === measure);
    if (row === undefined) return [];
    const cell = row.cells[column];
    return [
      html`<div><dt>${row.label}</dt><dd><span class="value">${cell.value}</span>${delta(page, cell)}</dd></div>`,
    ];
  });
  return html`<dl class="figures">${items}</dl>`;
}

/** What is lost or goes wrong; the rest says what things cost and take. */
const ALERTS = /^finding\.(?!usage|spare-room|images$|vm-launches|vm-pool)/;

export function findingsSection(page: Page): Markup {
  const { findings } = page.comparison.verdict;
  if (findings.length === 0) return NOTHING;
  const items = findings.map((finding) => {
    const kind = ALERTS.test(finding.key) ? ' class="alert"' : '';
    return html`<li${{ markup: kind }}>${say(page, finding)}</li>`;
  });
  return html`<section><h2>${word(page, 'findings')}</h2><ul class="findings">${items}</ul></section>
`;
}
