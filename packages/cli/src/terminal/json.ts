/** Comparisons for programs. */
import { type Comparison, REPORTS } from '@peakless/engine';
import type { Terminal } from './terminal.ts';

/** One comparison as it is; for several scenarios a list, even if Ctrl-C left fewer. */
export function printJson(
  comparisons: readonly Comparison[],
  scenarios: number,
  terminal: Terminal,
): void {
  const texts = comparisons.map((one) => REPORTS.json.render(one, { locale: 'en' }).trimEnd());
  if (scenarios > 1) terminal.result(`[${texts.join(',\n')}]`);
  else if (texts[0] !== undefined) terminal.result(texts[0]);
}
