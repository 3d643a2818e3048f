/** `peakless explain`: the decisions of an autoscaler, or what requests met, in words. */
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
import { printRequests, type RequestList, requestsJson } from '../terminal/request-list.ts';

export async function explain(file: string, options: ExplainOptions): Promise<ExitCode> {
  checkOptions(options);
  const session = openSession(options);
  const stored = await readStoredComparison(file);
  if (stored !== undefined) {
    if (options.set !== undefined || options.seed !== undefined) {
      throw new UsageError('--set and --seed go with a scenario: a comparison is finished');
    }
    return show(stored, chooseStored(stored, options), options, session);
  }
  const inputs = await readScenarios([file], options, session);
  const [input] = inputs ?? [];
  if (input === undefined) return EXIT.invalid;
  const { scenario, names } = firstReplication(input.scenario, options);
  // Before anything is simulated.
  periodOf(options, scenario.clock);
  checkService(options, scenario);
  const job = { ...input, scenario, reports: [], command: '' };
  const { comparisons, exitCode } = await simulate([job], options, session, () => undefined);
  const [comparison] = comparisons;
  if (comparison === undefined) return exitCode;
  return show(comparison, { name: scenario.baseline, names }, options, session);
}

interface Choice {
  readonly name: string;
  /** Strategies that could have been chosen. */
  readonly names: readonly string[];
}

/** The strategy alone, once. */
function firstReplication(
  scenario: Scenario,
  options: ExplainOptions,
): Choice & { readonly scenario: Scenario } {
  const { strategies: all } = scenario;
  // Pods and VMs first: the nodes follow them.
  const scaled = [
    ...all.filter((one) => scalesService(one)),
    ...all.filter((one) => !scalesService(one) && scalesNodes(one)),
  ];
  const choice = choose(
    options,
    scenario.strategies.map(({ name }) => name),
    scaled.map(({ name }) => name),
  );
  const { name } = choice;
  const strategies = scenario.strategies.filter((strategy) => strategy.name === name);
  const one = { ...scenario, strategies, baseline: name, replications: 1, thresholds: [] };
  return { ...choice, scenario: one };
}

type Strategy = Scenario['strategies'][number];

function scalesService(strategy: Strategy): boolean {
  const { kind } = strategy;
  return kind === 'vm-group' || (kind === 'kubernetes' && strategy.autoscaler !== 'fixed');
}

function scalesNodes(strategy: Strategy): boolean {
  return strategy.kind === 'kubernetes' && strategy.nodes.provisioner !== 'fixed';
}

function chooseStored({ strategies }: Comparison, options: ExplainOptions): Choice {
  const scales = ({ decisions }: Partial<StrategyResult>) =>
    decisions?.some(({ run }) => run !== undefined) ?? false;
  const scaled = [
    ...strategies.filter(scales),
    // A comparison that an older version has stored knows nothing of nodes.
    ...strategies.filter((one: Partial<StrategyResult>) => {
      const { nodeDecisions = [] } = one;
      return !scales(one) && nodeDecisions.length > 0;
    }),
  ];
  return choose(
    options,
    strategies.map(({ name }) => name),
    scaled.map(({ name }) => name),
  );
}

function choose(
  { strategy: wanted, requests }: ExplainOptions,
  all: readonly string[],
  scaled: readonly string[],
): Choice {
  if (wanted !== undefined && !all.includes(wanted)) throw unknownName('strategy', wanted, all);
  // The same one by default as for decisions, so that both can be read side by side.
  if (requests) return { name: wanted ?? scaled[0] ?? (all[0] as string), names: all };
  const others =
    scaled.length === 0 ? 'no strategy here has one' : `those with one: ${scaled.join(', ')}`;
  if (wanted === undefined) {
    const [first] = scaled;
    if (first !== undefined) return { name: first, names: scaled };
    throw new UsageError('nothing to explain: no strategy here has an autoscaler');
  }
  if (scaled.includes(wanted)) return { name: wanted, names: scaled };
  throw new UsageError(`--strategy ${wanted}: it has no autoscaler that decides; ${others}`);
}

function unknownName(what: string, wanted: string, all: readonly string[]): UsageError {
  const { hint } = didYouMean(wanted, all);
  const guess = hint === undefined ? '' : `; ${hint}`;
  return new UsageError(`--${what} ${wanted}: there is ${all.join(', ')}${guess}`);
}

function checkOptions({ at, from, to, changes, requests }: ExplainOptions): void {
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    throw new UsageError('--at is one instant: leave out --from and --to');
  }
  if (requests && (at !== undefined || changes)) {
    const name = changes ? '--changes' : '--at';
    throw new UsageError(`${name} is about decisions: with --requests write --from and --to`);
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

function checkService(options: ExplainOptions, { services, load }: Scenario): void {
  const names = services.map(({ name }) => name);
  serviceOf(options, names);
  if (!options.requests || options.service === undefined) return;
  const fed = names.filter((name) => load.some(({ route }) => Object.hasOwn(route, name)));
  if (fed.includes(options.service)) return;
  throw new UsageError(
    `--service ${options.service}: no load goes to it; requests are followed at ${fed.join(', ')}`,
  );
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
  const period = periodOf(options, comparison.scenario.clock);
  const others = names.filter((other) => other !== name).join(', ');
  const isAsked = options.strategy === undefined && others !== '';
  if (options.requests) {
    const services = serviceOf(options, Object.keys(strategy.requests));
    showRequests({ comparison, strategy, services, period }, options, session);
    if (isAsked) session.terminal.note(session.words.otherRequests(others));
    return EXIT.ok;
  }
  const services = serviceOf(options, Object.keys(strategy.pods));
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
  if (isAsked) session.terminal.note(session.words.otherStrategies(others));
  return EXIT.ok;
}

function showRequests(list: RequestList, { json }: ExplainOptions, session: Session): void {
  if (json) session.terminal.result(requestsJson(list, session));
  else printRequests(list, session);
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
