/**
 * The speed that Peakless aims at, row by row. A goal is met, missed, or not measured in this run;
 * none of them decides the exit code: a regression is what `--check` finds.
 */

/** ns of one row ÷ ns of another, at most (or, `least`, at least) `limit`. */
const times = (what, row, to, limit, least = false) => ({ what, row, to, limit, least, unit: '×' });
const micros = (row, limit) => ({ what: 'one decision', row, limit, unit: 'µs' });
/** Of the CPU time of a process's first run; `warm`: of its fourth. */
const share = (row, limit) => ({ what: 'control plane', row, limit, unit: '%' });

export const GOALS = [
  times('kernel in wasm', 'flash-p2c-200/kernel-wasm', 'c w3i 200', 1.2),
  times('kernel in wasm', 'flash-p2c-120-over/kernel-wasm', 'c w3i 120', 1.2),
  times('kernel in TypeScript', 'flash-p2c-200/kernel-ts', 'c w3i 200', 2.3),
  times('kernel in TypeScript', 'flash-p2c-120-over/kernel-ts', 'c w3i 120', 2.3),
  times('pipeline and its kernel', 'flash-p2c-200/fast-wasm', 'flash-p2c-200/kernel-wasm', 1.5),
  times('pipeline and its kernel', 'flash-p2c-200/fast-ts', 'flash-p2c-200/kernel-ts', 1.5),
  times('SimPy and pipeline', 'flash-p2c-200/simpy', 'flash-p2c-200/fast-wasm', 300, true),
  times('pipeline', 'mm1-90/fast-wasm', 'c w1ev', 1),
  times('pipeline', 'mmc64-90/fast-wasm', 'c w2ev', 1),
  times('kernel', 'flash-lc-200/kernel-wasm', 'c w3 lc', 2.5),
  times('pipeline', 'elastic-day/fast-wasm', 'c w5', 1.8),
  times('general path', 'flash-p2c-200/general-ts', 'c w3 ev', 3),
  micros('hpa-decide-500x2', 50),
  micros('hpa-decide-steady', 5),
  share('control-plane/second-kill-10m', 5),
  share('control-plane/hpa', 5),
  share('control-plane/hpa-prescale', 5),
  share('control-plane/hpa-prescale/warm', 5),
  share('control-plane/big-cluster', 20),
];

/** `figures`: key → ns, or percent for the control plane. */
export function judgeGoals(figures, goals = GOALS) {
  return goals.map((goal) => {
    const value = valueFor(goal, figures);
    if (value === null) return { ...goal, value, verdict: 'not measured' };
    const met = goal.least ? value >= goal.limit : value <= goal.limit;
    return { ...goal, value, verdict: met ? 'met' : 'MISSED' };
  });
}

function valueFor({ row, to, unit }, figures) {
  const own = figures.get(row);
  if (own === undefined) return null;
  if (unit === '%') return own;
  if (unit === 'µs') return own / 1000;
  const other = figures.get(to);
  return other === undefined ? null : own / other;
}
