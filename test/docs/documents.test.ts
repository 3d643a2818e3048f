/** The documents are true where a machine can tell: links, tables, codes, defaults. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../packages/cli/src/exit-code.ts';
import { ENGINE_VERSION } from '../../packages/engine/src/provenance.ts';
import { DECLARATION, type FieldDeclaration } from '../../packages/engine/src/scenario/fields.ts';
import { NodesSchema, StartupSchema } from '../../packages/engine/src/scenario/schema.ts';
import { LAYERS } from '../tidy/rules/layers.ts';
import { ROOT } from '../tidy/source.ts';
import { anchorsOf, documentOf, documents, linksOf } from './markdown.ts';

test.each(documents)('links of $path lead somewhere', ({ path, text }) => {
  const broken = linksOf(text).filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [target = '', anchor] = link.split('#');
    const file = target === '' ? path : join(dirname(path), decodeURI(target));
    if (!existsSync(join(ROOT, file))) return true;
    if (anchor === undefined) return false;
    return !anchorsOf(readFileSync(join(ROOT, file), 'utf8')).includes(anchor);
  });
  expect(broken).toEqual([]);
});

describe('README', () => {
  const readme = documentOf('README.md');

  test('lists the exit codes that the command line has', () => {
    const listed = [...readme.matchAll(/^\| (\d+) \| (.*)$/gm)].flatMap((row) => [
      Number(row[1]),
      ...[...(row[2] as string).matchAll(/\((\d+):/g)].map((more) => Number(more[1])),
    ]);
    expect(listed.sort()).toEqual([...Object.values(EXIT)].sort());
  });

  test('names scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npx -y pnpm@12 ([\w:]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => !((name as string) in scripts))).toEqual([]);
  });
});

test('the architecture gives every folder of the engine the layer that is enforced', () => {
  const rows = [...documentOf('docs/architecture.md').matchAll(/^\| (\d+) \| (.*?) \|/gm)];
  const documented = rows.flatMap(([, layer, units]) =>
    [...(units as string).matchAll(/`([\w.-]+)`/g)].map((unit) => [unit[1], Number(layer)]),
  );
  expect(Object.fromEntries(documented)).toEqual(LAYERS);
});

describe('the model states the defaults of the schema', () => {
  interface DelaySchema {
    readonly properties: Record<'median' | 'sigma', Record<string, unknown>>;
  }
  const defaultOf = (schema: Record<string, unknown>) =>
    (schema[DECLARATION] as FieldDeclaration).default;
  /** LN(1.33 s, 0.28), or with ms, as the document writes a delay. */
  const spellings = ({ properties }: DelaySchema): readonly string[] => {
    const [, number, unit] = /^([\d.]+)(ms|s)$/.exec(String(defaultOf(properties.median))) ?? [];
    const milliseconds = Number(number) * (unit === 's' ? 1000 : 1);
    const sigma = defaultOf(properties.sigma);
    return [`LN(${milliseconds / 1000} s, ${sigma})`, `LN(${milliseconds} ms, ${sigma})`];
  };
  const delays = Object.entries({ ...StartupSchema.properties, ...NodesSchema.properties }).filter(
    ([, schema]) => 'properties' in schema && 'median' in (schema.properties as object),
  );
  const model = documentOf('docs/model.md');

  test.each(delays)('%s', (_, schema) => {
    const accepted = spellings(schema as unknown as DelaySchema);
    expect(
      accepted.some((text) => model.includes(text)),
      accepted.join(' or '),
    ).toBe(true);
  });
});

describe('decisions', () => {
  const decisions = documents.filter((file) => file.path.startsWith('docs/decisions/'));

  test('are numbered without gaps', () => {
    const numbers = decisions.map((file) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(file.path)?.[1]);
    expect(numbers).toEqual(decisions.map((_, i) => String(i + 1).padStart(4, '0')));
  });

  test.each(decisions)('$path has all its parts', ({ path, text }) => {
    expect(text.startsWith(`# ${path.slice('docs/decisions/'.length).slice(0, 4)} `)).toBe(true);
    expect(text).toMatch(/^Date: \d{4}-\d{2}-\d{2}$/m);
    const parts = text.split(/^## /m).slice(1);
    expect(parts.map((part) => part.slice(0, part.indexOf('\n')))).toEqual([
      'Context',
      'Options',
      'Decision',
      'Evidence',
      'What would make us reconsider',
    ]);
    for (const part of parts) expect(part.trim().split('\n').length).toBeGreaterThan(1);
    const options = parts[1]?.match(/^\d\. /gm) ?? [];
    expect(options.length).toBeGreaterThanOrEqual(2);
  });
});

test('the changelog has this version, and begins with the numbers that changed', () => {
  const changelog = documentOf('CHANGELOG.md');
  const [, version, first] = /^## (\S+) .*\n+### (.*)$/m.exec(changelog) ?? [];
  expect(version).toBe(ENGINE_VERSION);
  expect(first).toBe('Numbers that changed');
});
