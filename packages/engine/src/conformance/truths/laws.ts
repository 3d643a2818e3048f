/** Laws of times as files of truths give them, as the scenario format writes them. */
import { numberOf } from './truth.ts';

export type Parameters = Readonly<Record<string, unknown>>;

export interface WrittenLaw {
  /** `dist` and its fields. */
  readonly text: Readonly<Record<string, string | number>>;
  /** Time units. */
  readonly mean: number;
  /** Squared coefficient of variation. */
  readonly scv: number;
  /** The tail is not exponential: rare times decide what is seen. */
  readonly heavy: boolean;
}

/** A duration of `value` time units, to the µs. */
export const timeText = (value: number, unit: number) =>
  `${Math.max(1, Math.round(value * unit))}us`;

export const EXPONENTIAL = (mean: number): Parameters => ({ dist: 'exponential', mean });

type Writer = (spec: Parameters, unit: number) => WrittenLaw;

const WRITERS: Readonly<Record<string, Writer>> = {
  exponential: (spec, unit) => {
    const mean = typeof spec.mean === 'number' ? spec.mean : 1 / numberOf(spec, 'rate');
    return light({ dist: 'exponential', mean: timeText(mean, unit) }, mean, 1);
  },
  deterministic: (spec, unit) => {
    const mean = numberOf(spec, typeof spec.value === 'number' ? 'value' : 'mean');
    return light({ dist: 'deterministic', mean: timeText(mean, unit) }, mean, 0);
  },
  erlang: (spec, unit) => {
    const [k, mean] = [numberOf(spec, 'k'), numberOf(spec, 'mean')];
    return light({ dist: 'erlang', k, mean: timeText(mean, unit) }, mean, 1 / k);
  },
  uniform: (spec, unit) => {
    const [low, high] = [numberOf(spec, 'low'), numberOf(spec, 'high')];
    const mean = (low + high) / 2;
    const bounds = { low: `${Math.round(low * unit)}us`, high: timeText(high, unit) };
    return light({ dist: 'uniform', ...bounds }, mean, (high - low) ** 2 / 12 / mean ** 2);
  },
  hyperexponential: (spec, unit) => {
    const p = numberOf(spec, 'p');
    const [mean1, mean2] = [1 / numberOf(spec, 'rate1'), 1 / numberOf(spec, 'rate2')];
    const mean = p * mean1 + (1 - p) * mean2;
    const square = 2 * (p * mean1 ** 2 + (1 - p) * mean2 ** 2);
    const phases = { mean1: timeText(mean1, unit), mean2: timeText(mean2, unit) };
    return light({ dist: 'hyperexponential', p, ...phases }, mean, square / mean ** 2 - 1);
  },
  gamma: momentsLaw('gamma', false),
  weibull: momentsLaw('weibull', false),
  lognormal: momentsLaw('lognormal', true),
  pareto: (spec, unit) => {
    const [alpha, xm] = [numberOf(spec, 'alpha'), numberOf(spec, 'xm')];
    const mean = (alpha * xm) / (alpha - 1);
    const scv = alpha > 2 ? 1 / (alpha * (alpha - 2)) : Number.POSITIVE_INFINITY;
    const text = { dist: 'pareto', alpha, xm: timeText(xm, unit) };
    return { text, mean, scv, heavy: true };
  },
};

function light(text: WrittenLaw['text'], mean: number, scv: number): WrittenLaw {
  return { text, mean, scv, heavy: false };
}

function momentsLaw(dist: string, heavy: boolean): Writer {
  return (spec, unit) => {
    const [mean, scv] = [numberOf(spec, 'mean'), numberOf(spec, 'scv')];
    const text = { dist, mean: timeText(mean, unit), cv: Math.sqrt(scv) };
    return { text, mean, scv, heavy };
  };
}

/**
 * Undefined for a law that the scenario format cannot write. A parameter that is missing makes the
 * mean NaN, which the plan of the truth finds (models/index.ts).
 */
export function writeLaw(spec: Parameters, unit: number): WrittenLaw | undefined {
  const dist = String(spec.dist);
  return Object.hasOwn(WRITERS, dist) ? WRITERS[dist](spec, unit) : undefined;
}
