/**
 * What a planner must know besides the headline, most important first: how far the result can be
 * trusted, what each strategy that misses the SLO loses, and what each one pays for idle machines.
 */
import type { Message, StrategyResult } from '../outcome.ts';
import { consolidatedNodes } from '../traps/consolidated-nodes.ts';
import { meetsSlo, relativeCost, type VerdictInput } from './criteria.ts';
import { imageFindings } from './image-findings.ts';
import { nodeFindings } from './node-findings.ts';
import { restartFindings } from './restart-findings.ts';
import { schedulingFindings } from './scheduling-findings.ts';
import { vmFindings } from './vm-findings.ts';

export function findingsOf(
  input: VerdictInput,
  recommended: StrategyResult | null,
): readonly Message[] {
  const missing = input.strategies.filter((strategy) => !meetsSlo(strategy));
  return [
    ...trust(input),
    ...idleRun(input),
    ...missing.map((strategy) => losses(strategy, input, recommended)),
    ...reactiveGap(missing, input),
    ...input.strategies.flatMap(neverReached),
    ...input.strategies.flatMap(schedulingFindings),
    ...input.strategies.flatMap(restartFindings),
    ...input.strategies.flatMap(imageFindings),
    ...input.strategies.flatMap(nodeFindings),
    ...input.strategies.flatMap(vmFindings),
    ...input.strategies.flatMap((strategy) => consolidatedNodes(strategy) ?? []),
    ...worthTelling(input, recommended).flatMap(usage),
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
): Message {
  const params = {
    strategy: strategy.name,
    attainment: strategy.summary.sloAttainment.mean,
    objective: input.objectives.attainment,
    lost: lostOf(strategy),
    late: strategy.summary.late.mean,
    shortfall: strategy.summary.shortfall.mean,
  };
  const saving = recommended && relativeCost('saving', strategy, recommended);
  // "Would cost less" must be more than chance.
  if (recommended === null || saving === null || saving.savingLow <= 0) {
    return { key: 'finding.misses', params };
  }
  return {
    key: 'finding.cheaper-but-misses',
    params: { ...params, ...saving, recommended: recommended.name },
  };
}

/** Of the quickest of those that scale only after the load has come: the others are worse. */
function reactiveGap(
  missing: readonly StrategyResult[],
  { reactive }: VerdictInput,
): readonly Message[] {
  const gapOf = ({ summary }: StrategyResult) => summary.timeToCapacity?.mean ?? 0;
  const [quickest] = missing
    .filter((one) => reactive.includes(one.name) && gapOf(one) > 0 && lostOf(one) > 0)
    .sort((a, b) => gapOf(a) - gapOf(b));
  if (quickest === undefined) return [];
  const params = { strategy: quickest.name, gap: gapOf(quickest), lost: lostOf(quickest) };
  return [{ key: 'finding.reactive-gap', params }];
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

/** Of many strategies the baseline and the recommended one: the table has the others. */
function worthTelling(
  { strategies, baseline }: VerdictInput,
  recommended: StrategyResult | null,
): readonly StrategyResult[] {
  if (strategies.length <= 3) return strategies;
  return strategies.filter(({ name }) => name === baseline || name === recommended?.name);
}

/** Capacity that is paid for and idle is the price of readiness: say how much of it there is. */
function usage(strategy: StrategyResult): readonly Message[] {
  const { outcomes } = strategy;
  const machineCost = machineCostOf(strategy);
  const idle = 1 - strategy.summary.utilization.mean;
  if (machineCost === 0 || idle <= 0) return [];
  return [
    {
      key: strategy.kind === 'kubernetes' ? 'finding.usage' : 'finding.usage-vms',
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
