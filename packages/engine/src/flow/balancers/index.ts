/** The registry of balancers: `balancer` of a service → its choice. */
import type { Balancer } from '../columns.ts';
import { leastLoaded } from './least-loaded.ts';
import { powerOfD } from './power-of-d.ts';
import { powerOfTwo } from './power-of-two.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import { sticky } from './sticky.ts';
import { weighted } from './weighted.ts';

interface BalancerEntry {
  readonly choose: Balancer;
  /** Needs the ranking by outstanding requests. */
  readonly ranked: boolean;
  /** For more than two choices. */
  readonly chooseAmong?: Balancer;
}

export const BALANCERS = {
  random: { choose: random, ranked: false },
  'round-robin': { choose: roundRobin, ranked: false },
  'power-of-two': { choose: powerOfTwo, ranked: false, chooseAmong: powerOfD },
  'least-loaded': { choose: leastLoaded, ranked: true },
  weighted: { choose: weighted, ranked: false },
  sticky: { choose: sticky, ranked: false },
} as const satisfies Record<string, BalancerEntry>;

export type BalancerName = keyof typeof BALANCERS;

/** What a service says of its balancer. */
export interface BalancerSpec {
  readonly balancer: BalancerName;
  /** power-of-two: pods compared, 2 if absent. */
  readonly choices?: number;
}

export function balancerOf({ balancer, choices = 2 }: BalancerSpec): BalancerEntry {
  const entry: BalancerEntry = BALANCERS[balancer];
  const { chooseAmong } = entry;
  return choices > 2 && chooseAmong !== undefined ? { ...entry, choose: chooseAmong } : entry;
}
