/** What calls for VMs cost a strategy in time, and how many came to nothing. */
import type { VmCounts } from '../ledger/outcome.ts';
import type { Message, StrategyResult } from '../outcome.ts';
import { isMostOfTheWay } from './longest-stage.ts';

/**
 * Means over the replications, the slowest of all. That VMs were launched is worth a sentence where
 * that is most of the way to a new one.
 */
export function vmFindings(strategy: StrategyResult): readonly Message[] {
  const { name, outcomes } = strategy;
  const all = outcomes.flatMap(({ vms }) => vms ?? []);
  if (all.length === 0) return [];
  const mean = (of: (counts: VmCounts) => number) =>
    all.reduce((sum, counts) => sum + of(counts), 0) / outcomes.length;
  const params = {
    strategy: name,
    launched: mean(({ launched }) => launched),
    resumed: mean(({ resumed }) => resumed),
    longest: Math.max(...all.map(({ longest }) => longest)),
    quota: mean(({ quota }) => quota),
    timeout: mean(({ timeout }) => timeout),
    noHost: mean(({ noHost }) => noHost),
    failed: mean(({ quota, timeout, noHost }) => quota + timeout + noHost),
  };
  const messages: Message[] = [];
  if (params.launched + params.resumed > 0 && isMostOfTheWay(strategy, 'bind')) {
    const key = params.resumed > 0 ? 'finding.vm-pool' : 'finding.vm-launches';
    messages.push({ key, params });
  }
  if (params.failed > 0) messages.push({ key: 'finding.vm-failures', params });
  return messages;
}
