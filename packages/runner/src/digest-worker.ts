/** A worker thread that keeps of each cell only its digest: whole, also of later replications. */
import { type CellDigest, digestCell, runCell } from '@peakless/engine';
import { workerData } from 'piscina';
import { pathOptions } from './paths.ts';
import type { Task, WorkerSetup } from './pool.ts';
import { writeProgress } from './progress.ts';

const { scenario, progress, paths } = workerData as WorkerSetup;
const options = pathOptions(paths);

export default function runTask({ index, cell }: Task): CellDigest {
  const report = (share: number) => writeProgress(progress, index, share);
  const result = runCell(scenario, cell.strategy, cell.replication, report, options);
  writeProgress(progress, index, 1);
  return digestCell(result);
}
