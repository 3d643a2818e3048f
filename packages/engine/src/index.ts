export * from './cell.ts';
export { type ComparisonInput, compareCells, completeReplications } from './compare.ts';
export * from './measures.ts';
export * from './outcome.ts';
export { ENGINE_MODEL, ENGINE_VERSION } from './provenance.ts';
export * from './report/format.ts';
export {
  CATALOGUE,
  label,
  type RenderContext,
  renderContext,
  renderMessage,
} from './report/messages/index.ts';
export { runCell } from './run-cell.ts';
export type { LocalText } from './scenario/fields.ts';
export * from './scenario/scenario.ts';
export * from './scenario/schema.ts';
export { MEASURE_NAMES } from './summarize.ts';
