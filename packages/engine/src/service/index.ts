/** The registry of service-time laws: `time.dist` of a service → its law. */
import { deterministic } from './deterministic.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import type { Law, LawSpec } from './law.ts';
import { lognormal } from './lognormal.ts';

export const LAWS = { lognormal, exponential, deterministic, empirical } as const satisfies Record<
  string,
  (spec: LawSpec) => Law
>;

export type LawName = keyof typeof LAWS;
