/** Arrival rates that change, as files of truths give them, as the scenario format writes them. */
import type { Parameters } from '../laws.ts';
import { numberOf } from '../truth.ts';
import { rateText } from '../world.ts';

export interface WrittenLoad {
  /** Arrival fields of a load. */
  readonly text: Readonly<Record<string, unknown>>;
  /** Highest rate, per time unit. */
  readonly peak: number;
}

/** `steps`: duration and rate of each, in turn. */
export function stepLoad(
  steps: readonly (readonly [duration: number, rate: number])[],
  unit: number,
): Readonly<Record<string, unknown>> {
  return {
    startRate: rateText(steps[0][1], unit),
    stages: steps.map(([duration, rate]) => ({
      duration: `${Math.round(duration * unit)}us`,
      target: rateText(rate, unit),
      jump: true,
    })),
  };
}

/** Shortest stage of a scenario, µs. */
const INSTANT = 1000;
/** Straight pieces of a sine: 480 of a period err by 0.002 % of its amplitude. */
const PIECES = 480;

/** Undefined for a rate that the scenario format cannot write. */
export function rateLoad(rate: Parameters, end: number, unit: number): WrittenLoad | undefined {
  const text = (value: number) => rateText(value, unit);
  const time = (value: number) => `${Math.round(value * unit)}us`;
  const base = numberOf(rate, 'base');
  const peak = numberOf(rate, 'peak');
  switch (rate.kind) {
    case 'constant':
      return { text: { rate: text(numberOf(rate, 'rate')) }, peak: numberOf(rate, 'rate') };
    case 'step': {
      const at = numberOf(rate, 'at');
      return {
        text: stepLoad(
          [
            [at, base],
            [Math.max(end - at, 1), peak],
          ],
          unit,
        ),
        peak,
      };
    }
    case 'linearRamp': {
      const [from, to] = [numberOf(rate, 'from_'), numberOf(rate, 'to')];
      const stages = [
        { duration: time(from), target: text(base) },
        { duration: time(to - from), target: text(peak) },
      ];
      return { text: { startRate: text(base), stages }, peak: Math.max(base, peak) };
    }
    case 'jumpThenExponentialDecay': {
      // A sale that opens later is no part of the scenario.
      if (numberOf(rate, 'at') >= end) return { text: { rate: text(base) }, peak: base };
      const highest = base + numberOf(rate, 'jump');
      const flashSale = {
        base: text(base),
        peak: text(highest),
        at: `+${time(numberOf(rate, 'at'))}`,
        surge: `${INSTANT}us`,
        plateau: '0s',
        decay: time(numberOf(rate, 'decaySeconds')),
      };
      return { text: { flashSale }, peak: highest };
    }
    case 'sinusoid':
      return sinusoid(rate, end, unit);
    default:
      return undefined;
  }
}

function sinusoid(rate: Parameters, end: number, unit: number): WrittenLoad {
  const mean = numberOf(rate, 'mean');
  const amplitude = numberOf(rate, 'relativeAmplitude');
  const period = numberOf(rate, 'period');
  const piece = Math.max(period / PIECES, end / 9000);
  const at = (t: number) => rateText(mean * (1 + amplitude * sineOfTurns(t / period)), unit);
  const stages = Array.from({ length: Math.ceil(end / piece) }, (_, i) => ({
    duration: `${Math.round((i + 1) * piece * unit) - Math.round(i * piece * unit)}us`,
    target: at((i + 1) * piece),
  }));
  return { text: { startRate: at(0), stages }, peak: mean * (1 + amplitude) };
}

/** sin(2π·turns) by its series, within 1e-9. */
function sineOfTurns(turns: number): number {
  const part = turns - Math.round(turns);
  // sin(π − x) = sin x: the series is short up to a quarter turn.
  const quarter = Math.abs(part) > 0.25 ? Math.sign(part) * 0.5 - part : part;
  const x = 2 * Math.PI * quarter;
  let term = x;
  let sum = x;
  for (let k = 1; k <= 8; k++) {
    term *= (-x * x) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}
