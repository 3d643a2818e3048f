/** Delays of the start-up chain from standard draws (distributions: docs/model.md). */
import { exp } from '../kernel/elementary.ts';
import { nextNormal, nextUniform, type StreamState } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import type { NodeDraws, PodDraws } from './world.ts';

export interface Delay {
  /** µs */
  readonly median: number;
  readonly sigma: number;
}

/** median · e^(sigma·z), µs; a median of 0 is no delay. */
export function delayFrom(delay: Delay, z: number): number {
  return delay.median === 0 ? 0 : roundDelay(delay.median * exp(delay.sigma * z));
}

/** Uniform from 0 to `longest`, µs. */
export function lagFrom(longest: number, uniform: number): number {
  return longest === 0 ? 0 : roundDelay(longest * uniform);
}

/** All draws of one node, in a fixed number and order. */
export function drawNode(stream: StreamState): NodeDraws {
  return { request: nextNormal(stream), join: nextNormal(stream), stop: nextNormal(stream) };
}

/** All draws of one pod’s start, in a fixed number and order. */
export function drawPod(stream: StreamState): PodDraws {
  return {
    create: nextNormal(stream),
    schedule: nextNormal(stream),
    image: nextNormal(stream),
    container: nextNormal(stream),
    app: nextNormal(stream),
    status: nextUniform(stream),
    slice: nextNormal(stream),
    proxySync: nextUniform(stream),
    proxy: nextNormal(stream),
    backoff: nextUniform(stream),
  };
}
