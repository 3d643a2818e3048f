/**
 * Cells (strategy × replication) → Comparison. Strategies keep the scenario's order. Only
 * replications that are complete for every strategy count, so that every difference is paired.
 */
import type { CellResult } from './cell.ts';
import { evaluateThresholds } from './compare/thresholds.ts';
import { giveVerdict } from './compare/verdict.ts';
import { assert } from './kernel/assert.ts';
import type { Comparison, Message, StrategyResult } from './outcome.ts';
import type { Scenario, Strategy } from './scenario/scenario.ts';
import { differences, summarize } from './summarize.ts';

export interface ComparisonInput {
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
  /** In any order; those of an interrupted run as far as they are complete. */
  readonly cells: readonly CellResult[];
  readonly provenance: Pick<
    Comparison['provenance'],
    'engineVersion' | 'engineModel' | 'scenarioHash'
  >;
}

/** Needs one complete replication: an interrupted run asks `completeReplications` first. */
export function compareCells(input: ComparisonInput): Comparison {
  const { scenario, provenance } = input;
  const replications = completeReplications(scenario, input.cells);
  assert(replications.length > 0, 'no replication is complete for every strategy');
  const strategies = strategyResults(scenario, input.cells, replications);
  const complete = replications.length === scenario.replications;
  return {
    format: 'peakless-comparison/1',
    provenance: {
      engineVersion: provenance.engineVersion,
      engineModel: provenance.engineModel,
      scenarioHash: provenance.scenarioHash,
      seed: scenario.seed,
      replications: replications.length,
      flows: input.cells[0].flows,
    },
    scenario: scenarioHead(scenario),
    complete,
    baseline: scenario.baseline,
    strategies,
    verdict: giveVerdict({
      strategies,
      baseline: scenario.baseline,
      objectives: scenario.objectives,
      reactive: scenario.strategies.filter(isReactive).map(({ name }) => name),
      replicationsAsked: scenario.replications,
    }),
    thresholds: evaluateThresholds(scenario.thresholds, strategies),
    warnings: input.warnings,
  };
}

/** The replications, ascending, of which every strategy of the scenario has a cell. */
export function completeReplications(
  scenario: Scenario,
  cells: readonly CellResult[],
): readonly number[] {
  const seen = new Map<number, Set<string>>();
  for (const { outcome } of cells) {
    const strategies = seen.get(outcome.replication) ?? new Set<string>();
    seen.set(outcome.replication, strategies.add(outcome.strategy));
  }
  return [...seen]
    .filter(([, names]) => scenario.strategies.every(({ name }) => names.has(name)))
    .map(([replication]) => replication)
    .sort((a, b) => a - b);
}

function strategyResults(
  scenario: Scenario,
  cells: readonly CellResult[],
  replications: readonly number[],
): readonly StrategyResult[] {
  const find = (strategy: string, replication: number): CellResult => {
    const cell = cells.find(
      ({ outcome }) => outcome.strategy === strategy && outcome.replication === replication,
    );
    assert(cell !== undefined, `no cell for ${strategy}, replication ${replication}`);
    return cell;
  };
  const outcomesOf = (name: string) => replications.map((r) => find(name, r).outcome);
  const baseline = outcomesOf(scenario.baseline);
  return scenario.strategies.map((strategy) => {
    const first = find(strategy.name, replications[0]);
    const outcomes = outcomesOf(strategy.name);
    return {
      name: strategy.name,
      title: strategy.title ?? { en: strategy.name, 'zh-CN': strategy.name },
      kind: strategy.kind,
      notes: first.notes,
      outcomes,
      summary: summarize(outcomes),
      differences: strategy.name === scenario.baseline ? {} : differences(outcomes, baseline),
      series: first.series,
      decisions: first.decisions,
      nodeDecisions: first.nodeDecisions,
      pods: first.pods,
      startup: first.startup,
      requests: first.requests,
      cpuRequests: first.cpuRequests,
    };
  });
}

/** Scales only after the load has come: an autoscaler, and nothing that knows of the event. */
function isReactive(strategy: Strategy): boolean {
  if (strategy.kind !== 'kubernetes' || strategy.autoscaler === 'fixed') return false;
  const { schedule, keda, predictive } = strategy;
  const isPlanned = keda?.triggers.some(({ kind }) => kind === 'cron') ?? false;
  return schedule.length === 0 && !isPlanned && predictive === undefined;
}

function scenarioHead(scenario: Scenario): Comparison['scenario'] {
  const { name, title, description, clock, objectives, prices } = scenario;
  return {
    name,
    title,
    description,
    clock,
    objectives,
    currency: prices.currency,
    priceBook: { name: prices.name, asOf: prices.asOf, source: prices.source },
  };
}
