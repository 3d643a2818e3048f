/** From samples to figures: medians, ratios of the same rounds, what is worse than before. Pure. */
import { checkGates, verdictOf } from './gates.mjs';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const nsOf = ({ seconds, requests }) => (seconds * 1e9) / requests;

/**
 * Median over the rounds of (ns here ÷ ns there in the same round), so that a machine that slows
 * down for a while slows both; null = nothing to compare with.
 */
export function ratioOf(samples, reference) {
  if (reference === undefined || reference.length === 0) return null;
  const rounds = Math.min(samples.length, reference.length);
  return median(
    samples.slice(0, rounds).map((sample, round) => nsOf(sample) / nsOf(reference[round])),
  );
}

/** One row of the table. `results` holds the samples of all rows by key, for the ratio. */
export function rowOf(job, results, { size, patience, gates = [] }) {
  const samples = results.get(job.key);
  const [first] = samples;
  const hashes = new Set(samples.map(({ hash }) => hash));
  const checked = checkGates(gates, first.stats, { size, patience });
  return {
    key: job.key,
    workload: job.workload,
    implementation: job.implementation,
    path: job.path ?? null,
    build: job.build ?? null,
    requests: first.requests,
    ns: median(samples.map(nsOf)),
    rssMb: Math.max(...samples.map(({ rssMb }) => rssMb)),
    against: job.against ?? null,
    ratio: job.against === undefined ? null : ratioOf(samples, results.get(job.against)),
    hash: hashes.size === 1 ? first.hash : [...hashes].join(' ≠ '),
    repeatable: hashes.size === 1,
    stats: first.stats,
    gates: checked,
    verdict: verdictOf(checked),
  };
}

/** What is wrong with the results themselves, in words; nothing of it depends on time. */
export function faultsOf(rows) {
  const faults = [];
  const hashes = new Map();
  for (const { key, workload, gates, repeatable, hash } of rows) {
    for (const { measure, value, low, high, verdict } of gates) {
      if (verdict === 'FAIL')
        faults.push(`${key}: ${measure} ${value}, expected ${low} to ${high}`);
    }
    if (!repeatable) faults.push(`${key}: different results in different rounds: ${hash}`);
    if (hash === null || !repeatable) continue;
    const other = hashes.get(workload);
    if (other === undefined) hashes.set(workload, { key, hash });
    else if (other.hash !== hash) {
      faults.push(`${key}: results differ from ${other.key}: ${hash} ≠ ${other.hash}`);
    }
  }
  return faults;
}

/** A ratio may be this much worse than the baseline's before the check fails. */
export const TOLERATED = 1.15;

/** Ratios by key, as the baseline file has them. */
export function ratiosOf(rows) {
  const measured = rows.filter(({ ratio }) => ratio !== null);
  return Object.fromEntries(measured.map(({ key, ratio }) => [key, Number(ratio.toFixed(3))]));
}

/** Measured against baseline ratios: what got worse, what is new, what was not measured. */
export function compareRatios(measured, baseline) {
  const worse = [];
  for (const [key, ratio] of Object.entries(measured)) {
    const before = baseline[key];
    if (before !== undefined && ratio > before * TOLERATED) {
      worse.push({ key, ratio, before, change: ratio / before - 1 });
    }
  }
  return {
    worse,
    added: Object.keys(measured).filter((key) => !(key in baseline)),
    unmeasured: Object.keys(baseline).filter((key) => !(key in measured)),
  };
}
