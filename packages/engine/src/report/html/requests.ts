/** What happened to some requests: of every strategy a few of its sample. */
import type { RequestFate, StrategyResult } from '../../outcome.ts';
import { explainRequest } from '../explain/request.ts';
import {
  chooseRequests,
  fateLines,
  REQUESTS_SHOWN,
  requestsOf,
} from '../explain/request-choice.ts';
import { html, type Markup, NOTHING, unbroken } from './markup.ts';
import { type Page, strategyHead, word } from './page.ts';

const KINDS: Readonly<Record<RequestFate, string>> = {
  served: 'ok',
  late: 'maybe',
  timedOut: 'fail',
  rejected: 'fail',
  shed: 'fail',
  failed: 'fail',
  inFlight: '',
};

export function requestsSection(page: Page): Markup {
  const blocks = page.comparison.strategies
    .map((strategy) => requestList(page, strategy))
    .filter((block) => block !== NOTHING);
  if (blocks.length === 0) return NOTHING;
  return html`<section><h2>${word(page, 'requests')}</h2>
<p class="about">${word(page, 'requests.about')}</p>${blocks}</section>
`;
}

function requestList(page: Page, strategy: StrategyResult): Markup {
  const { locale, comparison } = page;
  const all = requestsOf(strategy);
  if (all.length === 0) return NOTHING;
  const named = Object.keys(strategy.requests).length > 1;
  const context = { locale, clock: comparison.scenario.clock };
  const rows = chooseRequests(all, REQUESTS_SHOWN).map(({ service, trace }) => {
    const { time, outcome, text } = explainRequest(trace, strategy.kind, context);
    const where = named ? html`<b>${service}</b>: ` : NOTHING;
    return html`<li><b>${time}</b><span class="${KINDS[trace.outcome]}">${outcome}</span><span>${where}${unbroken(text)}</span></li>
`;
  });
  const fates = fateLines(strategy.requests, locale).map((line) => html`<div>${line}</div>`);
  return html`<h3>${strategyHead(page, strategy)}</h3><div class="about">${fates}</div>
<ul class="requests">${rows}</ul>
`;
}
