/** A worker thread that replicates experiments of one truth after another. */
import { localRounds, type Round, type Row, type RunRound, type Truth } from '@peakless/engine';
import { pathOptions } from './paths.ts';

export interface TruthTask {
  readonly truth: Truth;
  readonly experiment: number;
  readonly round: Round;
}

const paths = pathOptions({});

let last: { readonly text: string; readonly run: RunRound } | undefined;

export default async function runTask(task: TruthTask): Promise<readonly Row[]> {
  const text = JSON.stringify(task.truth);
  // Its scenario is parsed once, not for every part of a round.
  if (last?.text !== text) last = { text, run: localRounds(task.truth, paths) };
  return last.run(task.experiment, task.round);
}
