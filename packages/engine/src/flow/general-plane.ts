/** The general path behind the data plane's border. */
import { clearHistogram } from '../stats/histogram.ts';
import { settleCalls } from './calls.ts';
import { createPlane, LEVEL_WAITING, OFFERED, type Plane, type PlaneSpec } from './columns.ts';
import type { DataPlane, Flow } from './data-plane.ts';
import { advance, elapse, loseWork } from './general-path.ts';
import { advanceGroup } from './linked-path.ts';
import { type LinkedGroup, resetFromLoads } from './links.ts';
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
    sample: plane.sample,
    advance: (until) => {
      if (plane.links === null) advance(plane, until);
      else advanceGroup(plane.links.group, until);
    },
    settle: (until) => elapse(plane, until),
    readyCount: () => pods.readyCount,
    isReady: (pod) => pod < pods.capacity && pods.isReady[pod] === 1,
    admit: (pod) => admitPod(plane, pod),
    withdraw: (pod) => withdrawPod(plane, pod),
    lose: (pod, time) => {
      loseWork(plane, pod, time);
      if (plane.links !== null) settleCalls(plane.links.group, time);
    },
    outstanding: (pod) => outstanding(plane, pod),
    busyTime: (pod, time) => busyTime(plane, pod, time),
    busyTimeOfAll: (time) => {
      let sum = 0;
      for (let pod = 0; pod < pods.capacity; pod++) sum += busyTime(plane, pod, time);
      return sum;
    },
    waiting: () => levels[LEVEL_WAITING],
    inFlight: () => inFlight(plane),
    resetStatistics: (time) => {
      elapse(plane, time);
      counts.fill(0);
      counts[OFFERED] = inFlight(plane);
      integrals.fill(0);
      for (const histogram of [window, latency, waits]) clearHistogram(histogram);
      if (plane.links !== null) resetFromLoads(plane.links.fromLoads);
    },
  };
}

/** Services that call one another, in one event loop. */
export function groupFlow(group: LinkedGroup): Flow {
  return {
    advance: (until) => advanceGroup(group, until),
    settle: (until) => {
      for (const plane of group.planes) elapse(plane, until);
    },
  };
}
