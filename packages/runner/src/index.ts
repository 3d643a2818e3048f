/** The Node adapter: files in, threads, files out. */

export { digestScenario, type ScenarioDigest } from './digest-scenario.ts';
export { decodeYaml } from './document.ts';
export { type DryRunOptions, type DryRunText, loadDryRun, loadDryRunText } from './load-dry-run.ts';
export {
  type LoadOptions,
  type LoadTextOptions,
  loadScenario,
  loadScenarioText,
} from './load-scenario.ts';
export { loadVectorFile } from './load-vectors.ts';
export { PathError } from './paths.ts';
export type { RunOptions } from './pool.ts';
export type { Progress } from './progress.ts';
export { scenarioHash } from './provenance.ts';
export { runComparison } from './run-comparison.ts';
export { CellError, InterruptedError } from './run-error.ts';
export {
  runStudy,
  type StudyJob,
  type StudyOptions,
  studyJobs,
  studyScenario,
} from './run-study.ts';
export { runTruths, type TruthOptions } from './run-truths.ts';
export { WriteError, writeFileAtomically } from './write-file.ts';
