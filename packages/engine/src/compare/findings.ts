/**
 * What a planner must know besides the headline, most important first: how far the result can be
 * trusted, what each strategy that misses the SLO loses, and what each one pays for idle machines.
 */
import type { Message, StrategyResult } from '../outcome.ts';
import { meetsSlo, relativeCost, type VerdictInput } from './criteria.ts';

export function findingsOf(
  input: VerdictInput,
  recommended: StrategyResult | null,
): readonly Message[] {
  const missing = input.strategies.filter((strategy) => !meetsSlo(strategy));
  return [
    ...trust(input),
    ...idleRun(input),
    ...missing.flatMap((strategy) => losses(strategy, input, recommended)),
    ...input.strategies.flatMap(neverReached),
    ...input.strategies.flatMap(usage),
  ];
}

function trust({ strategies, replicationsAsked }: VerdictInput): readonly Message[] {
  const done = strategies[0].outcomes.length;
  const messages: Message[] = [];
  if (done < replicationsAsked) {
    messages.push({ key: 'finding.interrupted', params: { done, asked: replicationsAsked } });
  }
  if (done === 1) messages.push({ key: 'finding.single-replication', params: {} });
  return messages;
}

/** An SLO that no request could miss is met by all and says nothing. */
function idleRun({ strategies }: VerdictInput): readonly Message[] {
  const offered = strategies[0].summary.offered.mean;
  return offered === 0 ? [{ key: 'finding.no-load', params: {} }] : [];
}

/** Of a strategy that misses the SLO: cheap or dear, what it loses, how long capacity was short. */
function losses(
  strategy: StrategyResult,
  input: VerdictInput,
  recommended: StrategyResult | null,
): readonly Message[] {
  const params = {
    strategy: strategy.name,
    attainment: strategy.summary.sloAttainment.mean,
    objective: input.objectives.attainment,
    lost: lostOf(strategy),
    late: strategy.summary.late.mean,
    shortfall: strategy.summary.shortfall.mean,
  };
  const messages: Message[] = [];
  const saving = recommended && relativeCost('saving', strategy, recommended);
  // "Would cost less" must be more than chance.
  if (recommended !== null && saving !== null && saving.savingLow > 0) {
    messages.push({
      key: 'finding.cheaper-but-misses',
      params: { ...params, ...saving, recommended: recommended.name },
    });
  } else {
    messages.push({ key: 'finding.misses', params });
  }
  const gap = strategy.summary.timeToCapacity?.mean ?? 0;
  if (input.reactive.includes(strategy.name) && gap > 0 && params.lost > 0) {
    messages.push({
      key: 'finding.reactive-gap',
      params: { strategy: strategy.name, gap, lost: params.lost },
    });
  }
  return messages;
}

function lostOf(strategy: StrategyResult): number {
  const { outcomes } = strategy;
  const lost = outcomes.map(({ counts: c }) => c.timedOut + c.rejected + c.shed + c.failed);
  return lost.reduce((sum, value) => sum + value, 0) / outcomes.length;
}

function neverReached(strategy: StrategyResult): readonly Message[] {
  const { outcomes } = strategy;
  const count = outcomes.filter(({ capacity }) => capacity.timeToCapacity === null).length;
  if (count === 0) return [];
  return [
    {
      key: 'finding.capacity-never-reached',
      params: { strategy: strategy.name, count, replications: outcomes.length },
    },
  ];
}

/** Capacity that is paid for and idle is the price of readiness: say how much of it there is. */
function usage(strategy: StrategyResult): readonly Message[] {
  const { outcomes } = strategy;
  const machineCost = machineCostOf(strategy);
  const idle = 1 - strategy.summary.utilization.mean;
  if (machineCost === 0 || idle <= 0) return [];
  return [
    {
      key: 'finding.usage',
      params: {
        strategy: strategy.name,
        idle,
        idleCost: machineCost * idle,
        replicas: Math.max(...outcomes.map(({ peak }) => peak.replicas)),
        machines: Math.max(...outcomes.map(({ peak }) => peak.machines)),
      },
    },
  ];
}

/** What the CPU costs: a control plane is paid for as well, but it is no capacity. */
function machineCostOf({ outcomes }: StrategyResult): number {
  const items = outcomes.flatMap(({ cost }) => cost.items);
  const machines = items.filter(({ item }) => item !== 'control-plane');
  return machines.reduce((sum, { amount }) => sum + amount, 0) / outcomes.length;
}
