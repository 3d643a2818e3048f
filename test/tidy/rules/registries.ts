/**
 * One policy: one file, one line of the registry, one test. The registries are the index.ts of the
 * families; what they import is a variant; a variant's test imports it, or goes over the registry.
 */
import { dirname, posix } from 'node:path';
import { ENGINE, importsOf, type SourceFile, scan, type Violation } from '../source.ts';

const FAMILIES = [
  'flow/balancers',
  'traffic',
  'service',
  'scaling',
  'scaling/vm',
  'provisioning',
  'finance',
];

export function checkRegistries(files: readonly SourceFile[]): readonly Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const tested = importedByTests(files);
  const violations: Violation[] = [];
  for (const family of FAMILIES) {
    const path = `${ENGINE}${family}/index.ts`;
    const registry = byPath.get(path);
    if (registry === undefined) {
      violations.push({ path, line: 1, message: `the family ${family} has no registry` });
      continue;
    }
    const { code, uncommented } = scan(registry.text);
    if (!/export const [A-Z_]+\b[^=]*= \{/.test(code)) {
      violations.push({ path, line: 1, message: 'exports no registry: an object literal' });
    }
    for (const { specifier, typeOnly, line } of importsOf(registry.text)) {
      const variant = posix.join(dirname(path), specifier);
      if (typeOnly || !specifier.startsWith('./')) continue;
      if (!tested.has(variant) && !tested.has(path)) {
        violations.push({
          path,
          line,
          message: `${specifier} has no test in test/engine/${family}/`,
        });
      }
    }
    const names = byPath.get(`${ENGINE}${family}/names.ts`);
    for (const name of names === undefined ? [] : namesOf(names.text)) {
      const key = new RegExp(`(['"]${name}['"]|\\b${name})\\s*[:,}(]`);
      if (!key.test(uncommented)) {
        violations.push({ path, line: 1, message: `the name ${name} has no line in the registry` });
      }
    }
  }
  return violations;
}

/** The quoted names in the array of a names.ts. */
function namesOf(text: string): readonly string[] {
  const array = /=\s*\[([^\]]*)\]/.exec(scan(text).uncommented)?.[1] ?? '';
  return [...array.matchAll(/['"]([\w-]+)['"]/g)].map((match) => match[1] as string);
}

function importedByTests(files: readonly SourceFile[]): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const file of files) {
    if (!/^test\/.*\.test\.tsx?$/.test(file.path)) continue;
    for (const { specifier, typeOnly } of importsOf(file.text)) {
      if (!typeOnly) imported.add(posix.join(dirname(file.path), specifier));
    }
  }
  return imported;
}
