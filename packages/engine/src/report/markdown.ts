/**
 * GitHub-flavoured Markdown for pull requests and wikis: verdict, table, findings, paid items,
 * provenance. Text from scenario files is escaped: it can be neither markup nor a cell border.
 */
import type { Comparison, Message } from '../outcome.ts';
import { setupMessages } from './cpu-requests.ts';
import { explainRequest } from './explain/request.ts';
import { chooseRequests, fateLines, REQUESTS_SHOWN, requestsOf } from './explain/request-choice.ts';
import { formatCount, formatMoney, formatPrice, formatShare, type Locale } from './format.ts';
import type { ReportFormat, ReportOptions } from './format-contract.ts';
import { label, type RenderContext, renderContext, renderMessage } from './messages/index.ts';
import {
  CLASSES,
  type ClassName,
  itemLabel,
  meanCostItems,
  meanCounts,
  measureLabel,
  measureValue,
  provenanceRows,
  repeatCommand,
  tableNote,
  thresholdResult,
} from './sections.ts';
import { startupTables } from './startup.ts';
import { comparisonTable, type Mark, type TableCell } from './table.ts';

export const markdown: ReportFormat = { extension: 'md', render };

interface Page {
  readonly comparison: Comparison;
  readonly locale: Locale;
  readonly context: Required<RenderContext>;
}

function render(comparison: Comparison, { locale, command }: ReportOptions): string {
  const page = { comparison, locale, context: renderContext(comparison, locale) };
  const say = (message: Message) => escapeMarkdown(renderMessage(message, locale, page.context));
  const { verdict, scenario, warnings } = comparison;
  const blocks = [
    `# ${escapeMarkdown(scenario.title[locale])}`,
    escapeMarkdown(scenario.description[locale]),
    `> **${label('report.verdict', locale)}:** ${say(verdict.headline)}`,
    verdict.findings.map((finding) => `- ${say(finding)}`).join('\n'),
    heading('report.comparison', locale),
    measureTable(page),
    say(tableNote(comparison)),
    ...thresholds(page),
    ...startup(page),
    heading('report.classes', locale),
    classTable(page),
    heading('report.provisioning', locale),
    provisioning(page),
    heading('report.costs', locale),
    costTable(page),
    ...requests(page),
    ...(warnings.length === 0
      ? []
      : [heading('report.warnings', locale), warnings.map((w) => `- ${say(w)}`).join('\n')]),
    heading('report.provenance', locale),
    provenanceRows(comparison, locale)
      .map(([name, text]) => `- ${name}: ${escapeMarkdown(text)}`)
      .join('\n'),
    heading('report.repeat', locale),
    codeBlock(command ?? repeatCommand(comparison)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function heading(key: string, locale: Locale): string {
  return `## ${label(key, locale)}`;
}

function measureTable({ comparison, locale }: Page): string {
  const table = comparisonTable(comparison, locale);
  const titles = table.columns.map((column) => {
    const roles = [
      ...(column.baseline ? [label('report.baseline', locale)] : []),
      ...(column.recommended ? [`**${label('report.recommended', locale)}**`] : []),
    ];
    const title = escapeMarkdown(column.title);
    return roles.length === 0 ? title : `${title} (${roles.join(', ')})`;
  });
  const rows = table.rows.map((row) => [row.label, ...row.cells.map(cellText)]);
  return grid([[label('report.measure', locale), ...titles], ...rows]);
}

const ARROW: Readonly<Record<Mark, string>> = { better: '✓', worse: '✗', changed: '', same: '' };

function cellText(cell: TableCell): string {
  const bounds = cell.bounds === null ? '' : ` ${cell.bounds}`;
  if (cell.difference === null || cell.mark === null) return escapeMarkdown(cell.value + bounds);
  // A difference within the noise carries no mark.
  const noise = cell.significant === false && cell.mark !== 'same';
  const mark = noise ? '≈' : ARROW[cell.mark];
  const difference = [cell.difference, mark].filter((part) => part !== '').join(' ');
  return escapeMarkdown(`${cell.value}${bounds} · ${difference}`);
}

function classTable({ comparison, locale }: Page): string {
  const counts = comparison.strategies.map(meanCounts);
  const row = (name: ClassName | 'offered') => [
    label(`class.${name}`, locale),
    ...counts.map((count) => {
      const share = count.offered === 0 ? 0 : count[name] / count.offered;
      return escapeMarkdown(`${formatCount(count[name])} (${formatShare(share, locale)})`);
    }),
  ];
  return grid([
    [label('report.class', locale), ...titlesOf(comparison, locale)],
    ...[...CLASSES, 'offered' as const].map(row),
  ]);
}

/** Empty if nothing was added while the run lasted. */
function startup({ comparison, locale, context }: Page): readonly string[] {
  const tables = startupTables(comparison, locale);
  if (tables.length === 0) return [];
  const blocks = tables.flatMap(({ columns, rows }) => [
    grid([
      [
        label('report.stage', locale),
        ...columns.map(({ strategy }) => escapeMarkdown(strategy.title[locale])),
      ],
      ...rows.map(({ label: name, cells }) => [
        name,
        ...cells.map((cell) => (cell === null ? '–' : `${cell.median} · p95 ${cell.p95}`)),
      ]),
    ]),
    columns
      .map(({ strategy, sentence }) => {
        const text = escapeMarkdown(renderMessage(sentence, locale, context));
        return `- **${escapeMarkdown(strategy.title[locale])}**: ${text}`;
      })
      .join('\n'),
  ]);
  return [heading('report.startup', locale), label('report.startup.about', locale), ...blocks];
}

function costTable({ comparison, locale }: Page): string {
  const { currency } = comparison.scenario;
  const rows = comparison.strategies.flatMap((strategy) =>
    meanCostItems(strategy).map((item) => [
      escapeMarkdown(strategy.title[locale]),
      escapeMarkdown(itemLabel(item.item, locale)),
      escapeMarkdown(item.type),
      escapeMarkdown(item.plan),
      formatCount(item.hours),
      escapeMarkdown(formatPrice(item.perHour, currency)),
      escapeMarkdown(formatMoney(item.amount, currency)),
    ]),
  );
  const head = ['strategy', 'item', 'type', 'plan', 'hours', 'per-hour', 'amount'];
  return grid([head.map((name) => label(`report.${name}`, locale)), ...rows]);
}

function provisioning({ comparison, locale, context }: Page): string {
  return comparison.strategies
    .flatMap((strategy) => {
      const title = escapeMarkdown(strategy.title[locale]);
      return setupMessages(strategy).map(
        (note) => `- **${title}**: ${escapeMarkdown(renderMessage(note, locale, context))}`,
      );
    })
    .join('\n');
}

/** Empty if there were no requests. */
function requests({ comparison, locale }: Page): readonly string[] {
  const context = { locale, clock: comparison.scenario.clock };
  const blocks = comparison.strategies.flatMap((strategy) => {
    const all = requestsOf(strategy);
    if (all.length === 0) return [];
    const named = Object.keys(strategy.requests).length > 1;
    const lines = chooseRequests(all, REQUESTS_SHOWN).map(({ service, trace }) => {
      const { time, outcome, text } = explainRequest(trace, strategy.kind, context);
      const where = named ? ` ${escapeMarkdown(service)}` : '';
      return `- ${time}${where} **${escapeMarkdown(outcome)}**: ${escapeMarkdown(text)}`;
    });
    const fates = fateLines(strategy.requests, locale).map(escapeMarkdown);
    return [`### ${escapeMarkdown(strategy.title[locale])}`, fates.join('\\\n'), lines.join('\n')];
  });
  if (blocks.length === 0) return [];
  return [heading('report.requests', locale), label('report.requests.about', locale), ...blocks];
}

function thresholds({ comparison, locale, context }: Page): readonly string[] {
  if (comparison.thresholds.length === 0) return [];
  const rows = comparison.thresholds.map((threshold) => [
    escapeMarkdown(measureLabel(threshold.measure, locale)),
    escapeMarkdown(threshold.is),
    escapeMarkdown(context.titles.get(threshold.strategy) ?? threshold.strategy),
    escapeMarkdown(measureValue(threshold.measure, threshold.value, comparison, locale)),
    label(thresholdResult(threshold), locale),
  ]);
  const head = ['measure', 'threshold', 'strategy', 'value', 'result'];
  return [
    heading('report.thresholds', locale),
    grid([head.map((name) => label(`report.${name}`, locale)), ...rows]),
  ];
}

function titlesOf(comparison: Comparison, locale: Locale): readonly string[] {
  return comparison.strategies.map(({ title }) => escapeMarkdown(title[locale]));
}

/** First row = head; all columns but the first are right-aligned. */
function grid([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_{}[<>|#~$]/g, '\\$&')
    .replace(/^[-+]/, '\\$&');
}

/** A fence longer than any run of backticks inside. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
