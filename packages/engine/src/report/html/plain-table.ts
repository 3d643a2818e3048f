/** A table of texts. */
import { html, type Markup, NOTHING } from './markup.ts';
import { type Page, word } from './page.ts';

export type Cell = string | Markup;

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
