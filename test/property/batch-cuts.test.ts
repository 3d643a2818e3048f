/** Where a stretch is cut changes no bit: control events may fall anywhere. */
import { expect, test } from 'vitest';
import { BALANCERS, type BalancerName } from '../../packages/engine/src/flow/balancers/index.ts';
import type { Plane } from '../../packages/engine/src/flow/columns.ts';
import { advance } from '../../packages/engine/src/flow/general-path.ts';
import { busyTime, inFlight } from '../../packages/engine/src/flow/pods.ts';
import {
  createStream,
  indexBelow,
  nextExponential,
  nextInt32,
} from '../../packages/engine/src/kernel/random.ts';
import { LAWS } from '../../packages/engine/src/service/index.ts';
import { rateCurve } from '../../packages/engine/src/traffic/rate.ts';
import { drawnArrivals, planeOf, ramp } from '../fixtures/plane.ts';

const SECOND = 1e6;
const HORIZON = 30 * SECOND;
const PODS = 6;

/** A ramp through the pods' capacity and a second load of impatient clients. */
function overloaded(balancer: BalancerName, seed: string): Plane {
  const curves = [
    rateCurve([ramp(100, 700, HORIZON)], HORIZON),
    rateCurve([ramp(200, 0, HORIZON)], HORIZON),
  ];
  const law = LAWS.lognormal({ mean: 40_000, cv: 2 });
  const arrivals = drawnArrivals({ seed, law, curves });
  const timeouts = [400_000, 90_000];
  const shape = { pods: PODS, slots: 4, queueLimit: 20, timeouts, balancer };
  return planeOf({ ...shape, latencyObjective: 200_000 }, arrivals);
}

function stateOf(plane: Plane) {
  return {
    counts: Array.from(plane.counts),
    latencies: Array.from(plane.window.counts),
    totals: Array.from(plane.window.totals),
    inFlight: inFlight(plane),
    queues: Array.from(plane.pods.queueLength),
    busyTime: Array.from({ length: PODS }, (_, pod) => busyTime(plane, pod, HORIZON)),
  };
}

const CUTS: [name: string, next: (s: Int32Array) => number][] = [
  ['every millisecond', () => 1000],
  ['at random, often twice at once', (s) => Math.floor(nextExponential(s) * 2000) - 300],
  ['at random, seldom', (s) => Math.floor(nextExponential(s) * SECOND)],
  ['now and then within a µs', (s) => 1 + indexBelow(nextInt32(s), 2) * 50_000],
];

test.each(
  (Object.keys(BALANCERS) as BalancerName[]).flatMap((balancer) =>
    CUTS.map(([name, next]) => [balancer, name, next] as const),
  ),
)('%s, cut %s', (balancer, name, next) => {
  for (let seed = 0; seed < 3; seed++) {
    const whole = overloaded(balancer, String(seed));
    advance(whole, HORIZON);
    const cut = overloaded(balancer, String(seed));
    const s = createStream(String(seed), 0, name);
    for (let at = 0; at < HORIZON; at += Math.max(0, next(s))) advance(cut, at);
    advance(cut, HORIZON);
    expect(stateOf(cut)).toEqual(stateOf(whole));
    // Every fate has been met, so that each is known to be cut anywhere.
    expect(Math.min(...whole.counts.subarray(0, 5))).toBeGreaterThan(100);
  }
});
