/**
 * Known traps of autoscaling: each is a pure function from what is configured (or from what the run
 * did) to a message, or null. One file per idea, one line here.
 *
 * SETUP_TRAPS are mistakes whatever the load: every comparison and `validate` name them.
 * LOAD_TRAPS and RUN_TRAPS are what a dry run adds: consequences that may be intended.
 */
import type { Comparison, Message } from '../outcome.ts';
import type { KubernetesStrategy, Scenario } from '../scenario/scenario.ts';
import { hiddenCron } from './cron-tolerance.ts';
import { emptyBehavior } from './empty-behavior.ts';
import { impossibleRate } from './impossible-rate.ts';
import { impossibleTarget } from './impossible-target.ts';
import { clippedUtilization, impossibleObservation } from './impossible-utilization.ts';
import { maximumBelowPeak, maximumReached } from './maximum.ts';
import { missingRequest } from './missing-request.ts';
import { quotaBelowMaximum } from './quota.ts';
import { coarseReadiness } from './readiness-grid.ts';
import { sharedNode } from './shared-node.ts';
import { stabilizedTail } from './stabilized-tail.ts';
import { type RunSubject, subjectsOf, type TrapSubject } from './subject.ts';
import { hiddenByTolerance, hiddenSchedule } from './tolerance.ts';

type SetupTrap = (subject: TrapSubject) => Message | null;
type RunTrap = (subject: RunSubject) => Message | null;

const SETUP_TRAPS: Readonly<Record<string, SetupTrap>> = {
  'missing-request': missingRequest,
  'impossible-target': impossibleTarget,
  'impossible-rate': impossibleRate,
  'empty-behavior': emptyBehavior,
  'shared-node': sharedNode,
  'quota-below-maximum': quotaBelowMaximum,
};

const LOAD_TRAPS: Readonly<Record<string, SetupTrap>> = {
  'impossible-observation': impossibleObservation,
  'clipped-utilization': clippedUtilization,
  'maximum-below-peak': maximumBelowPeak,
  'hidden-schedule': hiddenSchedule,
  'coarse-readiness': coarseReadiness,
};

const RUN_TRAPS: Readonly<Record<string, RunTrap>> = {
  'maximum-reached': maximumReached,
  'hidden-by-tolerance': hiddenByTolerance,
  'stabilized-tail': stabilizedTail,
};

/** Of all strategies with an HPA or KEDA's; the same trap of several strategies is told once. */
export function setupTraps(scenario: Scenario): readonly Message[] {
  const ofHpas = hpaStrategies(scenario).flatMap((strategy) =>
    subjectsOf(scenario, strategy).flatMap((subject) => fallen(SETUP_TRAPS, subject)),
  );
  const ofTriggers = scenario.strategies.flatMap((strategy) =>
    strategy.kind === 'kubernetes' ? hiddenCron(scenario, strategy) : [],
  );
  const found = [...ofHpas, ...ofTriggers];
  const seen = new Set<string>();
  return found.filter((message) => {
    const text = JSON.stringify(message);
    return seen.has(text) ? false : seen.add(text);
  });
}

/** What a dry run adds to the traps that every comparison names. */
export function dryRunTraps(
  scenario: Scenario,
  { strategies }: Comparison,
  observed?: number,
): readonly Message[] {
  return hpaStrategies(scenario).flatMap((strategy) => {
    const decisions = strategies.find(({ name }) => name === strategy.name)?.decisions ?? [];
    return subjectsOf(scenario, strategy, observed).flatMap((subject) => {
      const own = decisions.filter(({ service }) => service === subject.service);
      return [...fallen(LOAD_TRAPS, subject), ...fallen(RUN_TRAPS, { ...subject, decisions: own })];
    });
  });
}

function hpaStrategies({ strategies }: Scenario): readonly KubernetesStrategy[] {
  return strategies.filter(
    (strategy): strategy is KubernetesStrategy =>
      strategy.kind === 'kubernetes' && strategy.autoscaler === 'hpa',
  );
}

function fallen<S>(
  traps: Readonly<Record<string, (subject: S) => Message | null>>,
  subject: S,
): readonly Message[] {
  return Object.values(traps).flatMap((trap) => trap(subject) ?? []);
}
