/** `peakless dry-run`: somebody's own Deployment and HPA under a load. */
import { extname } from 'node:path';
import { dryRunTraps } from '@peakless/engine';
import { loadDryRun } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import { decidingArguments, repeatCommand } from '../invocation.ts';
import type { DryRunCliOptions } from '../options.ts';
import { checkReports, reportPaths } from '../reports.ts';
import { overrides } from '../scenario-input.ts';
import { openSession } from '../session.ts';
import { type Job, simulate } from '../simulation.ts';
import { printDiagnostics } from '../terminal/diagnostics.ts';
import { printJson } from '../terminal/json.ts';
import { printTimeline, printTraps } from '../terminal/timeline.ts';
import { printComparison, printReportPaths } from '../terminal/verdict.ts';

export async function dryRun(manifests: string, options: DryRunCliOptions): Promise<ExitCode> {
  checkReports(options, 1);
  checkLoadOptions(options);
  const session = openSession(options);
  const { terminal, words } = session;
  const { load, strategy, serviceTime, cpuPerRequest } = options;
  const loaded = await loadDryRun(manifests, load, {
    set: overrides(options),
    work: {
      ...(serviceTime === undefined ? {} : { serviceTime }),
      ...(cpuPerRequest === undefined ? {} : { cpuPerRequest }),
    },
    ...(strategy === undefined ? {} : { strategy }),
  });
  if (!loaded.ok) {
    printDiagnostics(terminal, loaded.diagnostics);
    terminal.error(words.invalid(loaded.diagnostics.length, manifests));
    if (options.json) terminal.result(JSON.stringify({ diagnostics: loaded.diagnostics }));
    return EXIT.invalid;
  }
  const { scenario, warnings } = loaded;
  const observed =
    options.observed === undefined ? undefined : Number.parseFloat(options.observed) / 100;
  const job: Job = {
    file: manifests,
    scenario,
    warnings,
    command: repeatCommand(['dry-run', manifests, ...loadArguments(options)]),
    reports: reportPaths(scenario.name, options, false),
    annotate: (comparison) => ({
      ...comparison,
      warnings: [...comparison.warnings, ...dryRunTraps(scenario, comparison, observed)],
    }),
  };
  const { comparisons, exitCode } = await simulate(
    [job],
    options,
    session,
    (written, comparison) => {
      printReportPaths(comparison, written.reports, session);
      if (options.json) return;
      // The traps are a result here: they stand below, not among the notes.
      const traps = comparison.warnings.slice(warnings.length);
      printComparison({ ...comparison, warnings }, job, session);
      printTimeline(comparison, session);
      printTraps(traps, comparison, session);
    },
  );
  if (options.json) printJson(comparisons, 1, terminal);
  return exitCode;
}

/** Refuses options that the load has no use for. @throws UsageError */
function checkLoadOptions({ load, strategy, serviceTime, cpuPerRequest }: DryRunCliOptions): void {
  const isTrace = extname(load).toLowerCase() === '.csv';
  if (isTrace && strategy !== undefined) {
    throw new UsageError('--strategy goes with a scenario: a trace has no strategies');
  }
  if (isTrace || (serviceTime === undefined && cpuPerRequest === undefined)) return;
  throw new UsageError(
    '--service-time and --cpu-per-request go with a trace: a scenario says them itself',
  );
}

function loadArguments(options: DryRunCliOptions): readonly string[] {
  const { load, strategy, serviceTime, cpuPerRequest, observed } = options;
  const given = Object.entries({
    load,
    strategy,
    'service-time': serviceTime,
    'cpu-per-request': cpuPerRequest,
    observed,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return [...given, ...decidingArguments(options)];
}
