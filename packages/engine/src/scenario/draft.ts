/**
 * A scenario after the walk: canonical, with defaults, but parts that were reported are missing.
 * The checks between fields work on it, so that they too report all at once.
 */
import type { Static } from 'typebox';
import type { Reporter } from './diagnostics.ts';
import type { ScenarioSchema } from './schema.ts';
import { nodeAt, type Path, type SourceMap, type SourcePosition } from './source.ts';

type Partially<T> = T extends readonly (infer Item)[]
  ? readonly (Partially<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Partially<T[K]> | undefined }
    : T;

export type Draft = Partially<Static<typeof ScenarioSchema>>;
export type LoadDraft = NonNullable<NonNullable<Draft['load']>[number]>;
export type ServiceDraft = Partially<Static<typeof ScenarioSchema>['services'][string]>;
export type StrategyDraft = NonNullable<NonNullable<Draft['strategies']>[number]>;

/** What the checks share. */
export interface CheckContext {
  readonly draft: Draft;
  /** The document that the draft was read from, for positions. */
  readonly root: SourceMap;
  readonly reporter: Reporter;
}

/** The place of `path`, or of the nearest part above it that was written. */
export function placeOf(root: SourceMap, path: Path): { at: SourcePosition; path: Path } {
  return { at: nodeAt(root, path).node.at, path };
}

export function isWritten(root: SourceMap, path: Path): boolean {
  return nodeAt(root, path).exact;
}

/** The defined entries of a record that may be missing or partial. */
export function entriesOf<T>(
  record: Readonly<Record<string, T | undefined>> | undefined,
): readonly (readonly [string, T])[] {
  return Object.entries(record ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
}
