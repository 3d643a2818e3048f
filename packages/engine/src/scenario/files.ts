/**
 * The files that a scenario names, as the engine wants them. Reading and decoding them is the
 * shell's business; a refusal is reported where the scenario names the file, diagnostics point
 * into the file itself.
 */
import type { Diagnostic, DiagnosticCode, Facts, Reporter } from './diagnostics.ts';
import { type Path, plainValue, type SourceNode } from './source.ts';

/** A CSV file: its header and rows of cells, untouched. */
export interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file; absent = row i is on line i + 2. */
  readonly lines?: readonly number[];
}

export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly refusal?: { readonly code: DiagnosticCode; readonly facts: Facts };
      readonly diagnostics?: readonly Diagnostic[];
    };

export interface ScenarioFiles {
  /** The documents of a YAML file of Kubernetes objects. */
  manifests(name: string): Promise<Loaded<readonly SourceNode[]>>;
  /** A price book, by file or as `builtin:<name>`. */
  priceBook(name: string): Promise<Loaded<SourceNode>>;
  table(name: string): Promise<Loaded<Table>>;
}

/** For scenarios that stand alone. */
export const NO_FILES: ScenarioFiles = {
  manifests: refuse,
  priceBook: refuse,
  table: refuse,
};

async function refuse(name: string): Promise<Loaded<never>> {
  const facts = { problem: 'no files can be read here', got: name };
  return { ok: false, refusal: { code: 'E_FILE_MISSING', facts } };
}

/** The loaded value, or undefined after a report at the place that names the file. */
export function received<T>(
  loaded: Loaded<T>,
  node: SourceNode,
  path: Path,
  reporter: Reporter,
): T | undefined {
  if (loaded.ok) return loaded.value;
  const { refusal, diagnostics } = loaded;
  if (refusal !== undefined) {
    const got = String(plainValue(node));
    reporter.report(refusal.code, { at: node.at, path }, { got, ...refusal.facts });
  }
  reporter.add(diagnostics ?? []);
  return undefined;
}
