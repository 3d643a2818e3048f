/** Scenarios → comparisons, one after another, with progress, reports and Ctrl-C. */
import type { Comparison } from '@peakless/engine';
import { InterruptedError, runComparison } from '@peakless/runner';
import { EXIT, type ExitCode } from './exit-code.ts';
import { explainFailure } from './failure.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { runOptions, type SimulationOptions } from './options.ts';
import { writeReports } from './reports.ts';
import type { ScenarioInput } from './scenario-input.ts';
import type { Session } from './session.ts';
import { openProgress } from './terminal/progress.ts';

export interface Job extends ScenarioInput {
  readonly reports: readonly string[];
  /** What repeats it, for its reports. */
  readonly command: string;
  /** What this command alone has to say about the result. */
  readonly annotate?: (comparison: Comparison) => Comparison;
}

/** Called for each comparison as soon as its reports are written; the job names those that are. */
export type Show = (job: Job, comparison: Comparison) => void;

export async function simulate(
  jobs: readonly Job[],
  options: SimulationOptions,
  session: Session,
  show: Show,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly exitCode: ExitCode }> {
  const { terminal, words } = session;
  const interrupt = listenForInterrupt(() => terminal.note(words.interrupted));
  const comparisons: Comparison[] = [];
  let unwritten = 0;
  for (const [index, job] of jobs.entries()) {
    if (interrupt.signal.aborted) {
      terminal.error(
        words.notStarted(
          jobs
            .slice(index)
            .map(({ file }) => file)
            .join(', '),
        ),
      );
      break;
    }
    const simulated = await simulateOne(job, options, session, interrupt);
    if (simulated === undefined) continue;
    const comparison = job.annotate?.(simulated) ?? simulated;
    comparisons.push(comparison);
    const { paths, failures } = writeReports(comparison, job.reports, session.locale, job.command);
    show({ ...job, reports: paths }, comparison);
    for (const failure of failures) terminal.error(explainFailure(failure).line);
    unwritten += failures.length;
  }
  interrupt.release();
  const code = unwritten > 0 ? EXIT.failure : thresholdCode(comparisons);
  return { comparisons, exitCode: interrupt.exitCode() ?? code };
}

async function simulateOne(
  job: Job,
  options: SimulationOptions,
  { terminal, words }: Session,
  { signal }: Interrupt,
): Promise<Comparison | undefined> {
  const { scenario, warnings } = job;
  const progress = openProgress(scenario.name, terminal, words);
  signal.addEventListener('abort', progress.end, { once: true });
  try {
    const comparison = await runComparison(scenario, warnings, {
      signal,
      onProgress: progress.show,
      ...runOptions(options),
    });
    progress.end();
    if (!comparison.complete) {
      const done = comparison.provenance.replications;
      terminal.error(words.partWritten(scenario.name, done, scenario.replications));
    }
    return comparison;
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    terminal.error(words.nothingComplete(scenario.name));
    return undefined;
  } finally {
    progress.end();
  }
}

/** A failed gate is a result, not an error: everything has been shown and written. */
function thresholdCode(comparisons: readonly Comparison[]): ExitCode {
  const failed = comparisons
    .flatMap(({ thresholds }) => thresholds)
    .some(({ level, passed }) => level === 'error' && !passed);
  return failed ? EXIT.threshold : EXIT.ok;
}
