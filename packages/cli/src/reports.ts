/** Which report files a comparison gets, and their writing. The format follows from the ending. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Comparison, REPORTS, type ReportFormat } from '@peakless/engine';
import { writeFileAtomically } from '@peakless/runner';
import { UsageError } from './failure.ts';
import type { Locale } from './locale.ts';
import type { SimulationOptions } from './options.ts';

const DEFAULT_FOLDER = 'reports';

/** Refuses what cannot be written before anything is simulated. @throws UsageError */
export function checkReports({ report }: SimulationOptions, scenarios: number): void {
  for (const file of report || []) formatOf(file);
  if (report && report.length > 0 && scenarios > 1) {
    throw new UsageError(
      '--report names one file, but there are several scenarios; use --report-dir',
    );
  }
}

/** One path per scenario name and format; `byDefault`: when the user asked for none. */
export function reportPaths(
  name: string,
  options: SimulationOptions,
  byDefault: boolean,
): readonly string[] {
  if (options.report === false) return [];
  const paths = [...(options.report ?? [])];
  if (options.reportDir !== undefined) paths.push(join(options.reportDir, `${name}.html`));
  else if (paths.length === 0 && byDefault) paths.push(join(DEFAULT_FOLDER, `${name}.html`));
  return paths;
}

/** `command`: what repeats the comparison. @throws WriteError */
export function writeReports(
  comparison: Comparison,
  paths: readonly string[],
  locale: Locale,
  command: string,
): void {
  if (paths.length === 0) return;
  const options = { locale, command, chartScript: chartScript() };
  for (const path of paths) {
    const { render } = formatOf(path);
    writeFileAtomically(path, render(comparison, options));
  }
}

function formatOf(path: string): ReportFormat {
  const ending = extname(path).toLowerCase();
  const formats: readonly ReportFormat[] = Object.values(REPORTS);
  const format = formats.find(({ extension }) => ending === `.${extension}`);
  if (format !== undefined) return format;
  const allowed = formats.map(({ extension }) => `.${extension}`).join(', ');
  throw new UsageError(`--report ${path}: unknown format; the name must end in one of ${allowed}`);
}

/** The chart library that a report carries inside, so that it works offline. */
function chartScript(): string {
  const library = import.meta.resolve('chart.js');
  return readFileSync(new URL('./chart.umd.min.js', library), 'utf8');
}
