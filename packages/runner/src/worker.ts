/** A worker thread: holds the scenario once, runs one cell per task. */
import { type CellResult, runCell, type SeriesName } from '@peakless/engine';
import { workerData } from 'piscina';
import { pathOptions } from './paths.ts';
import type { Task, WorkerSetup } from './pool.ts';
import { writeProgress } from './progress.ts';

const { scenario, progress, paths } = workerData as WorkerSetup;
const options = pathOptions(paths);

export default function runTask({ index, cell }: Task): CellResult {
  const report = (share: number) => writeProgress(progress, index, share);
  const result = runCell(scenario, cell.strategy, cell.replication, report, options);
  writeProgress(progress, index, 1);
  return cell.replication === 0 ? result : withoutDetail(result);
}

/** What is shown of replication 0 alone; that of a thousand would fill memory. */
function withoutDetail(result: CellResult): CellResult {
  const columns: Record<SeriesName, readonly (number | null)[]> = { ...result.series.columns };
  for (const name of Object.keys(columns) as SeriesName[]) columns[name] = [];
  const series = { step: result.series.step, columns };
  return { ...result, series, decisions: [], nodeDecisions: [], pods: {}, requests: {} };
}
