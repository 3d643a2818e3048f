/** The registry of balancers: `balancer` of a service → its choice. */
import type { Balancer } from '../columns.ts';
import { leastLoaded } from './least-loaded.ts';
import { powerOfTwo } from './power-of-two.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';

interface BalancerEntry {
  readonly choose: Balancer;
  /** Needs the ranking by outstanding requests. */
  readonly ranked: boolean;
}

export const BALANCERS = {
  random: { choose: random, ranked: false },
  'round-robin': { choose: roundRobin, ranked: false },
  'power-of-two': { choose: powerOfTwo, ranked: false },
  'least-loaded': { choose: leastLoaded, ranked: true },
} as const satisfies Record<string, BalancerEntry>;

export type BalancerName = keyof typeof BALANCERS;
