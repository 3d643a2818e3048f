/**
 * The engine: pure functions from a scenario to a comparison. The same scenario and seed give the
 * same result, everywhere.
 *
 *   text ─ parse ─► Scenario ─ compile ─► Model ─ simulate ─► Run ─ evaluate ─► CellResult
 *          (per strategy × replication: `runCell` does the last three)
 *   CellResult[] ─ compareCells ─► Comparison ─ REPORTS ─► html · markdown · csv · json
 */
export * from './cell.ts';
export { type ComparisonInput, compareCells, completeReplications } from './compare.ts';
export { compile } from './compile.ts';
export { runVectors, type VectorRun } from './conformance/index.ts';
export {
  type ComparedResult,
  localRounds,
  type RunRound,
  runTruth,
  type TruthResult,
} from './conformance/truths/run.ts';
export type { Round, Row } from './conformance/truths/sampling.ts';
export type { Truth } from './conformance/truths/truth.ts';
export type { VectorDifference, VectorResult } from './conformance/vector-format.ts';
export { type CellDigest, digestCell, digestCells, digestOf, sha256Of } from './digest.ts';
export {
  type ExperimentAbout,
  type ExperimentAnswer,
  experimentAbout,
  experimentAnswer,
} from './experiments/answer.ts';
export type {
  Curve,
  Experiment,
  Observed,
  Panel,
  Prediction,
  Quantity,
  QuantityUnit,
  Spread,
  Tolerance,
  Unreplayed,
} from './experiments/experiment.ts';
export { experimentFigure, type FigureOptions } from './experiments/figure.ts';
export { EXPERIMENTS, STUDIES, UNREPLAYED } from './experiments/index.ts';
export {
  predictionCsv,
  type QuantityRow,
  quantityRows,
  ROW_WORDS,
  verdictCounts,
} from './experiments/rows.ts';
export { type SeriesTable, seriesTables } from './experiments/series-table.ts';
export {
  measureCell,
  type Sample,
  type Study,
  type StudyCase,
  settingsOf,
  type Values,
  valuesOf,
} from './experiments/study.ts';
export { TIMELINES, type Timeline } from './experiments/timelines.ts';
export {
  MEDIAN_ALLOWED,
  storedNumber,
  type ValidationResults,
  validationFigures,
  validationMarkdown,
} from './experiments/validation.ts';
export {
  type CreateKernel,
  FRAME_COLUMNS,
  type Kernel,
  type KernelName,
} from './flow/fast/build.ts';
export type { Frame } from './flow/fast/frame.ts';
export type { PathOptions } from './flow/plane-choice.ts';
export type { StartupStage } from './ledger/outcome.ts';
export * from './measures.ts';
export * from './outcome.ts';
export { ENGINE_MODEL, ENGINE_VERSION } from './provenance.ts';
export { toCanonicalJson } from './report/canonical-json.ts';
export {
  type ChartConfig,
  type ChartDataset,
  type ChartSpec,
  type ChartUnit,
  comparisonCharts,
  formatTick,
  formatTimeTick,
  strategyColours,
} from './report/charts/index.ts';
export { setupMessages } from './report/cpu-requests.ts';
export {
  type ExplainContext,
  type ExplainedDecision,
  type ExplainedLine,
  explainDecision,
  isTelling,
} from './report/explain/decision.ts';
export {
  decisionInForce,
  decisionsBetween,
  type PodsThen,
  podsThen,
  podsThenText,
} from './report/explain/instant.ts';
export { momentText } from './report/explain/moments.ts';
export { type ExplainedNodes, explainNodes, nodeDecisionsBetween } from './report/explain/nodes.ts';
export { type ExplainedRequest, explainRequest } from './report/explain/request.ts';
export {
  chooseRequests,
  countFates,
  type FateCount,
  fateLines,
  REQUESTS_SHOWN,
  requestsOf,
  type ServiceRequest,
} from './report/explain/request-choice.ts';
export * from './report/format.ts';
export { unbroken } from './report/html/markup.ts';
export { REPORTS, type ReportFormat, type ReportName, type ReportOptions } from './report/index.ts';
export { type LoadPreview, loadPreview } from './report/load-preview.ts';
export {
  CATALOGUE,
  label,
  type RenderContext,
  renderContext,
  renderMessage,
} from './report/messages/index.ts';
export {
  CLASSES,
  type ClassName,
  itemLabel,
  meanCostItems,
  meanCounts,
  provenanceRows,
} from './report/sections.ts';
export {
  type StartupColumn,
  type StartupRow,
  type StartupTable,
  startupTables,
} from './report/startup.ts';
export {
  type ComparisonTable,
  comparisonTable,
  type Mark,
  type TableCell,
  type TableColumn,
  type TableRow,
} from './report/table.ts';
export { runCell } from './run-cell.ts';
export type { HpaReleaseName } from './scaling/hpa-release.ts';
export { badCharacter, codePointText } from './scenario/characters.ts';
export {
  CODES,
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type Facts,
  formatDiagnostic,
} from './scenario/diagnostics.ts';
export {
  type DryRunDocument,
  type DryRunManifests,
  dryRunOfScenario,
  dryRunOfTrace,
  kubernetesStrategies,
  type TraceWork,
  USUAL_WORK,
} from './scenario/dry-run.ts';
export type { LocalText } from './scenario/fields.ts';
export type { Loaded, ScenarioFiles, Table } from './scenario/files.ts';
export { MINIMAL_SCENARIO, scenarioFormatMarkdown } from './scenario/format-markdown.ts';
export { readClockTime } from './scenario/instants.ts';
export { jsonSchema } from './scenario/json-schema.ts';
export {
  type ParsedScenario,
  type ParseOptions,
  type ParseResult,
  parse,
  type RefusedScenario,
} from './scenario/parse.ts';
export * from './scenario/scenario.ts';
export * from './scenario/schema.ts';
export type { Settings } from './scenario/settings.ts';
export {
  FORBIDDEN_KEYS,
  MAX_DEPTH,
  type Path,
  type Scalar,
  type SourceEntry,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
} from './scenario/source.ts';
export { didYouMean } from './scenario/suggest.ts';
export { MEASURE_NAMES } from './summarize.ts';
export { dryRunTraps, setupTraps } from './traps/index.ts';
