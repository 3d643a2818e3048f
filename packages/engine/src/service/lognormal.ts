/** Lognormal service times, from mean and cv or from median and 99th percentile. */

import { lognormalDelays } from '../kernel/delays.ts';
import { fillNormals } from '../kernel/draws.ts';
import { exp, log } from '../kernel/elementary.ts';
import { DRAW_TABLES } from '../kernel/random.ts';
import type { Law, LawSpec } from './law.ts';

/** 99 % quantile of the standard normal. */
const Z99 = 2.3263478740408408;

export function lognormal(spec: LawSpec): Law {
  const { mu, sigma } = parameters(spec);
  return {
    mean: exp(mu + 0.5 * sigma * sigma),
    cv: Math.sqrt(exp(sigma * sigma) - 1),
    fill: (stream, out, from, to) => {
      fillNormals(DRAW_TABLES, stream, out, from, to);
      lognormalDelays(DRAW_TABLES, out, from, to, mu, sigma);
    },
    open: { kind: 'lognormal', mu, sigma },
  };
}

function parameters(spec: LawSpec): { mu: number; sigma: number } {
  if (spec.p50 !== undefined && spec.p99 !== undefined) {
    const mu = log(spec.p50);
    return { mu, sigma: (log(spec.p99) - mu) / Z99 };
  }
  const cv = spec.cv ?? 1;
  const variance = log(1 + cv * cv);
  return { mu: log(spec.mean ?? 1) - 0.5 * variance, sigma: Math.sqrt(variance) };
}
