/**
 * When a node that is launched now runs, and is ready for pods. Karpenter launches the instance
 * itself and its nodes join sooner: there the whole time is one delay, within which it runs. Some
 * nodes take several times as long, to run and to join.
 */
import type { NodesSpec, SlowNodes } from '../scenario/schema.ts';
import { type Delay, delayFrom } from './delays.ts';
import type { Node } from './world.ts';

/** µs */
export interface LaunchTimes {
  readonly running: number;
  readonly usable: number;
}

export function launchTimes(
  { request, join, karpenter, failures }: NodesSpec,
  { draws, luck }: Pick<Node, 'draws' | 'luck'>,
  now: number,
): LaunchTimes {
  const take = (delay: Delay, z: number) => delayFrom(slowed(delay, failures?.slow, luck.slow), z);
  const running = now + take(request, draws.request);
  if (karpenter === undefined) return { running, usable: running + take(join, draws.join) };
  const usable = now + take(karpenter.ready, draws.join);
  return { running: Math.min(running, usable), usable };
}

/** The delay as a node of this luck has it, 0..1. */
export function slowed(delay: Delay, slow: SlowNodes | undefined, luck: number): Delay {
  if (slow === undefined || luck >= slow.share) return delay;
  return { ...delay, median: delay.median * slow.factor };
}
