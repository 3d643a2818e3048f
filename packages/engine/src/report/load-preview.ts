/**
 * The offered rate of a scenario at a glance: the planned arrival rate of all loads together, cut
 * into equal columns of which each keeps its highest rate, so that no short surge is lost. A plan,
 * not a measurement: the arrivals of a run are random around it, those of a closed load below it.
 */
import { plannedCurve } from '../scenario/planned-load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedArrivals, type RateCurve, rateAt } from '../traffic/rate.ts';

export interface LoadPreview {
  /** Highest rate of each column, requests/s. */
  readonly rates: readonly number[];
  /** Highest rate of all, requests/s. */
  readonly peak: number;
  /** Expected number of requests over the whole duration. */
  readonly requests: number;
}

export function loadPreview(scenario: Scenario, columns: number): LoadPreview {
  const horizon = scenario.clock.duration;
  const curves = scenario.load.map((load) => plannedCurve(load, scenario.services, horizon));
  const breaks = breakpoints(curves, columns, horizon);
  const rates = new Array<number>(columns).fill(0);
  for (const time of breaks) {
    let rate = 0;
    for (const curve of curves) rate += rateAt(curve, time);
    const column = Math.min(columns - 1, Math.floor((time / horizon) * columns));
    rates[column] = Math.max(rates[column], rate);
  }
  let requests = 0;
  for (const curve of curves) requests += expectedArrivals(curve);
  return { rates, peak: Math.max(0, ...rates), requests };
}

/**
 * Where the sum can be highest within a column: at its start or end, and just before or at the
 * corners of the curves (a jump makes the two differ).
 */
function breakpoints(curves: readonly RateCurve[], columns: number, horizon: number): number[] {
  const times: number[] = [];
  for (let column = 0; column < columns; column++) {
    times.push((horizon * column) / columns, (horizon * (column + 1)) / columns - 1);
  }
  for (const { start } of curves) {
    for (const corner of start) {
      if (corner > 0) times.push(Math.max(0, Math.min(corner, horizon) - 1));
      if (corner < horizon) times.push(corner);
    }
  }
  return times;
}
