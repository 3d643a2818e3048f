/** A study without worker threads, whose workers are built: a test sees the sources. */
import {
  measureCell,
  type Sample,
  type Study,
} from '../../packages/engine/src/experiments/study.ts';
import { type StudyOptions, studyJobs } from '../../packages/runner/src/run-study.ts';

export async function simulateStudy(study: Study, options: StudyOptions): Promise<Sample[]> {
  const jobs = await studyJobs(study, options);
  return jobs.map(({ case: name, scenario, cell }) => ({
    case: name,
    ...cell,
    values: measureCell(study, scenario, cell),
  }));
}
