/**
 * How many replications, and how long ones: as many as it takes until the standard error of every
 * result is what the rule asks for. Rounds are asked for and answered one after another, so that
 * what comes out depends neither on who runs them nor on how many do.
 */
import { COLUMNS, type Estimate, estimate, shortage } from './estimators.ts';
import type { Compared, Experiment } from './truth.ts';

/** Replications [from, to) of the experiment, each `length` time units long after its warm-up. */
export interface Round {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Of one replication: its requests, then the values of each compared result in turn. */
export type Row = readonly number[];

export interface ResultOf extends Estimate {
  readonly key: string;
  readonly exact: number;
  /** false = the budget ended before the standard error was what the rule asks for. */
  readonly precise: boolean;
}

export interface Sampled {
  readonly results: readonly ResultOf[];
  readonly replications: number;
  /** All that were simulated. */
  readonly requests: number;
}

/** Few enough to be cheap, enough to know their scatter within a fifth. */
const PILOT = 16;
/**
 * Replications of a steady state once their length is known: with so many, four standard errors
 * are exceeded by chance once in 4 500 times; with the pilot's, once in 900.
 */
const LONG = 48;
/** Of transients: the least from which a scatter is believed. */
const SHORT = 64;
/** More than what the scatter of the pilot asks for: it is an estimate itself. */
const MARGIN = 1.25;
const GROWTH_MAX = 8;

export interface Effort {
  /** What all replications may simulate, roughly; what is then not precise has failed. */
  readonly maxRequests: number;
  /** Standard errors may be so many times what the rule asks for; 1 if absent. */
  readonly coarseness?: number;
}

/** Asks for rounds until the results are precise enough. */
export function* sampling(
  experiment: Experiment,
  { maxRequests, coarseness = 1 }: Effort,
): Generator<Round, Sampled, readonly Row[]> {
  let length = experiment.length;
  let next = experiment.first ?? (experiment.stationary ? PILOT : SHORT);
  let rows = [...(yield { length, from: 0, to: next })];
  let requests = requestsOf(rows);
  let estimates = estimatesOf(experiment, rows);
  let short = shortageOf(experiment, estimates, rows.length) / coarseness ** 2;
  // How many times as long replications may be.
  const affordable = ((maxRequests - requests) * rows.length) / (requests * LONG);
  if (experiment.stationary && affordable >= 1) {
    // Longer instead of more: a quantile of a short replication is biased.
    const factor = (short * MARGIN * rows.length) / LONG;
    length *= Math.max(1, Math.min(factor, affordable));
    rows = [...(yield { length, from: next, to: next + LONG })];
    next += LONG;
    requests += requestsOf(rows);
    estimates = estimatesOf(experiment, rows);
    short = shortageOf(experiment, estimates, rows.length) / coarseness ** 2;
  }
  while (short > 1 && requests < maxRequests) {
    const factor = Math.min(GROWTH_MAX, short * (1 + (MARGIN - 1) / 2));
    const wanted = Math.ceil(rows.length * factor) - rows.length;
    const most = ((maxRequests - requests) * rows.length) / Math.max(1, requestsOf(rows));
    const more = Math.max(1, Math.min(wanted, Math.ceil(most)));
    const added = yield { length, from: next, to: next + more };
    next += more;
    requests += requestsOf(added);
    for (const row of added) rows.push(row);
    estimates = estimatesOf(experiment, rows);
    short = shortageOf(experiment, estimates, rows.length) / coarseness ** 2;
  }
  const results = experiment.compared.map((compared, i) => ({
    key: keyOf(experiment, compared),
    exact: compared.exact,
    ...estimates[i],
    precise: shortage(estimates[i], compared, rows.length) <= coarseness ** 2,
  }));
  return { results, replications: rows.length, requests };
}

function keyOf({ label }: Experiment, { key }: Compared): string {
  return label === '' ? key : `${key} (${label})`;
}

function requestsOf(rows: readonly Row[]): number {
  let sum = 0;
  for (const row of rows) sum += row[0];
  return sum;
}

function estimatesOf({ compared }: Experiment, rows: readonly Row[]): Estimate[] {
  let column = 1;
  return compared.map((one) => {
    const columns = Array.from({ length: COLUMNS[one.estimator] }, () => {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = rows[i][column];
      column++;
      return values;
    });
    return estimate(columns, one);
  });
}

/** Of the result that is furthest from being precise, after `n` replications. */
function shortageOf({ compared }: Experiment, estimates: readonly Estimate[], n: number): number {
  return Math.max(0, ...estimates.map((one, i) => shortage(one, compared[i], n)));
}
