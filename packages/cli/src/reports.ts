/** Which report files a comparison gets, and their writing. The format follows from the ending. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Comparison, REPORTS, type ReportFormat } from '@peakless/engine';
import { WriteError, writeFileAtomically } from '@peakless/runner';
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

/** What came of writing: a report that cannot be written must not cost the result as well. */
export interface Written {
  readonly paths: readonly string[];
  readonly failures: readonly WriteError[];
}

/** `command`: what repeats the comparison. */
export function writeReports(
  comparison: Comparison,
  paths: readonly string[],
  locale: Locale,
  command: string,
): Written {
  if (paths.length === 0) return { paths, failures: [] };
  const options = { locale, command, chartScript: chartScript() };
  const written: string[] = [];
  const failures: WriteError[] = [];
  for (const path of paths) {
    const { render } = formatOf(path);
    const text = render(comparison, options);
    try {
      writeFileAtomically(path, text);
      written.push(path);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      failures.push(error);
    }
  }
  return { paths: written, failures };
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
