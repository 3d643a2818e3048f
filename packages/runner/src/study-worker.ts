/** A worker thread that keeps of each run the few numbers that its study wants. */
import { measureCell, type Scenario, STUDIES, type Study, type Values } from '@peakless/engine';
import type { Cell } from './cells.ts';
import { pathOptions } from './paths.ts';

export interface StudyTask {
  readonly study: string;
  readonly scenario: Scenario;
  readonly cell: Cell;
}

const paths = pathOptions({});

export default function runTask({ study, scenario, cell }: StudyTask): Values {
  return measureCell(STUDIES[study] as Study, scenario, cell, paths);
}
