/**
 * Files that hold their vectors in named sections, each with a form of its own, and the comparison
 * of a vector's fields. Any section may be absent, not all of them; sections that are not named say
 * something to people and are not read.
 */
import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import type { VectorDifference, VectorFault } from './vector-format.ts';

export type Sections = Readonly<Record<string, TSchema>>;

/** The first fault of each vector: what follows is often its consequence. */
export function sectionFaults(document: object, sections: Sections): readonly VectorFault[] {
  const names = Object.keys(sections);
  const lists = document as Record<string, unknown>;
  const found = names.filter((name) => lists[name] !== undefined);
  const faults: VectorFault[] = [];
  for (const name of found) {
    const list = lists[name];
    if (!Array.isArray(list)) {
      faults.push(typeFault([name], `${name} is not a list of vectors`));
      continue;
    }
    list.forEach((vector, i) => {
      const [error] = Errors(sections[name] as TSchema, vector);
      if (error === undefined) return;
      const steps = error.instancePath.split('/').slice(1);
      const path = [name, i, ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
      const label = (Object(vector) as { name?: unknown }).name;
      const whose = typeof label === 'string' ? `${label}: ` : '';
      faults.push(typeFault(path, `${whose}${error.message}`));
    });
  }
  const empty = faults.length === 0 && found.every((name) => (lists[name] as []).length === 0);
  if (!empty) return faults;
  const facts = { problem: 'there are no vectors', hint: `give one of ${names.join(', ')}` };
  return [{ code: 'E_REQUIRED', path: [names[0] as string], facts }];
}

function typeFault(path: VectorFault['path'], problem: string): VectorFault {
  return {
    code: 'E_TYPE',
    path,
    facts: { problem, hint: 'see test/conformance/README.md for the format' },
  };
}

/** The vectors of a section, those of an absent one included: none. */
export function vectorsOf<T>(document: object, section: string): readonly T[] {
  return (document as Record<string, readonly T[] | undefined>)[section] ?? [];
}

/** Names within a section may repeat, and some vectors have none. */
export function vectorId(section: string, index: number, name: string): string {
  return `${section}[${index}] ${name}`;
}

/** Where in a sequence a difference is; null = the vector has no steps. */
export interface StepPlace {
  readonly step: number | null;
  readonly at: string | null;
}

export const NO_STEP: StepPlace = { step: null, at: null };

export function stepPlace(step: number, seconds: number): StepPlace {
  return { step, at: `${seconds} s` };
}

/** Exactly equal, unless `agrees` says when two values are near enough. */
export function differenceOf(
  { step, at }: StepPlace,
  field: string,
  expected: unknown,
  seen: unknown,
  agrees: (expected: unknown, seen: unknown) => boolean = Object.is,
): readonly VectorDifference[] {
  // −0 is no result of its own.
  const value = seen === 0 ? 0 : seen;
  return agrees(expected === 0 ? 0 : expected, value)
    ? []
    : [{ step, at, field, expected, seen: value }];
}
