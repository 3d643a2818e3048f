/** Why nodes came or went: a folded list per strategy. */
import type { StrategyResult } from '../../outcome.ts';
import { explainNodes } from '../explain/nodes.ts';
import { DECISIONS_SHOWN, plainTable } from './facts.ts';
import { html, type Markup, NOTHING, unbroken } from './markup.ts';
import { type Page, say, word } from './page.ts';

export function nodeDecisionsSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .filter(({ nodeDecisions }) => nodeDecisions.length > 0)
    .map((strategy) => nodeList(page, strategy));
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'node-decisions')}</h2>${blocks}</section>
`;
}

function nodeList(page: Page, { name, nodeDecisions }: StrategyResult): Markup {
  const context = { locale: page.locale, clock: page.comparison.scenario.clock };
  const rows = nodeDecisions.slice(0, DECISIONS_SHOWN).map((row) => {
    const { time, pool, nodes, text } = explainNodes(row, context);
    return [time, pool, nodes, unbroken(text)];
  });
  const count = nodeDecisions.length;
  const summary = { key: 'report.decisions.count', params: { strategy: name, count } };
  const cut = { key: 'report.decisions.cut', params: { shown: DECISIONS_SHOWN, count } };
  const note = count > DECISIONS_SHOWN ? html`<p class="about">${say(page, cut)}</p>` : NOTHING;
  return html`<details><summary>${say(page, summary)}</summary>
${plainTable(page, ['time', 'pool', '#nodes', 'reason'], rows)}${note}</details>
`;
}
