/**
 * The verdict in words, as message keys with raw numbers: which strategy to take, what it saves
 * against the baseline, and what the others would lose. It states what the replications show and
 * no more: a saving whose interval includes 0 is called noise, a missed SLO is never recommended.
 */
import type { Message, StrategyResult, Verdict } from '../outcome.ts';
import { costOf, meetsSlo, relativeCost, type VerdictInput } from './criteria.ts';
import { findingsOf } from './findings.ts';

export function giveVerdict(input: VerdictInput): Verdict {
  const recommended = cheapest(input.strategies.filter(meetsSlo));
  return {
    recommended: recommended?.name ?? null,
    headline: headline(input, recommended),
    findings: findingsOf(input, recommended),
  };
}

function cheapest(strategies: readonly StrategyResult[]): StrategyResult | null {
  let best: StrategyResult | null = null;
  for (const strategy of strategies) {
    if (best === null || costOf(strategy) < costOf(best)) best = strategy;
  }
  return best;
}

function headline(input: VerdictInput, recommended: StrategyResult | null): Message {
  const { strategies } = input;
  if (strategies.length === 1) return single(input, strategies[0]);
  if (recommended === null) return noneMeets(input);
  if (recommended.name === input.baseline) return baselineIsCheapest(input, recommended);
  return againstBaseline(input, recommended);
}

function single(input: VerdictInput, strategy: StrategyResult): Message {
  return {
    key: meetsSlo(strategy) ? 'verdict.single-met' : 'verdict.single-missed',
    params: {
      ...facts(strategy),
      objective: input.objectives.attainment,
      latency: input.objectives.latency,
    },
  };
}

function noneMeets(input: VerdictInput): Message {
  const closest = input.strategies.reduce((best, strategy) =>
    strategy.summary.sloAttainment.mean > best.summary.sloAttainment.mean ? strategy : best,
  );
  return {
    key: 'verdict.none-meets',
    params: {
      ...facts(closest),
      count: input.strategies.length,
      objective: input.objectives.attainment,
      latency: input.objectives.latency,
    },
  };
}

function baselineIsCheapest(input: VerdictInput, baseline: StrategyResult): Message {
  const next = cheapest(
    input.strategies.filter((strategy) => strategy !== baseline && meetsSlo(strategy)),
  );
  if (next === null) return { key: 'verdict.only-baseline-meets', params: facts(baseline) };
  const extra = relativeCost('extra', next, baseline);
  return {
    key: isNoise(extra.extraLow, extra.extraHigh)
      ? 'verdict.baseline-cheapest-noise'
      : 'verdict.baseline-cheapest',
    params: { ...facts(baseline), next: next.name, ...extra },
  };
}

function againstBaseline(input: VerdictInput, recommended: StrategyResult): Message {
  const baseline = input.strategies.find(({ name }) => name === input.baseline) ?? recommended;
  const saving = relativeCost('saving', recommended, baseline);
  const params = {
    ...facts(recommended),
    ...saving,
    baseline: baseline.name,
    baselineCost: costOf(baseline),
    baselineAttainment: baseline.summary.sloAttainment.mean,
  };
  if (isNoise(saving.savingLow, saving.savingHigh)) {
    const key = meetsSlo(baseline) ? 'verdict.noise' : 'verdict.noise-and-meets';
    return { key, params };
  }
  if (meetsSlo(baseline)) return { key: 'verdict.saves', params };
  return saving.saving > 0
    ? { key: 'verdict.saves-and-meets', params }
    : {
        key: 'verdict.costs-and-meets',
        params: { ...params, ...relativeCost('extra', recommended, baseline) },
      };
}

/** The interval of a difference includes 0. */
function isNoise(low: number, high: number): boolean {
  return low <= 0 && high >= 0;
}

function facts(strategy: StrategyResult) {
  return {
    strategy: strategy.name,
    cost: costOf(strategy),
    attainment: strategy.summary.sloAttainment.mean,
  };
}
