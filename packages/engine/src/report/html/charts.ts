/** Charts: an empty figure for each, and the JSON from which the script draws them. */
import type { ChartSpec } from '../charts/index.ts';
import { currencySign } from '../format.ts';
import { html, type Markup, scriptJson } from './markup.ts';
import { type Page, say, word } from './page.ts';

export function chartsSection(page: Page, charts: readonly ChartSpec[]): Markup {
  const replication = page.comparison.strategies[0].outcomes[0].replication;
  const figures = charts.map(
    ({
      id,
      title,
    }) => html`<figure id="chart-${id}"><figcaption><span>${title}</span><output></output></figcaption>
<ul class="legend"></ul><div class="plot"><canvas role="img" aria-label="${title}"></canvas></div></figure>
`,
  );
  return html`<section><h2>${word(page, 'charts')}</h2>
<p class="about">${say(page, { key: 'report.charts.about', params: { replication } })}</p>
<div class="charts" tabindex="0" role="group" aria-label="${word(page, 'charts')}">${figures}</div></section>
`;
}

export function chartData(page: Page, charts: readonly ChartSpec[]): Markup {
  const { clock, currency } = page.comparison.scenario;
  const data = {
    charts: charts.map(({ id, unit, config }) => ({ id, unit, config })),
    // Seconds of the wall clock at the start of the scenario.
    clock: clock.start / 1_000_000 + clock.utcOffset * 60,
    words: {
      percent: page.locale === 'zh-CN' ? '%' : ' %',
      second: page.locale === 'zh-CN' ? '秒' : 's',
      currency: currencySign(currency),
    },
  };
  return html`<script type="application/json" id="chart-data">${scriptJson(data)}</script>
`;
}
