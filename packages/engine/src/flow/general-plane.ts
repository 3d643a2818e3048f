/** The general path behind the data plane's border. */
import { clearHistogram } from '../stats/histogram.ts';
import { createPlane, LEVEL_WAITING, OFFERED, type Plane, type PlaneSpec } from './columns.ts';
import type { DataPlane } from './data-plane.ts';
import { advance, elapse, loseWork } from './general-path.ts';
import { admitPod, busyTime, inFlight, outstanding, withdrawPod } from './pods.ts';

export function createGeneralPlane(spec: PlaneSpec): DataPlane {
  return generalPlane(createPlane(spec));
}

export function generalPlane(plane: Plane): DataPlane {
  const { pods, counts, window, latency, waits, integrals, levels } = plane;
  return {
    path: 'general',
    counts,
    window,
    latency,
    waits,
    integrals,
    advance: (until) => advance(plane, until),
    settle: (until) => elapse(plane, until),
    readyCount: () => pods.readyCount,
    isReady: (pod) => pods.ready.subarray(0, pods.readyCount).includes(pod),
    admit: (pod) => admitPod(plane, pod),
    withdraw: (pod) => withdrawPod(plane, pod),
    lose: (pod, time) => loseWork(plane, pod, time),
    outstanding: (pod) => outstanding(plane, pod),
    busyTime: (pod, time) => busyTime(plane, pod, time),
    waiting: () => levels[LEVEL_WAITING],
    inFlight: () => inFlight(plane),
    resetStatistics: (time) => {
      elapse(plane, time);
      counts.fill(0);
      counts[OFFERED] = inFlight(plane);
      integrals.fill(0);
      for (const histogram of [window, latency, waits]) clearHistogram(histogram);
    },
  };
}
