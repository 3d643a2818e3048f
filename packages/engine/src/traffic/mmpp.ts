/**
 * A Markov-modulated Poisson process: a chain walks through its states in a circle (two states take
 * turns), stays in each for an exponential time, and the rate of the load is multiplied by the
 * factor of the state. The chain is stationary from the start (state i with probability in
 * proportion to its mean stay), and the factors are scaled so that their mean over the chain is 1:
 * the load keeps its rate. Given the chain the arrivals are Poisson, by exact inversion.
 */
import { nextExponential, nextUniform, type StreamState } from '../kernel/random.ts';
import { cyclicDispersion } from './mmpp-dispersion.ts';
import type { PointProcess, ProcessKind, ProcessSpec } from './process.ts';
import type { RateCurve } from './rate.ts';

/** A circular chain, factors scaled to a mean of 1 over it. */
export interface CyclicChain {
  readonly factor: Float64Array;
  /** µs, mean stay in each state. */
  readonly sojourn: Float64Array;
}

export function cyclicChain({ factors = [1], sojourns = [1] }: ProcessSpec): CyclicChain {
  let cycle = 0;
  let weighted = 0;
  sojourns.forEach((sojourn, state) => {
    cycle += sojourn;
    weighted += sojourn * factors[state];
  });
  const scale = cycle / weighted;
  const factor = Float64Array.from(factors, (x) => x * scale);
  return { factor, sojourn: Float64Array.from(sojourns) };
}

interface Modulated {
  readonly curve: RateCurve;
  readonly chain: CyclicChain;
  readonly stream: StreamState;
  /** [segment, µs since its start, unit mass until the next arrival, state, its end in µs]. */
  readonly state: Float64Array;
}

function modulatedProcess(chain: CyclicChain, curve: RateCurve, stream: StreamState): PointProcess {
  const first = stationaryState(chain, nextUniform(stream));
  const end = chain.sojourn[first] * nextExponential(stream);
  const state = Float64Array.of(0, 0, nextExponential(stream), first, end);
  const modulated = { curve, chain, stream, state };
  return { fill: (out, from, to) => fillModulated(modulated, out, from, to) };
}

/** The state whose part of the cycle, in order, holds `draw` of [0, 1). */
function stationaryState({ sojourn }: CyclicChain, draw: number): number {
  let left = draw * sojourn.reduce((sum, x) => sum + x, 0);
  let state = 0;
  while (state < sojourn.length - 1 && left >= sojourn[state]) left -= sojourn[state++];
  return state;
}

function fillModulated(modulated: Modulated, out: Float64Array, from: number, to: number): number {
  const { curve, chain, stream, state } = modulated;
  const { factor, sojourn } = chain;
  const segments = curve.rate.length;
  let segment = state[0];
  let position = state[1];
  let mass = state[2];
  let phase = state[3];
  let phaseEnd = state[4];
  let i = from;
  while (i < to && segment < segments) {
    const start = curve.start[segment];
    const segmentEnd = curve.start[segment + 1];
    const left = Math.min(segmentEnd, phaseEnd) - start - position;
    const slope = curve.slope[segment] * factor[phase];
    const rate = (curve.rate[segment] + curve.slope[segment] * position) * factor[phase];
    const massLeft = (rate + 0.5 * slope * left) * left;
    if (mass >= massLeft) {
      mass -= massLeft;
      if (segmentEnd <= phaseEnd) {
        segment++;
        position = 0;
      } else {
        position += left;
        phase = phase + 1 === sojourn.length ? 0 : phase + 1;
        phaseEnd += sojourn[phase] * nextExponential(stream);
      }
      continue;
    }
    position +=
      slope === 0 ? mass / rate : (2 * mass) / (rate + Math.sqrt(rate * rate + 2 * slope * mass));
    out[i++] = Math.round(start + position);
    mass = nextExponential(stream);
  }
  state[0] = segment;
  state[1] = position;
  state[2] = mass;
  state[3] = phase;
  state[4] = phaseEnd;
  return i;
}

export const mmpp: ProcessKind = {
  forms: [['factors', 'sojourns']],
  also: [],
  create: (spec, curve, stream) => modulatedProcess(cyclicChain(spec), curve, stream),
  dispersion: (spec, at) => cyclicDispersion(cyclicChain(spec), at),
};
