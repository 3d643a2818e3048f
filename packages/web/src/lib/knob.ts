/**
 * How a variable of a scenario is turned: `5s` … `60s` becomes a slider over 5 … 60 with the unit
 * `s`; whatever does not fit that form stays a text field.
 */
import type { Variable } from '@peakless/engine';

export interface Knob {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
}

interface Amount {
  readonly number: number;
  readonly unit: string;
}

export function readAmount(text: string | number): Amount | null {
  const match = /^(-?\d+(?:\.\d+)?)\s*([^\d\s.].*)?$/.exec(String(text).trim());
  return match ? { number: Number(match[1]), unit: match[2] ?? '' } : null;
}

export function knobOf({ value, range }: Variable): Knob | null {
  const [low, high] = (range ?? []).map(readAmount);
  const current = readAmount(value);
  if (!low || !high || !current || low.number >= high.number) return null;
  if (low.unit !== high.unit || current.unit !== low.unit) return null;
  const whole = [low, high, current].every(({ number }) => Number.isInteger(number));
  return { min: low.number, max: high.number, unit: low.unit, step: stepOf(low, high, whole) };
}

/** About a hundred steps, each 1, 2 or 5 times a power of ten. */
function stepOf(low: Amount, high: Amount, whole: boolean): number {
  const rough = (high.number - low.number) / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= rough * 0.999);
  const nice = Number((step ?? power).toPrecision(1));
  return whole ? Math.max(1, nice) : nice;
}

export function amountText(number: number, { unit, step }: Knob): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return `${Number(number.toFixed(decimals))}${unit}`;
}
