/** `peakless run`: one strategy of a scenario. */
import type { Scenario } from '@peakless/engine';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import { decidingArguments, repeatCommand } from '../invocation.ts';
import type { SimulationOptions } from '../options.ts';
import { checkReports, reportPaths } from '../reports.ts';
import { readScenarios } from '../scenario-input.ts';
import { openSession } from '../session.ts';
import { simulate } from '../simulation.ts';
import { printJson } from '../terminal/json.ts';
import { printNextSteps } from '../terminal/next-steps.ts';
import { printComparison, printReportPaths } from '../terminal/verdict.ts';

export async function run(
  file: string,
  options: SimulationOptions & { readonly strategy?: string },
): Promise<ExitCode> {
  checkReports(options, 1);
  const session = openSession(options);
  const inputs = await readScenarios([file], options, session);
  if (inputs === undefined) return EXIT.invalid;
  const jobs = inputs.map((input) => {
    const scenario = reduceTo(input.scenario, options.strategy);
    const strategy = ['--strategy', scenario.baseline];
    const command = repeatCommand(['run', file, ...strategy, ...decidingArguments(options)]);
    return { ...input, scenario, command, reports: reportPaths(scenario.name, options, false) };
  });
  const { comparisons, exitCode } = await simulate(jobs, options, session, (job, comparison) => {
    if (!options.json) printComparison(comparison, job, session);
    printReportPaths(comparison, job.reports, session);
  });
  if (options.json) printJson(comparisons, 1, session.terminal);
  if (exitCode === EXIT.ok || exitCode === EXIT.threshold) printNextSteps(jobs, options, session);
  return exitCode;
}

/** The scenario with one strategy, and the thresholds that can be judged without the others. */
function reduceTo(scenario: Scenario, name = scenario.strategies[0]?.name): Scenario {
  const names = scenario.strategies.map((strategy) => strategy.name);
  const strategies = scenario.strategies.filter((strategy) => strategy.name === name);
  if (name === undefined || strategies.length === 0) {
    throw new UsageError(`--strategy ${name}: the scenario has ${names.join(', ')}`);
  }
  const thresholds = scenario.thresholds.filter(
    ({ strategy, relativeTo }) =>
      (strategy === undefined || strategy === name) &&
      (relativeTo === undefined || relativeTo === name),
  );
  return { ...scenario, strategies, baseline: name, thresholds };
}
