/** Strategies side by side: the deciding measures at once, all of them on demand. */
import { tableNote } from '../sections.ts';
import type { TableCell, TableRow } from '../table.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { delta, type Page, say, strategyHead, word } from './page.ts';

export function measuresSection(page: Page): Markup {
  const { rows } = page.table;
  return html`<section><h2>${word(page, 'comparison')}</h2>
<p class="about">${say(page, tableNote(page.comparison))}</p>
${measureTable(
  page,
  rows.filter(({ essential }) => essential),
)}
<details><summary>${word(page, 'all-measures')}</summary>
${measureTable(
  page,
  rows.filter(({ essential }) => !essential),
)}</details></section>
`;
}

// The roles keep it a table for screen readers where a narrow screen stacks the cells.
function measureTable(page: Page, rows: readonly TableRow[]): Markup {
  const heads = page.table.columns.map((column, i) => {
    const tags = [
      ...(column.recommended
        ? [html`<span class="tag choice-tag">${word(page, 'recommended')}</span>`]
        : []),
      ...(column.baseline ? [html`<span class="tag">${word(page, 'baseline')}</span>`] : []),
    ];
    const head = strategyHead(page, page.comparison.strategies[i]);
    return html`<th role="columnheader" scope="col"${pick(page, i)}>${head}${tags}</th>`;
  });
  const body = rows.map(
    (
      row,
    ) => html`<tr role="row"><th role="rowheader" scope="row">${row.label}<small>${row.about}</small></th>${row.cells.map(
      (cell, i) => measureCell(page, cell, i),
    )}</tr>
`,
  );
  return html`<div class="scroll"><table role="table" class="measures stack"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${word(page, 'measure')}</th>${heads}</tr></thead>
<tbody role="rowgroup">${body}</tbody></table></div>`;
}

function pick(page: Page, column: number, more = ''): Markup {
  const classes = [
    ...(page.table.columns[column].recommended ? ['pick'] : []),
    ...(more === '' ? [] : [more]),
  ];
  return classes.length === 0 ? NOTHING : html` class="${classes.join(' ')}"`;
}

function measureCell(page: Page, cell: TableCell, column: number): Markup {
  const bounds = cell.bounds === null ? NOTHING : html`<span class="bounds">${cell.bounds}</span>`;
  const kind = pick(page, column, cell.defined ? '' : 'absent');
  const { title } = page.table.columns[column];
  return html`<td role="cell"${kind} data-strategy="${title}"><span><span class="value">${cell.value}</span>${bounds}${delta(page, cell)}</span></td>`;
}
