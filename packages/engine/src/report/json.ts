/** The comparison itself, in canonical JSON: the format that other programs read. */
import { toCanonicalJson } from './canonical-json.ts';
import type { ReportFormat } from './format-contract.ts';

export const json: ReportFormat = {
  extension: 'json',
  render: (comparison) => toCanonicalJson(comparison),
};
