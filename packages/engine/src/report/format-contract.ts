/** What every report format is: a pure function of a comparison. */
import type { Comparison } from '../outcome.ts';
import type { Locale } from './format.ts';

export interface ReportOptions {
  readonly locale: Locale;
  /** Text of Chart.js (UMD build), inlined by formats that draw; without it they draw nothing. */
  readonly chartScript?: string;
  /** The command that repeats the run, as the caller knows it; default: one with the seed. */
  readonly command?: string;
}

export interface ReportFormat {
  /** Of the file name, without the dot. */
  readonly extension: string;
  readonly render: (comparison: Comparison, options: ReportOptions) => string;
}
