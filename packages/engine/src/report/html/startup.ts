/** Where the time to new capacity goes: a bar per strategy, and median and p95 of every stage. */
import { type StartupColumn, type StartupTable, startupTables } from '../startup.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { type Page, say, strategyHead, word } from './page.ts';

export function startupSection(page: Page): Markup {
  const tables = startupTables(page.comparison, page.locale);
  if (tables.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'startup')}</h2>
<p class="about">${word(page, 'startup.about')}</p>${tables.map((one) => table(page, one))}</section>
`;
}

function table(page: Page, { columns, rows }: StartupTable): Markup {
  const heads = columns.map(
    ({ strategy }) =>
      html`<th role="columnheader" scope="col">${strategyHead(page, strategy)}</th>`,
  );
  const body = rows.map(({ stage, label, cells }) => {
    const key = html`<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${stage}" width="10" height="10"/></svg>`;
    const mark = stage === 'total' || stage === 'nodes' ? NOTHING : key;
    const kind = stage === 'total' ? html` class="sum"` : NOTHING;
    const values = cells.map((cell, i) => {
      const title = columns[i].strategy.title[page.locale];
      const value =
        cell === null
          ? html`<span class="bounds">–</span>`
          : html`<span class="value">${cell.median}</span><span class="bounds">p95 ${cell.p95}</span>`;
      return html`<td role="cell" data-strategy="${title}"><span>${value}</span></td>`;
    });
    return html`<tr role="row"${kind}><th role="rowheader" scope="row">${mark}${label}</th>${values}</tr>
`;
  });
  return html`<div class="ways">${columns.map((column) => bar(page, column))}</div>
<div class="scroll"><table role="table" class="classes stack startup">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${word(page, 'stage')}</th>${heads}</tr></thead>
<tbody role="rowgroup">${body}</tbody></table></div>`;
}

// Attributes, not styles: the content security policy allows no inline style.
function bar(page: Page, { strategy, sentence, bar: parts }: StartupColumn): Markup {
  let x = 0;
  const rects = parts.map(({ stage, length }) => {
    const from = x;
    x += length * 100;
    return html`<rect class="${stage}" x="${from.toFixed(2)}%" width="${(length * 100).toFixed(2)}%" height="100%"/>`;
  });
  const drawing = html`<svg class="way" aria-hidden="true">${rects}</svg>`;
  const head = html`<h3>${strategyHead(page, strategy)}</h3>`;
  return html`${head}${parts.length === 0 ? NOTHING : drawing}<p class="about">${say(page, sentence)}</p>
`;
}
