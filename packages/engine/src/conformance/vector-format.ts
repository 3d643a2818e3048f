/**
 * What a format of conformance vectors is: how a file of it is checked, and how its vectors are
 * run through the product's own code. A format is one file and one line of the registry.
 */
import type { HpaReleaseName } from '../scaling/hpa-release.ts';
import type { DiagnosticCode, Facts } from '../scenario/diagnostics.ts';
import type { Path } from '../scenario/source.ts';

export interface VectorFormat {
  /** What is wrong with the file; vectors of a file without faults can be run. */
  check(document: object): readonly VectorFault[];
  /**
   * In the order of the file, one at a time: a large file needs no memory for its results. Vectors
   * that do not say what `compat` decides are left out.
   */
  run(document: object, compat: HpaReleaseName): Iterable<VectorResult>;
}

export interface VectorFault {
  readonly code: DiagnosticCode;
  readonly path: Path;
  readonly facts: Facts;
}

export interface VectorResult {
  readonly id: string;
  /** Empty = passed. */
  readonly differences: readonly VectorDifference[];
}

export interface VectorDifference {
  /** Of a sequence, from 0; null = the vector has no steps. */
  readonly step: number | null;
  /** What identifies the step to a reader of the file. */
  readonly at: string | null;
  readonly field: string;
  readonly expected: unknown;
  readonly seen: unknown;
}
