/**
 * The readiness probe looks on a grid of periodSeconds (cluster/probes.ts). A pod that
 * is up waits for the next look, several if successThreshold asks for more; where the load
 * multiplies in less time than that, the wait is time without the capacity.
 *
 * @source Kubernetes, pkg/kubelet/prober/worker.go.
 */
import type { Message } from '../outcome.ts';
import { type RateCurve, totalRateAt } from '../traffic/rate.ts';
import type { TrapSubject } from './subject.ts';

/** A finer grid gains nothing. */
const FINEST = 1_000_000;

export function coarseReadiness({ service, model, peak }: TrapSubject): Message | null {
  const { period, successThreshold } = model.service.workload.readiness;
  const grid = period * successThreshold;
  if (grid <= FINEST) return null;
  const rise = quickestRise(model.curves, peak, grid);
  if (rise === null || rise >= grid) return null;
  // Within a microsecond: a step.
  if (rise <= 1) return { key: 'trap.readiness-grid-step', params: { service, grid } };
  return { key: 'trap.readiness-grid', params: { service, grid, rise } };
}

/**
 * The shortest time, at most `within`, in which the rate doubles to at least half of the peak; null
 * = it never does. The rate is linear between the joints of its curves.
 */
export function quickestRise(
  curves: readonly RateCurve[],
  peak: number,
  within: number,
): number | null {
  const points = pointsOf(curves);
  let quickest: number | null = null;
  points.forEach(({ time, rate }, i) => {
    if (rate <= 0 || rate < peak / 2) return;
    for (let j = i - 1; j >= 0; j--) {
      const rise = time - points[j].time;
      if (rise >= (quickest ?? within + 1)) return;
      if (points[j].rate * 2 > rate) continue;
      quickest = rise;
      return;
    }
  });
  return quickest;
}

interface Point {
  readonly time: number;
  readonly rate: number;
}

/** Where the sum of the curves bends, the rate just before and from then on. */
function pointsOf(curves: readonly RateCurve[]): readonly Point[] {
  const joints = new Set(curves.flatMap(({ start }) => [...start.subarray(0, -1)]));
  return [...joints]
    .sort((a, b) => a - b)
    .flatMap((time) => {
      const from = { time, rate: totalRateAt(curves, time) };
      return time < 1 ? [from] : [{ time, rate: totalRateAt(curves, time - 1) }, from];
    });
}
