/** What images cost a strategy in time: how many nodes pulled, how much, how long the slowest. */
import type { ImageCounts } from '../ledger/outcome.ts';
import type { Message, StrategyResult } from '../outcome.ts';
import { isMostOfTheWay } from './longest-stage.ts';

const GIGABYTE = 1e9;

/**
 * Means over the replications, the slowest of all. That images were pulled is worth a sentence
 * where that is most of the way to a new pod.
 */
export function imageFindings(strategy: StrategyResult): readonly Message[] {
  const { name, outcomes } = strategy;
  const all = outcomes.flatMap(({ images }) => images ?? []);
  if (all.length === 0) return [];
  const mean = (of: (counts: ImageCounts) => number) =>
    all.reduce((sum, counts) => sum + of(counts), 0) / outcomes.length;
  const params = {
    strategy: name,
    pulled: mean(({ pulled }) => pulled),
    gigabytes: mean(({ bytes }) => bytes) / GIGABYTE,
    longest: Math.max(...all.map(({ longest }) => longest)),
    unfinished: mean(({ unfinished }) => unfinished),
    failures: mean(({ failures }) => failures),
  };
  const messages: Message[] = [];
  if (isMostOfTheWay(strategy, 'image')) messages.push({ key: 'finding.images', params });
  if (params.unfinished > 0) messages.push({ key: 'finding.images-unfinished', params });
  if (params.failures > 0) messages.push({ key: 'finding.image-failures', params });
  return messages;
}
