/** Exponential service times: the M of M/M/c. */
import { scaleDelays } from '../kernel/delays.ts';
import { fillExponentials } from '../kernel/draws.ts';
import { DRAW_TABLES } from '../kernel/random.ts';
import type { Law, LawSpec } from './law.ts';

export function exponential(spec: LawSpec): Law {
  const mean = spec.mean ?? 1;
  return {
    mean,
    cv: 1,
    fill: (stream, out, from, to) => {
      fillExponentials(DRAW_TABLES, stream, out, from, to);
      scaleDelays(out, from, to, mean);
    },
    open: { kind: 'exponential', mean },
  };
}
