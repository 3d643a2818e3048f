/** The lives of the nodes → how many of them came, and came to which end. */
import type { NodeEnd, NodeLife } from './ledger.ts';
import type { NodeCounts } from './outcome.ts';

export function nodeCounts(lives: readonly NodeLife[]): NodeCounts {
  const ends = (...which: readonly NodeEnd[]) =>
    lives.filter(({ end }) => end !== undefined && which.includes(end)).length;
  return {
    launched: lives.filter(({ stood }) => stood !== true).length,
    refused: ends('stock-out', 'quota'),
    notJoined: ends('not-joined'),
    removed: ends('removed'),
    drained: lives.filter(({ drained, end }) => drained === true && end === 'removed').length,
    interrupted: ends('interrupted'),
    died: ends('died'),
  };
}
