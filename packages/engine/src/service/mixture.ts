/** A mixture: each time comes from one of several laws, chosen by weight (a cache: hit or miss). */
import { createAliasTable, nextItem } from './alias-table.ts';
import type { Law, LawSpec, PartFactory } from './law.ts';

export function mixture({ parts = [] }: LawSpec, lawOf: PartFactory): Law {
  const laws = parts.map(lawOf);
  const table = createAliasTable(parts.map(({ weight }) => weight));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const shares = parts.map(({ weight }) => weight / total);
  const mean = laws.reduce((sum, law, i) => sum + shares[i] * law.mean, 0);
  // Variance = that within the parts + that between their means.
  const variance = laws.reduce((sum, law, i) => {
    const within = law.cv * law.mean;
    const between = law.mean - mean;
    return sum + shares[i] * (within * within + between * between);
  }, 0);
  return {
    mean,
    cv: Math.sqrt(variance) / mean,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) {
        laws[nextItem(table, stream)].fill(stream, out, i, i + 1);
      }
    },
  };
}
