/** Ranges of numbers as text: "58–71 %", with the unit once. */
import type { Span } from '../../outcome.ts';

export function spanText([low, high]: Span, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  if (from === to) return to;
  const unit = unitOf(to);
  return `${unit !== '' && unitOf(from) === unit ? from.slice(0, -unit.length) : from}–${to}`;
}

/** What follows the last digit. */
function unitOf(text: string): string {
  return /\D*$/.exec(text)?.[0] ?? '';
}
