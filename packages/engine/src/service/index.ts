/** The registry of laws of times: `dist` → its law. */
import { deterministic } from './deterministic.ts';
import { empirical } from './empirical.ts';
import { erlang } from './erlang.ts';
import { exponential } from './exponential.ts';
import { gamma } from './gamma.ts';
import { hyperexponential } from './hyperexponential.ts';
import type { Law, LawSpec, NamedLawSpec, PartFactory } from './law.ts';
import { lognormal } from './lognormal.ts';
import { mixture } from './mixture.ts';
import { pareto } from './pareto.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

export const LAWS = {
  lognormal,
  exponential,
  deterministic,
  uniform,
  gamma,
  erlang,
  hyperexponential,
  weibull,
  pareto,
  empirical,
  mixture,
} as const satisfies Record<string, (spec: LawSpec, lawOf: PartFactory) => Law>;

export type LawName = keyof typeof LAWS;

/** The law of a specification that was checked (scenario/laws.ts): for service times and others. */
export function createLaw(spec: NamedLawSpec<LawName>): Law {
  return LAWS[spec.dist](spec, (part) => createLaw(part as NamedLawSpec<LawName>));
}
