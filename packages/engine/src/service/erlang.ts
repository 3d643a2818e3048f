/** Erlang times: the sum of k exponential phases, drawn as the gamma time of shape k that it is. */
import { gammaLaw } from './gamma.ts';
import type { Law, LawSpec } from './law.ts';

export function erlang({ mean = 1, k = 1 }: LawSpec): Law {
  return gammaLaw(k, mean / k);
}
