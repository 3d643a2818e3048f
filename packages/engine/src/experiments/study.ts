/**
 * A study: a bundled scenario under several settings, simulated over and over, of which a few
 * numbers per run are kept. What an experiment predicts, and how long a burst waits for help, are
 * both read off such numbers.
 *
 *   Study ─ each case × strategy × replication ─► measure(Run) ─► Sample[]
 */
import { compile } from '../compile.ts';
import type { PathOptions } from '../flow/plane-choice.ts';
import type { LocalText } from '../scenario/fields.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Settings } from '../scenario/settings.ts';
import { type Run, simulate } from '../simulate.ts';

export interface StudyCase {
  readonly name: string;
  /** Of the study's scenario, as `--set` takes them. */
  readonly set: Settings;
  /** Instead of those of the scenario. */
  readonly replications?: number;
}

/** Numbers of one run by name: of its pods, its nodes, its probes. */
export type Values = Readonly<Record<string, readonly number[]>>;

export interface Study {
  readonly id: string;
  readonly title: LocalText;
  /** File below the folder of bundled scenarios. */
  readonly scenario: string;
  readonly cases: readonly StudyCase[];
  /** A pure fold over one run. */
  readonly measure: (run: Run) => Values;
}

/** What one run gave. */
export interface Sample {
  readonly case: string;
  readonly strategy: string;
  readonly replication: number;
  readonly values: Values;
}

/** Settings of a case, its seed and its repetitions among them. */
export function settingsOf(
  { set, replications }: StudyCase,
  seed: string | undefined,
  most?: number,
): Settings {
  const count = most ?? replications;
  return {
    ...set,
    ...(seed !== undefined && { seed: JSON.stringify(seed) }),
    ...(count !== undefined && { replications: String(count) }),
  };
}

export function measureCell(
  study: Study,
  scenario: Scenario,
  { strategy, replication }: { readonly strategy: string; readonly replication: number },
  paths?: PathOptions,
): Values {
  return study.measure(simulate(compile(scenario, strategy, replication, paths)));
}

/** Samples of one case, of one strategy, or of both. */
export interface Part {
  readonly case?: string;
  readonly strategy?: string;
}

/** A row of numbers of this name for each run of the part. */
export function rowsOf(
  samples: readonly Sample[],
  name: string,
  part: Part = {},
): readonly (readonly number[])[] {
  return samples.filter((sample) => isOf(sample, part)).map(({ values }) => values[name] ?? []);
}

/** All numbers of this name that the part gave, run by run. */
export function valuesOf(
  samples: readonly Sample[],
  name: string,
  part: Part = {},
): readonly number[] {
  return rowsOf(samples, name, part).flat();
}

function isOf(sample: Sample, part: Part): boolean {
  const isCase = part.case === undefined || sample.case === part.case;
  return isCase && (part.strategy === undefined || sample.strategy === part.strategy);
}
