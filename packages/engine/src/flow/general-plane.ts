/** The general path behind the data plane's border. */
import { clearHistogram, endWindow } from '../stats/histogram.ts';
import { settleCalls } from './calls.ts';
import {
  createPlane,
  LEVEL_IN_SYSTEM,
  LEVEL_WAITING,
  OFFERED,
  type Plane,
  type PlaneSpec,
} from './columns.ts';
import type { DataPlane, Flow, HoldPort } from './data-plane.ts';
import { advance, elapse, loseWork } from './general-path.ts';
import { firstHeld } from './held.ts';
import type { Hold } from './hold.ts';
import { advanceGroup } from './linked-path.ts';
import { type LinkedGroup, resetFromLoads } from './links.ts';
import {
  admitPod,
  busyTime,
  outstanding,
  refusePod,
  restartPod,
  setPodSpeed,
  usedForWarmUp,
  withdrawPod,
} from './pods.ts';

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
    endWindow: (quantiles) => endWindow(window, latency, quantiles),
    waits,
    integrals,
    sample: plane.sample,
    advance: (until) => {
      if (plane.links === null) advance(plane, until);
      else advanceGroup(plane.links.group, until);
    },
    settle: (until) => elapse(plane, until),
    runRows: null,
    readyCount: () => pods.readyCount - pods.closedCount,
    isReady: (pod) => pod < pods.capacity && pods.isReady[pod] === 1,
    admit: (pod, time) => admitPod(plane, pod, time),
    withdraw: (pod) => withdrawPod(plane, pod),
    refuse: (pod) => refusePod(plane, pod),
    restart: (pod, time) => restartPod(plane, pod, time),
    setSpeed: (pod, factor, time) => setPodSpeed(plane, pod, factor, time),
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
    warmUpCpu: (pod, time) => usedForWarmUp(plane, pod, time),
    warmUpCpuOfAll: (time) => {
      if (plane.warmUp === null) return 0;
      let sum = 0;
      for (let pod = 0; pod < pods.capacity; pod++) sum += usedForWarmUp(plane, pod, time);
      return sum;
    },
    hold: plane.hold === null ? null : holdPort(plane, plane.hold),
    waiting: () => levels[LEVEL_WAITING],
    inFlight: () => levels[LEVEL_IN_SYSTEM],
    resetStatistics: (time) => {
      elapse(plane, time);
      counts.fill(0);
      counts[OFFERED] = levels[LEVEL_IN_SYSTEM];
      integrals.fill(0);
      for (const histogram of [window, latency, waits]) clearHistogram(histogram);
      if (plane.links !== null) resetFromLoads(plane.links.fromLoads);
    },
  };
}

function nextArrival({ arrivals, links }: Plane): number {
  if (links !== null) return Number.NaN;
  if (arrivals.next === arrivals.end) arrivals.refill(arrivals);
  return arrivals.next < arrivals.end ? arrivals.time[arrivals.next] : Number.POSITIVE_INFINITY;
}

function holdPort(plane: Plane, hold: Hold): HoldPort {
  return {
    length: () => hold.length,
    firstArrival: () => firstHeld(plane, hold),
    isInPath: () => hold.inPath,
    nextArrival: () => nextArrival(plane),
    setInPath: (inPath) => {
      hold.inPath = inPath;
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
