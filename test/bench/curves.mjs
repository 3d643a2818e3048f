/**
 * The rates of the workloads, as the reference programs have them (reference/common.h, w5.c):
 * constant within slices. Pure arithmetic; requests/s.
 */

/** The sale of w3 and w3i: 500 → 40 000 in 10 s, then a decay of 240 s, slices of 0.1 s. */
export const SALE = { slice: 0.1, slices: 12_000, expected: 1.0209e7 };

function saleRate(slice) {
  const t = (slice + 0.5) * SALE.slice;
  const surge = t < 10 ? t / 10 : Math.exp(-(t - 10) / 240);
  return 500 + 39_500 * surge;
}

/** Expected requests in each of the first slices, of `stretch` times their length. */
export function saleCounts(slices, stretch = 1) {
  return Array.from({ length: slices }, (_, i) => saleRate(i) * SALE.slice * stretch);
}

const DAY = 86_400;
const SALE_AT = 72_000;
const LEAST = 4;
const MOST = 120;

/** The day of w5: 240 to 1 360 over the day, and 40 000 more at 20:00. */
export function dayRate(second) {
  const diurnal = 800 * (1 + 0.7 * Math.sin((second / DAY) * 2 * Math.PI - Math.PI * 0.75));
  const since = second - SALE_AT;
  if (since < 0) return diurnal;
  return diurnal + (since < 10 ? 4000 * since : 40_000 * Math.exp(-(since - 10) / 240));
}

/** Pods of w5 in the 15 s that begin at `second`: half busy under the load of 30 s ago. */
function dayPods(second) {
  if (second >= SALE_AT - 300 && second < SALE_AT + 1800) return MOST;
  const load = dayRate(Math.max(0, second - 30));
  return Math.min(MOST, Math.max(LEAST, Math.ceil((load * 0.03) / 8 / 0.5)));
}

/** The part of the day that a size stands for: the whole at 1, always with the opening at 20:00. */
export function dayWindow(size) {
  const from = 15 * Math.round((SALE_AT * (1 - size)) / 15);
  return { from, until: from + Math.round(DAY * size) };
}

/** The pods of a window as stairs: from `at` (s since its start) on, `pods`. */
export function dayStairs({ from, until }) {
  const stairs = [];
  for (let second = from; second < until; second += 15) {
    const pods = dayPods(second);
    if (stairs.at(-1)?.pods !== pods) stairs.push({ at: second - from, pods });
  }
  return stairs;
}
