/** The report formats by name: the registry from which `--report` and its documentation derive. */
import { csv } from './csv.ts';
import type { ReportFormat } from './format-contract.ts';
import { html } from './html/index.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';

export type { ReportFormat, ReportOptions } from './format-contract.ts';

export const REPORTS = { html, markdown, csv, json } as const satisfies Record<
  string,
  ReportFormat
>;

export type ReportName = keyof typeof REPORTS;
