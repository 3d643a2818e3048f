/** `peakless compare`: every strategy of each scenario, side by side. */
import { EXIT, type ExitCode } from '../exit-code.ts';
import { decidingArguments, repeatCommand } from '../invocation.ts';
import type { SimulationOptions } from '../options.ts';
import { checkReports, reportPaths } from '../reports.ts';
import { readScenarios, type ScenarioInput } from '../scenario-input.ts';
import { openSession } from '../session.ts';
import { type Job, simulate } from '../simulation.ts';
import { printJson } from '../terminal/json.ts';
import { printNextSteps } from '../terminal/next-steps.ts';
import { printSummary } from '../terminal/summary.ts';
import { printComparison, printReportPaths } from '../terminal/verdict.ts';

export async function compare(
  files: readonly string[],
  options: SimulationOptions,
): Promise<ExitCode> {
  checkReports(options, files.length);
  const session = openSession(options);
  const inputs = await readScenarios(files, options, session);
  if (inputs === undefined) return EXIT.invalid;
  const jobs = withReports(inputs, options);
  const { comparisons, exitCode } = await simulate(jobs, options, session, (job, comparison) => {
    if (!options.json) printComparison(comparison, job, session);
    printReportPaths(comparison, job.reports, session);
  });
  if (options.json) printJson(comparisons, files.length, session.terminal);
  else if (comparisons.length > 1) printSummary(comparisons, session);
  if (exitCode === EXIT.ok || exitCode === EXIT.threshold) printNextSteps(jobs, options, session);
  return exitCode;
}

/** Scenarios of the same name get reports of different names. */
function withReports(inputs: readonly ScenarioInput[], options: SimulationOptions): readonly Job[] {
  const seen = new Map<string, number>();
  return inputs.map((input) => {
    const { name } = input.scenario;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const unique = count === 1 ? name : `${name}-${count}`;
    const command = repeatCommand(['compare', input.file, ...decidingArguments(options)]);
    return { ...input, command, reports: reportPaths(unique, options, !options.json) };
  });
}
