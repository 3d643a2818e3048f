/**
 * Measured times: samples drawn with replacement, nothing between or beyond them; or a histogram,
 * whose bins are drawn by their counts and spread evenly.
 */
import { indexBelow, nextInt32, nextUniform } from '../kernel/random.ts';
import { roundDelay } from '../kernel/units.ts';
import { createAliasTable, nextItem } from './alias-table.ts';
import type { HistogramBin, Law, LawSpec } from './law.ts';

export function empirical(spec: LawSpec): Law {
  return spec.histogram === undefined ? sampled(spec.samples ?? [1]) : binned(spec.histogram);
}

function sampled(measured: readonly number[]): Law {
  const samples = Float64Array.from(measured, roundDelay);
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

function binned(bins: readonly HistogramBin[]): Law {
  const low = Float64Array.from(bins, (bin) => bin.from);
  const width = Float64Array.from(bins, (bin) => bin.to - bin.from);
  const table = createAliasTable(bins.map(({ count }) => count));
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const mean = bins.reduce((sum, bin) => sum + (bin.count / total) * middleOf(bin), 0);
  const variance = bins.reduce((sum, bin) => {
    const offset = middleOf(bin) - mean;
    const spread = bin.to - bin.from;
    return sum + (bin.count / total) * (offset * offset + (spread * spread) / 12);
  }, 0);
  return {
    mean,
    cv: Math.sqrt(variance) / mean,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        const bin = nextItem(table, stream);
        out[i] = roundDelay(low[bin] + width[bin] * nextUniform(stream));
      }
    },
  };
}

function middleOf({ from, to }: HistogramBin): number {
  return (from + to) / 2;
}
