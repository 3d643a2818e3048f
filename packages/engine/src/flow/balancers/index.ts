/** The registry of balancers: `balancer` of a service → its choice. */
import type { Balancer } from '../columns.ts';
import { gradualPowerOfD, gradualRandom, gradualRoundRobin, gradualWeighted } from './gradual.ts';
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
  /** With slow start; absent = it has none. */
  readonly chooseGradually?: Balancer;
}

export const BALANCERS = {
  random: { choose: random, ranked: false, chooseGradually: gradualRandom },
  'round-robin': { choose: roundRobin, ranked: false, chooseGradually: gradualRoundRobin },
  'power-of-two': {
    choose: powerOfTwo,
    ranked: false,
    chooseAmong: powerOfD,
    chooseGradually: gradualPowerOfD,
  },
  'least-loaded': { choose: leastLoaded, ranked: true },
  weighted: { choose: weighted, ranked: false, chooseGradually: gradualWeighted },
  sticky: { choose: sticky, ranked: false },
} as const satisfies Record<string, BalancerEntry>;

export type BalancerName = keyof typeof BALANCERS;

/** What a service says of its balancer. */
export interface BalancerSpec {
  readonly balancer: BalancerName;
  /** power-of-two: pods compared, 2 if absent. */
  readonly choices?: number;
  readonly slowStart?: boolean;
}

/** Balancers that know slow start. */
export function knowsSlowStart(balancer: BalancerName): boolean {
  return 'chooseGradually' in BALANCERS[balancer];
}

export function balancerOf({
  balancer,
  choices = 2,
  slowStart = false,
}: BalancerSpec): BalancerEntry {
  const entry: BalancerEntry = BALANCERS[balancer];
  const { chooseAmong, chooseGradually } = entry;
  if (slowStart && chooseGradually !== undefined) return { ...entry, choose: chooseGradually };
  return choices > 2 && chooseAmong !== undefined ? { ...entry, choose: chooseAmong } : entry;
}
