/**
 * The number in a system with more slots than requests while the arrival rate changes: M(t)/G/∞,
 * whose number at any time is Poisson with a known mean. It is what a pre-scale is planned by.
 */
import { expect, test } from 'vitest';
import { advance } from '../../packages/engine/src/flow/general-path.ts';
import { LAWS } from '../../packages/engine/src/service/index.ts';
import type { Law } from '../../packages/engine/src/service/law.ts';
import { flashSaleSegments } from '../../packages/engine/src/traffic/flash-sale.ts';
import {
  expectedArrivals,
  type RateSegment,
  rateCurve,
} from '../../packages/engine/src/traffic/rate.ts';
import { stageSegments } from '../../packages/engine/src/traffic/stages.ts';
import { type Truth, truthsOf } from '../engine/queueing/truths.ts';
import { drawnArrivals, planeOf } from '../fixtures/plane.ts';
import { sumsOf } from './replications.ts';

const SECOND = 1_000_000;
/** The largest mean is below 1 400: more than 18 standard deviations of room. */
const SLOTS = 2048;
const REPLICATIONS_AT_LEAST = 20;
const LIMIT = 0.01;
const SLACK = 0.001;

type Rate = Readonly<Record<string, number>> & { readonly kind: string };

function segmentsOf(rate: Rate): RateSegment[] {
  const seconds = (s: number) => s * SECOND;
  const { base, peak } = rate;
  switch (rate.kind) {
    case 'step':
      return stageSegments(base, [
        { duration: seconds(rate.at), target: base, jump: false },
        { duration: 1, target: peak, jump: true },
      ]);
    case 'linearRamp':
      return stageSegments(base, [
        { duration: seconds(rate.from_), target: base, jump: false },
        { duration: seconds(rate.to - rate.from_), target: peak, jump: false },
      ]);
    case 'jumpThenExponentialDecay':
      return flashSaleSegments({
        base,
        peak: base + rate.jump,
        at: seconds(rate.at),
        surge: 0,
        plateau: 0,
        decay: seconds(rate.decaySeconds),
      });
    default:
      return sinusoid(rate);
  }
}

/** Stages of half a second follow it within 0.01 % of its mean. */
function sinusoid({ mean, relativeAmplitude, period }: Rate): RateSegment[] {
  const at = (second: number) =>
    mean * (1 + relativeAmplitude * Math.sin((2 * Math.PI * second) / period));
  const stages = Array.from({ length: 2 * 180 }, (_, i) => ({
    duration: SECOND / 2,
    target: at((i + 1) / 2),
    jump: false,
  }));
  return stageSegments(at(0), stages);
}

interface ServiceTruth {
  readonly dist: string;
  readonly mean?: number;
  readonly value?: number;
  readonly scv?: number;
}

function lawOf(service: ServiceTruth): Law {
  const mean = ((service.mean ?? service.value) as number) * SECOND;
  switch (service.dist) {
    case 'exponential':
      return LAWS.exponential({ mean });
    case 'deterministic':
      return LAWS.deterministic({ mean });
    default:
      return LAWS.lognormal({ mean, cv: Math.sqrt(service.scv as number) });
  }
}

const truths = truthsOf('M(t)/G/infinity, empty at t=0 (concurrency with unlimited servers)');

test.each(truths)('$id', (truth) => {
  const times = truth.results.t as unknown as readonly number[];
  const means = truth.results.meanInSystem as unknown as readonly number[];
  const seen = times.map(() => [] as number[]);
  const precise = (k: number) =>
    seen[k].length >= REPLICATIONS_AT_LEAST && sumsOf(seen[k]).standardError < LIMIT * means[k];
  // A replication ends at the last time that still needs it: the early, small numbers need most.
  for (let replication = 0; ; replication++) {
    const needed = times.findLastIndex((_, k) => !precise(k));
    if (needed < 0) break;
    const numbers = numbersInSystem(truth, replication, times.slice(0, needed + 1));
    for (let k = 0; k <= needed; k++) seen[k].push(numbers[k]);
  }
  times.forEach((time, k) => {
    const { n, mean, standardError } = sumsOf(seen[k]);
    const message = `${truth.id} at ${time} s: ${mean} against ${means[k]}, ${n} replications`;
    const allowed = 4 * standardError + SLACK * means[k];
    expect(Math.abs(mean - means[k]), message).toBeLessThanOrEqual(allowed);
  });
});

test.each(truths)('$id: expected arrivals', (truth) => {
  const times = truth.results.t as unknown as readonly number[];
  const arrivals = truth.results.expectedArrivalsUpToT as unknown as readonly number[];
  times.forEach((time, k) => {
    const curve = rateCurve(segmentsOf(truth.params.rate as Rate), time * SECOND);
    expect(Math.abs(expectedArrivals(curve) / arrivals[k] - 1)).toBeLessThan(1e-4);
  });
});

function numbersInSystem(truth: Truth, replication: number, times: readonly number[]): number[] {
  const horizon = times[times.length - 1] * SECOND;
  const law = lawOf(truth.params.service as ServiceTruth);
  const curves = [rateCurve(segmentsOf(truth.params.rate as Rate), horizon)];
  const arrivals = drawnArrivals({ seed: truth.id, replication, law, curves });
  const plane = planeOf({ slots: SLOTS, queueLimit: 0 }, arrivals);
  return times.map((time) => {
    advance(plane, time * SECOND);
    expect(plane.counts[4], 'rejected').toBe(0);
    return plane.pods.busy[0];
  });
}
