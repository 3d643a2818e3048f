/**
 * The requests of a load that go to one service: each request of the load is routed by one uniform
 * draw, and a service keeps those whose draw falls into its part of [0, 1). All services of the
 * load walk through the same arrivals, so that a burst of the load is a burst at each of them.
 */
import { nextUniform, type StreamState } from '../kernel/random.ts';
import type { PointProcess } from './process.ts';

const BLOCK = 1024;

/** The part of [0, 1) that belongs to a service; the parts of a load do not overlap. */
export interface RoutePart {
  readonly low: number;
  readonly high: number;
}

/** The part of `service`: shares in their order, the last one up to 1 whatever rounding says. */
export function routePart(route: Readonly<Record<string, number>>, service: string): RoutePart {
  const names = Object.keys(route).filter((name) => route[name] > 0);
  const sumUntil = (end: number) => names.slice(0, end).reduce((sum, name) => sum + route[name], 0);
  const index = names.indexOf(service);
  if (index < 0) return { low: 0, high: 0 };
  const last = index === names.length - 1;
  return { low: sumUntil(index), high: last ? 1 : sumUntil(index + 1) };
}

/** Both streams are those of the load: every service of it draws the same. */
export function routedProcess(
  whole: PointProcess,
  { low, high }: RoutePart,
  stream: StreamState,
): PointProcess {
  const buffer = new Float64Array(BLOCK);
  /** [next, end) of the buffer is still to be routed. */
  const cursor = new Int32Array(2);
  return {
    fill: (out, from, to) => {
      let i = from;
      while (i < to) {
        if (cursor[0] === cursor[1]) {
          cursor[0] = 0;
          cursor[1] = whole.fill(buffer, 0, BLOCK);
          if (cursor[1] === 0) return i;
        }
        const draw = nextUniform(stream);
        const time = buffer[cursor[0]++];
        if (draw >= low && draw < high) out[i++] = time;
      }
      return i;
    },
  };
}
