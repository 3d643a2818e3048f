export * from './cell.ts';
export { type ComparisonInput, compareCells, completeReplications } from './compare.ts';
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
export * from './report/format.ts';
export { REPORTS, type ReportFormat, type ReportName, type ReportOptions } from './report/index.ts';
export {
  CATALOGUE,
  label,
  type RenderContext,
  renderContext,
  renderMessage,
} from './report/messages/index.ts';
export {
  type ComparisonTable,
  comparisonTable,
  type Mark,
  type TableCell,
  type TableColumn,
  type TableRow,
} from './report/table.ts';
export { runCell } from './run-cell.ts';
export type { LocalText } from './scenario/fields.ts';
export * from './scenario/scenario.ts';
export * from './scenario/schema.ts';
export { MEASURE_NAMES } from './summarize.ts';
