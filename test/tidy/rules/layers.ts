/**
 * The layer table of docs/architecture.md, from the imports. A file of the engine may import its
 * own folder and lower layers. Two kinds of import cross layers without tying them:
 * - `import type` of what travels between the phases (CONTRACTS), from any layer above the kernel:
 *   types are erased at run time, and say nothing of how a later phase works;
 * - a folder of layer 1 through another's index.ts, never its internals.
 */
import { dirname, posix } from 'node:path';
import {
  ENGINE,
  importsOf,
  isEngine,
  isScript,
  type SourceFile,
  type Violation,
} from '../source.ts';

/** Folder or file of packages/engine/src → layer. */
export const LAYERS: Readonly<Record<string, number>> = {
  kernel: 0,
  stats: 1,
  queueing: 1,
  ledger: 1,
  'outcome.ts': 1,
  'measures.ts': 1,
  'provenance.ts': 1,
  traffic: 2,
  service: 2,
  scaling: 2,
  provisioning: 2,
  finance: 2,
  flow: 3,
  cluster: 4,
  scenario: 5,
  compile: 6,
  'model.ts': 6,
  simulate: 7,
  'series.ts': 7,
  'shortfall.ts': 7,
  'cell.ts': 8,
  evaluate: 8,
  summarize: 9,
  compare: 9,
  traps: 9,
  'run-cell.ts': 10,
  'digest.ts': 10,
  plan: 10,
  conformance: 10,
  experiments: 10,
  report: 10,
  'index.ts': 11,
};

const CONTRACTS = new Set([
  'outcome.ts',
  'measures.ts',
  'cell.ts',
  'model.ts',
  'scenario/scenario.ts',
  'scenario/schema.ts',
  'scenario/fields.ts',
]);

const ENGINE_PACKAGES = [
  '@noble/hashes',
  'seedrandom',
  'simple-statistics',
  'typebox',
  'kubernetes-models',
];

/** Where a file of a shell may import from, besides npm packages and itself. */
const SHELLS: readonly { readonly folder: string; readonly mayImport: readonly string[] }[] = [
  { folder: 'packages/wasm/src/', mayImport: ['engine'] },
  { folder: 'packages/runner/src/', mayImport: ['engine', 'wasm'] },
  { folder: 'packages/cli/src/', mayImport: ['engine', 'runner', 'web'] },
  { folder: 'packages/web/server/', mayImport: ['engine', 'runner'] },
  { folder: 'packages/web/src/', mayImport: ['engine', 'wasm'] },
];

/** `compile.ts` and `compile/…` are one unit: the first path segment without its extension. */
function unitOf(path: string): string {
  const first = path.split('/')[0] as string;
  if (first in LAYERS) return first;
  return first.replace(/\.ts$/, '');
}

export function checkLayers(file: SourceFile): readonly Violation[] {
  if (isEngine(file.path)) return checkEngine(file);
  const shell = SHELLS.find(({ folder }) => file.path.startsWith(folder));
  return shell && isScript(file.path) ? checkShell(file, shell.folder, shell.mayImport) : [];
}

function checkEngine(file: SourceFile): readonly Violation[] {
  const path = file.path.slice(ENGINE.length);
  const unit = unitOf(path);
  const layer = LAYERS[unit];
  if (layer === undefined) {
    const message = `${unit} has no layer: give it one in test/tidy/rules/layers.ts and the docs`;
    return [{ path: file.path, line: 1, message }];
  }
  const violations: Violation[] = [];
  for (const { specifier, typeOnly, line } of importsOf(file.text)) {
    const problem = specifier.startsWith('.')
      ? importProblem(unit, layer, posix.join(dirname(path), specifier), typeOnly)
      : packageProblem(specifier);
    if (problem !== null) violations.push({ path: file.path, line, message: problem });
  }
  return violations;
}

function packageProblem(specifier: string): string | null {
  const known = ENGINE_PACKAGES.some(
    (name) => specifier === name || specifier.startsWith(`${name}/`),
  );
  return known ? null : `the engine may not import ${specifier}: pure packages only`;
}

function importProblem(
  unit: string,
  layer: number,
  target: string,
  typeOnly: boolean,
): string | null {
  if (target.startsWith('..')) return `${target} lies outside the engine`;
  const targetUnit = unitOf(target);
  const targetLayer = LAYERS[targetUnit];
  if (targetUnit === unit || targetLayer === undefined) return null;
  if (typeOnly && layer > 0 && CONTRACTS.has(target)) return null;
  if (targetLayer < layer) return null;
  if (targetLayer > layer) {
    return `${unit} (layer ${layer}) may not import ${targetUnit} (layer ${targetLayer})`;
  }
  // Layer 1 meets at the front door, families of policies do not meet, phases of a layer may.
  if (layer >= 5 || (layer === 1 && /(^|\/)(index|outcome|measures)\.ts$/.test(target)))
    return null;
  return `${unit} may not import ${target}: they are of the same layer ${layer}`;
}

function checkShell(
  file: SourceFile,
  folder: string,
  mayImport: readonly string[],
): readonly Violation[] {
  const violations: Violation[] = [];
  const home = `${folder.split('/').slice(0, 2).join('/')}/`;
  for (const { specifier, typeOnly, line } of importsOf(file.text)) {
    const report = (message: string) => violations.push({ path: file.path, line, message });
    const target = posix.join(dirname(file.path), specifier);
    if (specifier.startsWith('.') && !target.startsWith(folder)) {
      // The other half of the same package runs elsewhere: its types may be known, not its code.
      const known = target === `${home}package.json` || (typeOnly && target.startsWith(home));
      if (!known) report(`${specifier} leaves ${folder}: import a package by its name`);
    }
    const peakless = /^@peakless\/(\w+)/.exec(specifier)?.[1];
    if (peakless !== undefined && !mayImport.includes(peakless)) {
      report(`${folder} may not import ${specifier}`);
    }
    if (folder === 'packages/web/src/' && specifier.startsWith('node:')) {
      report(`${specifier} does not exist in a browser`);
    }
  }
  return violations;
}
