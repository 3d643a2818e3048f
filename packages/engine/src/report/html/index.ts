/**
 * One self-contained HTML file that opens from a disk without any request: verdict first, then the
 * table, linked charts, and everything from which the numbers follow.
 *
 * Its content security policy allows exactly the style and the scripts that it was written with, by
 * their SHA-256; everything else (other scripts, images, requests, frames, forms) is refused, so
 * that even a hole in the escaping could not run anything.
 */
import type { Comparison } from '../../outcome.ts';
import { comparisonCharts, strategyColours } from '../charts/index.ts';
import { formatInstant } from '../format.ts';
import type { ReportFormat, ReportOptions } from '../format-contract.ts';
import { label } from '../messages/index.ts';
import { provenanceRows, repeatCommand } from '../sections.ts';
import { chartData, chartsSection } from './charts.ts';
import {
  classesSection,
  costsSection,
  decisionsSection,
  provisioningSection,
  thresholdsSection,
} from './facts.ts';
import { type Markup, html as markup, NOTHING } from './markup.ts';
import { measuresSection } from './measures.ts';
import { nodeDecisionsSection } from './node-decisions.ts';
import { type Page, pageOf, say, word } from './page.ts';
import { requestsSection } from './requests.ts';
import { SCRIPT } from './script.ts';
import { sha256Base64 } from './sha256.ts';
import { startupSection } from './startup.ts';
import { STYLE } from './style.ts';
import { findingsSection, verdictSection } from './verdict.ts';

export const html: ReportFormat = { extension: 'html', render };

function render(comparison: Comparison, options: ReportOptions): string {
  const { locale, chartScript } = options;
  const page = pageOf(comparison, locale);
  const charts = chartScript === undefined ? [] : comparisonCharts(comparison, locale);
  const scripts = chartScript === undefined ? [] : [inlineScript(chartScript), SCRIPT];
  const style = STYLE + colourRules(comparison);
  const title = label('report.title', locale, { title: comparison.scenario.title[locale] });
  const sections = [
    verdictSection(page),
    findingsSection(page),
    measuresSection(page),
    charts.length === 0 ? NOTHING : chartsSection(page, charts),
    startupSection(page),
    thresholdsSection(page),
    classesSection(page),
    costsSection(page),
    provisioningSection(page),
    decisionsSection(page),
    nodeDecisionsSection(page),
    requestsSection(page),
    warningsSection(page),
    provenanceSection(page, options),
  ];
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Peakless ${comparison.provenance.engineVersion}">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
${pageHead(page)}<main>
${sections}</main>
<footer>${label('report.footer', locale, { version: comparison.provenance.engineVersion })}</footer>
${charts.length === 0 ? NOTHING : chartData(page, charts)}${scripts.map(
  (script) => markup`<script>${{ markup: script }}</script>
`,
)}</body>
</html>
`.markup;
}

/** Line ends as the HTML parser leaves them, and no text that could end the element. */
function inlineScript(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--');
}

function policy(style: string, scripts: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts.length === 0 ? "'none'" : texts.map((text) => `'sha256-${sha256Base64(text)}'`).join(' ');
  return [
    "default-src 'none'",
    `style-src ${hashes([style])}`,
    `script-src ${hashes(scripts)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function colourRules({ strategies, baseline }: Comparison): string {
  const names = strategies.map(({ name }) => name);
  const colours = strategyColours(names, baseline);
  return names.map((name, i) => `.s${i} { background: ${colours.get(name)}; }\n`).join('');
}

function pageHead(page: Page): Markup {
  const { scenario } = page.comparison;
  const { clock, description, title } = scenario;
  const lede = description[page.locale];
  return markup`<header class="head"><p class="brand">Peakless</p>
<h1>${title[page.locale]}</h1>
${lede === '' ? NOTHING : markup`<p class="lede">${lede}</p>`}
<p class="when">${formatInstant(0, clock)} – ${formatInstant(clock.duration, clock)}</p></header>
`;
}

function warningsSection(page: Page): Markup {
  const { warnings } = page.comparison;
  if (warnings.length === 0) return NOTHING;
  const items = warnings.map((warning) => markup`<li>${say(page, warning)}</li>`);
  return markup`<section><h2>${word(page, 'warnings')}</h2><ul class="plain">${items}</ul></section>
`;
}

function provenanceSection(page: Page, { command }: ReportOptions): Markup {
  const rows = provenanceRows(page.comparison, page.locale).map(
    ([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`,
  );
  return markup`<section><h2>${word(page, 'provenance')}</h2><dl class="facts">${rows}</dl>
<h3>${word(page, 'repeat')}</h3><p class="about">${word(page, 'repeat.about')}</p>
<pre><code>${command ?? repeatCommand(page.comparison)}</code></pre></section>
`;
}
