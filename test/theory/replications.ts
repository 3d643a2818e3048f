/**
 * Exact results of queueing theory by simulation: independent replications until the standard error
 * is small against the truth, then the truth must lie within the computed interval. The rule is
 * that of conformance/queueing-truths.json, field `schema`; seeds derive from the case's id.
 *
 * L and Lq are compared only where a test asks for them: they are throughput · W and throughput ·
 * Wq by Little's law, which the property tests hold on the sample path.
 */
import { expect } from 'vitest';
import type { BalancerName } from '../../packages/engine/src/flow/balancers/index.ts';
import {
  OFFERED,
  REJECTED,
  SERVED,
  TIMED_OUT_COUNT,
  WAITED,
} from '../../packages/engine/src/flow/columns.ts';
import { IN_QUEUE, IN_SYSTEM } from '../../packages/engine/src/flow/data-plane.ts';
import type { CreateKernel } from '../../packages/engine/src/flow/fast/build.ts';
import { choosePlane } from '../../packages/engine/src/flow/plane-choice.ts';
import type { ProcessorSpec } from '../../packages/engine/src/flow/processor.ts';
import type { Law } from '../../packages/engine/src/service/law.ts';
import {
  createHistogram,
  type Histogram,
  histogramQuantile,
  mergeHistogram,
} from '../../packages/engine/src/stats/histogram.ts';
import { wasmKernel } from '../../packages/wasm/src/index.ts';
import type { Truth } from '../engine/queueing/truths.ts';
import { drawnArrivals, specOf, steady } from '../fixtures/plane.ts';

/** The fast path, where it applies, in the build that users run. */
const KERNEL = wasmKernel() as CreateKernel;

/** One time unit of the truths (a mean service) is 10 ms: whole µs err by 0.01 % of it at most. */
export const UNIT = 10_000;

export interface Queue {
  /** Requests per time unit. */
  readonly arrivalRate: number;
  readonly law: Law;
  readonly pods?: number;
  readonly slots?: number;
  readonly queueLimit?: number;
  readonly balancer?: BalancerName;
  readonly processor?: ProcessorSpec;
  readonly patience?: Law;
  /** Time units after which the start is forgotten, roughly. */
  readonly relaxation: number;
}

/** No wait of any case comes near it: P(wait > 1000) < e^-50 where nothing is rejected. */
const PATIENCE = 1000 * UNIT;
const WARM_UP = 10;
const LENGTH = 300;
const REQUESTS_AT_LEAST = 20_000;
const REPLICATIONS_AT_LEAST = 20;
const REQUESTS_AT_MOST = 60_000_000;

interface Replication {
  readonly measures: Readonly<Record<string, number>>;
  readonly window: Histogram;
  readonly offered: number;
}

function replicate(queue: Queue, seed: string, replication: number): Replication {
  const { arrivalRate, law, pods = 1, slots = 1 } = queue;
  const warmUp = Math.ceil(WARM_UP * queue.relaxation) * UNIT;
  const length =
    Math.ceil(Math.max(LENGTH * queue.relaxation, REQUESTS_AT_LEAST / arrivalRate)) * UNIT;
  const horizon = warmUp + length;
  const curve = steady((arrivalRate * 1e6) / UNIT, horizon);
  const { patience, ...shape } = queue;
  const drawn = { seed, replication, law, curves: [curve] };
  const arrivals = drawnArrivals(patience === undefined ? drawn : { ...drawn, patience });
  const clients = {
    timeouts: [PATIENCE],
    ...(patience === undefined ? {} : { patience: ['drawn' as const] }),
  };
  const spec = specOf({ ...shape, latencyObjective: PATIENCE, ...clients }, arrivals);
  const { plane } = choosePlane(spec, { createKernel: KERNEL });
  for (let pod = 0; pod < pods; pod++) plane.admit(pod);
  plane.advance(warmUp);
  const busyAtStart = plane.busyTimeOfAll(warmUp);
  plane.resetStatistics(warmUp);
  plane.advance(horizon);
  plane.settle(horizon);
  const { counts, window } = plane;
  const worked = plane.busyTimeOfAll(horizon) - busyAtStart;
  const W = window.totals[1] / counts[SERVED] / UNIT;
  const measures: Record<string, number> = {
    W,
    // Less the mean service of these very requests, which is less noisy than the law's mean.
    Wq: W - worked / counts[SERVED] / UNIT,
    utilization: worked / (length * pods * slots),
    throughput: counts[SERVED] / (length / UNIT),
    carried: worked / length,
    pBlock: counts[REJECTED] / counts[OFFERED],
    pWait: counts[WAITED] / counts[OFFERED],
    pAbandon: counts[TIMED_OUT_COUNT] / counts[OFFERED],
    L: plane.integrals[IN_SYSTEM] / length,
    Lq: plane.integrals[IN_QUEUE] / length,
  };
  for (const [name, share] of QUANTILES) {
    measures[name] = (histogramQuantile(window, share) as number) / UNIT;
  }
  return { measures, window, offered: counts[OFFERED] };
}

const QUANTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** The truths of a case that a replication measures. */
function compared(truth: Truth, names: readonly string[]): Map<string, number> {
  const truths = new Map<string, number>();
  for (const name of names) {
    if (truth.results[name] !== undefined) truths.set(name, truth.results[name]);
  }
  const quantiles = truth.results.sojournQuantiles as unknown as Record<string, number> | undefined;
  if (quantiles !== undefined) {
    for (const [name] of QUANTILES) truths.set(name, quantiles[name]);
  }
  expect(truths.size, `${truth.id}: results compared`).toBeGreaterThan(0);
  return truths;
}

const NAMES = ['W', 'Wq', 'utilization', 'throughput', 'carried', 'pBlock'];

export interface Sums {
  readonly n: number;
  readonly mean: number;
  readonly standardError: number;
}

export function sumsOf(values: readonly number[]): Sums {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { n, mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}

/**
 * Replicates until the standard error of every compared result is under the rule's limit, then
 * compares. `slack`: relative, beyond four standard errors.
 */
export function expectTheory(
  truth: Truth,
  queue: Queue,
  { names = NAMES, limit = 0.003, slack = 0.001, quantileSlack = 0.004 } = {},
): void {
  const truths = compared(truth, names);
  const values = new Map([...truths.keys()].map((name) => [name, [] as number[]]));
  const pooled = createHistogram();
  let requests = 0;
  for (let replication = 0; ; replication++) {
    const { measures, window, offered } = replicate(queue, truth.id, replication);
    for (const [name, column] of values) column.push(measures[name]);
    mergeHistogram(pooled, window);
    requests += offered;
    if (replication + 1 < REPLICATIONS_AT_LEAST) continue;
    const precise = [...truths].every(
      ([name, exact]) => sumsOf(values.get(name) as number[]).standardError < limit * exact,
    );
    if (precise) break;
    expect(requests, `${truth.id}: requests until precise enough`).toBeLessThan(REQUESTS_AT_MOST);
  }
  for (const [name, exact] of truths) {
    const { n, mean, standardError } = sumsOf(values.get(name) as number[]);
    const share = QUANTILES.find(([quantile]) => quantile === name)?.[1];
    // A quantile of all replications together has no bias of small samples.
    const estimate =
      share === undefined ? mean : (histogramQuantile(pooled, share) as number) / UNIT;
    const allowed = 4 * standardError + (share === undefined ? slack : quantileSlack) * exact;
    const message = `${truth.id} ${name}: ${estimate} against ${exact}, ${n} replications`;
    expect(Math.abs(estimate - exact), message).toBeLessThanOrEqual(allowed);
  }
}

/**
 * Time that c exponential servers take to forget their start, in service times: the inverse of the
 * gap (√(cμ) − √λ)², at least one service. Above capacity the places fill first.
 */
export function relaxationTime(arrivalRate: number, servers: number, places = 0): number {
  const gap = (Math.sqrt(servers) - Math.sqrt(arrivalRate)) ** 2;
  const filling = arrivalRate > servers ? places / (arrivalRate - servers) : 0;
  return Math.max(2, 1 / gap) + filling;
}
