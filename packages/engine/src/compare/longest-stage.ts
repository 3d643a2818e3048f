/** Which part of the way to new capacity takes most of its time: the one to do something about. */
import type { StartupStage } from '../ledger/outcome.ts';
import type { StrategyResult } from '../outcome.ts';

/** More than half, in the mean over the pods or VMs of replication 0. */
export function isMostOfTheWay({ startup }: StrategyResult, name: StartupStage): boolean {
  const stages = startup?.stages ?? [];
  const own = stages.find(({ stage }) => stage === name)?.mean ?? 0;
  const whole = stages.reduce((sum, { mean }) => sum + mean, 0);
  return own > whole / 2;
}
