/** `peakless explain`: the decisions of an autoscaler in words. */
import {
  type Comparison,
  decisionInForce,
  decisionsBetween,
  didYouMean,
  readClockTime,
  type Scenario,
  type StrategyResult,
} from '@peakless/engine';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import type { ExplainOptions } from '../options.ts';
import { readScenarios } from '../scenario-input.ts';
import { openSession, type Session } from '../session.ts';
import { simulate } from '../simulation.ts';
import { readStoredComparison } from '../stored-comparison.ts';
import {
  type Explanation,
  explanationJson,
  momentOf,
  printExplanation,
} from '../terminal/explanation.ts';

export async function explain(file: string, options: ExplainOptions): Promise<ExitCode> {
  checkTimes(options);
  const session = openSession(options);
  const stored = await readStoredComparison(file);
  if (stored !== undefined) {
    if (options.set !== undefined || options.seed !== undefined) {
      throw new UsageError('--set and --seed go with a scenario: a comparison is finished');
    }
    return show(stored, chooseStored(stored, options.strategy), options, session);
  }
  const inputs = await readScenarios([file], options, session);
  const [input] = inputs ?? [];
  if (input === undefined) return EXIT.invalid;
  const { scenario, names } = firstReplication(input.scenario, options.strategy);
  // Before anything is simulated.
  periodOf(options, scenario.clock);
  serviceOf(
    options,
    scenario.services.map(({ name }) => name),
  );
  const job = { ...input, scenario, reports: [], command: '' };
  const { comparisons, exitCode } = await simulate([job], options, session, () => undefined);
  const [comparison] = comparisons;
  if (comparison === undefined) return exitCode;
  return show(comparison, { name: scenario.baseline, names }, options, session);
}

interface Choice {
  readonly name: string;
  /** Strategies that have an autoscaler. */
  readonly names: readonly string[];
}

/** The strategy alone, once. */
function firstReplication(
  scenario: Scenario,
  wanted: string | undefined,
): Choice & { readonly scenario: Scenario } {
  const scaled = scenario.strategies.filter(
    (strategy) => strategy.kind === 'kubernetes' && strategy.autoscaler !== 'fixed',
  );
  const choice = choose(
    wanted,
    scenario.strategies.map(({ name }) => name),
    scaled.map(({ name }) => name),
  );
  const { name } = choice;
  const strategies = scenario.strategies.filter((strategy) => strategy.name === name);
  const one = { ...scenario, strategies, baseline: name, replications: 1, thresholds: [] };
  return { ...choice, scenario: one };
}

function chooseStored({ strategies }: Comparison, wanted: string | undefined): Choice {
  const scaled = strategies.filter(({ decisions }) =>
    decisions.some(({ run }) => run !== undefined),
  );
  return choose(
    wanted,
    strategies.map(({ name }) => name),
    scaled.map(({ name }) => name),
  );
}

function choose(
  wanted: string | undefined,
  all: readonly string[],
  scaled: readonly string[],
): Choice {
  const others =
    scaled.length === 0 ? 'no strategy here has one' : `those with one: ${scaled.join(', ')}`;
  if (wanted === undefined) {
    const [first] = scaled;
    if (first !== undefined) return { name: first, names: scaled };
    throw new UsageError('nothing to explain: no strategy here has an autoscaler');
  }
  if (!all.includes(wanted)) throw unknownName('strategy', wanted, all);
  if (scaled.includes(wanted)) return { name: wanted, names: scaled };
  throw new UsageError(`--strategy ${wanted}: it has no autoscaler that decides; ${others}`);
}

function unknownName(what: string, wanted: string, all: readonly string[]): UsageError {
  const { hint } = didYouMean(wanted, all);
  const guess = hint === undefined ? '' : `; ${hint}`;
  return new UsageError(`--${what} ${wanted}: there is ${all.join(', ')}${guess}`);
}

function checkTimes({ at, from, to }: ExplainOptions): void {
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    throw new UsageError('--at is one instant: leave out --from and --to');
  }
}

type Clock = Comparison['scenario']['clock'];

interface Period {
  readonly from: number;
  readonly to: number;
}

function periodOf({ at, from, to }: ExplainOptions, clock: Clock): Period {
  if (at !== undefined) {
    const instant = readTime('at', at, clock);
    return { from: instant, to: instant };
  }
  const period = {
    from: from === undefined ? 0 : readTime('from', from, clock),
    to: to === undefined ? clock.duration : readTime('to', to, clock),
  };
  if (period.from <= period.to) return period;
  throw new UsageError(`--from ${from} is after --to ${to}`);
}

function readTime(name: string, text: string, clock: Clock): number {
  const reading = readClockTime(text, clock);
  if (!('value' in reading)) {
    throw new UsageError(
      `--${name} ${text}: not a time of the run; write 08:00:20, +15m or 2026-01-01T08:00:20+08:00`,
    );
  }
  const { value } = reading;
  if (value >= 0 && value <= clock.duration) return value;
  const run = `${momentOf(0, clock)} to ${momentOf(clock.duration, clock)}`;
  throw new UsageError(`--${name} ${text}: outside of the run, which lasts from ${run}`);
}

function serviceOf({ service }: ExplainOptions, services: readonly string[]): readonly string[] {
  if (service === undefined) return services;
  if (services.includes(service)) return [service];
  throw unknownName('service', service, services);
}

function show(
  comparison: Comparison,
  { name, names }: Choice,
  options: ExplainOptions,
  session: Session,
): ExitCode {
  const strategy = comparison.strategies.find((one) => one.name === name) as StrategyResult;
  const services = serviceOf(options, Object.keys(strategy.pods));
  const period = periodOf(options, comparison.scenario.clock);
  const explanation: Explanation = {
    comparison,
    strategy,
    services,
    period,
    at: options.at === undefined ? null : period.from,
    rows: rowsOf(strategy, services, period, options),
  };
  if (options.json) session.terminal.result(explanationJson(explanation, session));
  else printExplanation(explanation, session);
  const others = names.filter((other) => other !== name);
  if (options.strategy === undefined && others.length > 0) {
    session.terminal.note(session.words.otherStrategies(others.join(', ')));
  }
  return EXIT.ok;
}

function rowsOf(
  { decisions }: StrategyResult,
  services: readonly string[],
  { from, to }: Period,
  { at, changes }: ExplainOptions,
): Explanation['rows'] {
  if (at !== undefined) {
    return services.flatMap((service) => decisionInForce(decisions, service, from) ?? []);
  }
  return decisionsBetween(decisions, from, to).filter(
    (row) => services.includes(row.service) && (!changes || row.from !== row.to),
  );
}
