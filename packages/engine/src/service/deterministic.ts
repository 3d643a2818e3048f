/** Every request needs the same time: the D of M/D/1. */
import { roundDelay } from '../kernel/units.ts';
import type { Law, LawSpec } from './law.ts';

export function deterministic(spec: LawSpec): Law {
  const mean = roundDelay(spec.mean ?? 1);
  return {
    mean,
    cv: 0,
    fill: (_stream, out, from, to) => void out.fill(mean, from, to),
    open: { kind: 'deterministic', mean },
  };
}
