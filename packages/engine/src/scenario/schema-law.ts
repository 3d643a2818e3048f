/**
 * The fields by which a scenario gives a law of times: service times, and whatever else is a random
 * time. laws.ts reads them; law-forms.ts says which go together.
 */
import Type from 'typebox';
import { LAWS, type LawName } from '../service/index.ts';
import * as f from './fields.ts';

/** `dist` and its parameters, of a time that is called `noun` in the documentation. */
export function lawFields(noun: string) {
  return {
    dist: f.oneKeyOf(`Law of the ${noun}.`, LAWS, { default: 'lognormal' }),
    ...parameters(noun),
    parts: Type.Optional(Type.Array(partSchema(noun), { minItems: 1, maxItems: 20 })),
  };
}

function partSchema(noun: string) {
  return Type.Object(
    {
      weight: f.number('Share of this part, relative to the others.', { default: 1, min: 0 }),
      dist: f.oneOf('Law of the part.', PART_LAWS, { default: 'lognormal' }),
      ...parameters(noun),
    },
    { description: `mixture: each ${noun} comes from one of these laws, chosen by weight.` },
  );
}

/** A mixture of mixtures is a mixture: write its parts out. */
const PART_LAWS = (Object.keys(LAWS) as LawName[]).filter((name) => name !== 'mixture');

function parameters(noun: string) {
  const time = (doc: string, min: string | number = '1us') => f.optional(f.duration(doc, { min }));
  return {
    mean: time(`Mean ${noun}.`),
    cv: f.optional(
      f.number(
        'Coefficient of variation, with mean (default: 1 for lognormal, 0.577 for uniform).',
        { min: 0.01, max: 20 },
      ),
    ),
    p50: time(
      'Median, together with p99 instead of mean and cv (lognormal, gamma, weibull, uniform).',
    ),
    p99: time('99th percentile, together with p50.'),
    low: time('uniform: lower bound.', 0),
    high: time('uniform: upper bound.'),
    k: f.optional(f.count('erlang: number of phases; cv is 1 ÷ √k.', { min: 1, max: 1000 })),
    p: f.optional(f.share('hyperexponential: share of the first phase.', { min: 0, max: 1 })),
    mean1: time('hyperexponential: mean of the first phase.'),
    mean2: time('hyperexponential: mean of the second phase.'),
    alpha: f.optional(f.number('pareto: shape, the exponent of the tail.', { min: 0.1, max: 100 })),
    xm: time('pareto: smallest time, instead of mean.'),
    max: time('pareto: largest time (default: 1000 × mean, or 1000 × xm).'),
    file: f.optional(
      f.string(
        'empirical: CSV with a header; one column of measured times in seconds, or a histogram of two columns: `value` or `upper` (edge of the bin) in seconds, and the count.',
      ),
    ),
  };
}
