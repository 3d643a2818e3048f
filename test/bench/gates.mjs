/**
 * Correctness gates: intervals in which a workload's statistics must lie, from closed forms and
 * from the reference programs. Pure.
 *
 * A tolerance stated for the full size grows with 1 ÷ √size, as the standard error does; a gate
 * with `fullSize` is about the whole run and says nothing about a part of it, one with `patience`
 * nothing about clients without it.
 */

/** What a gate may look at, from an outcome; times in `unit` µs. */
export function statsOf({ counts, latency }, unit) {
  const scaled = (time) => (time === null ? null : time / unit);
  return {
    requests: counts.offered,
    mean: scaled(latency.mean),
    p50: scaled(latency.p50),
    p95: scaled(latency.p95),
    p99: scaled(latency.p99),
    timedOut: counts.timedOut,
    missShare: (counts.late + counts.timedOut) / counts.offered,
  };
}

/** → one verdict per gate: ok, FAIL, or `-` where it does not apply. */
export function checkGates(gates, stats, { size, patience }) {
  return gates.map((gate) => {
    const { low, high } = size < 1 ? widened(gate, size) : gate;
    const value = stats[gate.measure] ?? null;
    const applies =
      value !== null && !(gate.fullSize && size !== 1) && !(gate.patience && !patience);
    const ok = value !== null && value >= low && value <= high;
    return {
      measure: gate.measure,
      value,
      low,
      high,
      verdict: applies ? (ok ? 'ok' : 'FAIL') : '-',
    };
  });
}

function widened({ low, high }, size) {
  const middle = (low + high) / 2;
  const half = (high - low) / 2 / Math.sqrt(size);
  return { low: middle - half, high: middle + half };
}

/** One verdict for all: FAIL if one fails, `-` if none applies. */
export function verdictOf(checked) {
  if (checked.some(({ verdict }) => verdict === 'FAIL')) return 'FAIL';
  return checked.some(({ verdict }) => verdict === 'ok') ? 'ok' : '-';
}
