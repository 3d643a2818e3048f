/** Measured service times, drawn with replacement: nothing between or beyond the samples. */
import { indexBelow, nextInt32 } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import type { Law, LawSpec } from './law.ts';

export function empirical(spec: LawSpec): Law {
  const samples = Float64Array.from(spec.samples ?? [1], roundDelay);
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const variance = samples.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / samples.length;
  return {
    mean,
    cv: Math.sqrt(variance) / mean,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        out[i] = samples[indexBelow(nextInt32(stream), samples.length)];
      }
    },
  };
}
