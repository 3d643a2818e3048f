/** Each rule catches what it is for, and lets pass what looks alike. */
import { describe, expect, test } from 'vitest';
import { RULES } from './rules/index.ts';
import { importsOf, scan } from './source.ts';

type RuleName = keyof typeof RULES;

const messages = (rule: RuleName, path: string, text: string) =>
  RULES[rule]([{ path, text }]).map(({ line, message }) => `${line} ${message}`);

const ENGINE = 'packages/engine/src/';
const lines = (...text: string[]) => text.join('\n');

describe('scan', () => {
  test('blanks comments, strings, templates and regular expressions, and keeps the rest', () => {
    const open = '$' + '{';
    const text = `f(/* Date */ 'Date', \`x ${open}Date + \`${open}b}\`} Date\`, /Date[/]/g); // Date`;
    const { code, uncommented } = scan(`x = ${text}`);
    expect(code.match(/Date/g)).toHaveLength(1);
    expect(uncommented.match(/Date/g)).toHaveLength(4);
    expect(code).toHaveLength(text.length + 4);
  });

  test('a division is not a regular expression', () => {
    expect(scan('a = b / c; d = (e) / f; g = h[0] / i').code).toBe(
      'a = b / c; d = (e) / f; g = h[0] / i',
    );
  });

  test('imports: types alone, mixed, several lines, bare, dynamic, re-exported', () => {
    const text = lines(
      "import type { A } from './a.ts';",
      "import { type B, type C } from './b.ts';",
      "import { type D, e } from './d.ts';",
      'import {',
      '  f,',
      "} from './f.ts';",
      "import './g.ts';",
      "const h = await import('./h.ts');",
      "export * from './i.ts';",
      "// import { x } from './x.ts';",
    );
    expect(importsOf(text).map((found) => [found.specifier, found.typeOnly, found.line])).toEqual([
      ['./a.ts', true, 1],
      ['./b.ts', true, 2],
      ['./d.ts', false, 3],
      ['./f.ts', false, 4],
      ['./i.ts', false, 9],
      ['./g.ts', false, 7],
      ['./h.ts', false, 8],
    ]);
  });
});

describe('layers', () => {
  const check = (path: string, specifier: string, type = '') =>
    messages('layers', path, `import ${type}{ x } from '${specifier}';`);

  test('a lower layer may not know a higher one', () => {
    expect(check(`${ENGINE}kernel/calendar.ts`, '../flow/pods.ts')).toEqual([
      '1 kernel (layer 0) may not import flow (layer 3)',
    ]);
    expect(check(`${ENGINE}scenario/parse.ts`, '../compile.ts')).toHaveLength(1);
    expect(check(`${ENGINE}flow/pods.ts`, '../kernel/calendar.ts')).toEqual([]);
  });

  test('families of policies do not meet, layer 1 meets at the front door', () => {
    expect(check(`${ENGINE}scaling/hpa.ts`, '../finance/index.ts')).toHaveLength(1);
    expect(check(`${ENGINE}stats/histogram.ts`, '../queueing/erlang.ts')).toHaveLength(1);
    expect(check(`${ENGINE}stats/histogram.ts`, '../queueing/index.ts')).toEqual([]);
    expect(check(`${ENGINE}scaling/hpa.ts`, './hpa-spec.ts')).toEqual([]);
    expect(check(`${ENGINE}compare.ts`, './summarize.ts')).toEqual([]);
  });

  test('only types of plain data cross upwards, and not into the kernel', () => {
    expect(check(`${ENGINE}traffic/trace.ts`, '../scenario/scenario.ts', 'type ')).toEqual([]);
    expect(check(`${ENGINE}traffic/trace.ts`, '../scenario/scenario.ts')).toHaveLength(1);
    expect(check(`${ENGINE}traffic/trace.ts`, '../scenario/parse.ts', 'type ')).toHaveLength(1);
    expect(check(`${ENGINE}kernel/units.ts`, '../outcome.ts', 'type ')).toHaveLength(1);
  });

  test('pure packages only, and every folder has a layer', () => {
    expect(check(`${ENGINE}stats/confidence.ts`, 'simple-statistics')).toEqual([]);
    expect(check(`${ENGINE}kernel/random.ts`, 'node:crypto')).toHaveLength(1);
    expect(check(`${ENGINE}magic/wand.ts`, './spell.ts')[0]).toContain('magic has no layer');
    expect(check(`${ENGINE}kernel/random.ts`, '../../../runner/src/pool.ts')).toHaveLength(1);
  });

  test('shells import packages by their name, downwards', () => {
    expect(check('packages/cli/src/main.ts', '@peakless/runner')).toEqual([]);
    expect(check('packages/runner/src/pool.ts', '@peakless/cli')).toHaveLength(1);
    expect(check('packages/runner/src/pool.ts', '../../engine/src/index.ts')).toHaveLength(1);
    expect(check('packages/web/src/app.tsx', '@peakless/runner')).toHaveLength(1);
    expect(check('packages/web/src/app.tsx', 'node:fs')).toHaveLength(1);
    expect(check('packages/web/src/app.tsx', '../server/app.ts')).toHaveLength(1);
    expect(check('packages/web/src/app.tsx', '../server/api-types.ts', 'type ')).toEqual([]);
  });
});

describe('purity', () => {
  const check = (text: string) => messages('purity', `${ENGINE}stats/x.ts`, text);

  test.each([
    'const now = new Date();',
    'const now = Date.now();',
    'const u = Math.random();',
    'const e = Math.exp(1);',
    'const l = Math.log2(8);',
    'const s = Math.sinh(1) ;',
    'const a = Math.atan2(1, 2);',
    'const p = x ** y;',
    'const p = x ** -y;',
    'const t = performance.now();',
    'const v = process.env.X;',
    'console.log(1);',
    'setTimeout(f, 1);',
    "const r = fetch('x');",
    'const f = new Intl.NumberFormat();',
    'const s = n.toLocaleString();',
    'const c = a.localeCompare(b);',
    'const g = globalThis.x;',
    "const h = new Function('x');",
    'let count = 0;',
    'export let count = 0;',
    'const cache = new Map();',
    'export const cache: Map<string, number> = new Map();',
    'export const table = [1, 2];',
  ])('refuses %s', (text) => {
    expect(check(text)).toHaveLength(1);
  });

  test.each([
    '// new Date() is not for us',
    "const unit = 'Date';",
    'const d = x.Date;',
    'const m = Math.sqrt(Math.floor(x)) * Math.max(1, 2);',
    'const p = 2 ** -32;',
    'const p = 2 ** BITS;',
    'const p = 10n ** BigInt(n);',
    'function f() {\n  let x = 1;\n}',
    'const names: ReadonlyMap<string, number> = new Map();',
    'export const table = [1, 2] as const;',
    'export const table: readonly number[] = [1, 2];',
    'const queue = { process: 1, console: 2 };',
    'start.process.console;',
  ])('accepts %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  test('says what to use instead, and leaves the shells alone', () => {
    expect(check('const e = Math.exp(1);')[0]).toContain('kernel/elementary.ts');
    expect(messages('purity', 'packages/cli/src/main.ts', 'const now = new Date();')).toEqual([]);
  });
});

describe('hot code', () => {
  const inLoop = (statement: string) =>
    messages('hot code', `${ENGINE}flow/x.ts`, `for (;;) {\n  ${statement}\n}`);

  test.each([
    'const a = new Float64Array(1);',
    'const a = [];',
    'f([1]);',
    'const o = { a: 1 };',
    'f({ a });',
    'const f = () => 1;',
    'xs.forEach(f);',
    'const a = xs.map(f);',
    'f(...xs);',
    'const a = b?.c;',
    "throw new Error('x');",
  ])('refuses %s in a loop', (statement) => {
    expect(inLoop(statement).length).toBeGreaterThan(0);
  });

  test.each([
    'if (a) {\n    b();\n  }',
    'const { a, b } = c;',
    'x[i] = y[j] + z[i];',
    'const a = b ? c : d;',
    'while (a) {\n    b++;\n  }',
    'switch (a) {\n    case 1: {\n      b();\n    }\n  }',
  ])('accepts %s in a loop', (statement) => {
    expect(inLoop(statement)).toEqual([]);
  });

  test('outside loops and outside the hot folders everything is allowed', () => {
    const text = 'const a = [1];\nfunction f() {\n  return { a };\n}';
    expect(messages('hot code', `${ENGINE}flow/x.ts`, text)).toEqual([]);
    const loop = 'for (const a of b) f({ a });';
    expect(messages('hot code', `${ENGINE}scaling/x.ts`, loop)).toEqual([]);
    expect(messages('hot code', `${ENGINE}flow/x.ts`, loop)).toHaveLength(1);
    expect(messages('hot code', `${ENGINE}flow/x.ts`, 'do {\n  f([]);\n} while (a);')).toHaveLength(
      1,
    );
  });
});

describe('size', () => {
  const body = (count: number) => Array.from({ length: count }, () => '  work();');
  const check = (...text: string[]) => messages('size', `${ENGINE}x/y.ts`, lines(...text));

  test('files, functions, columns', () => {
    expect(check(...body(401))).toEqual(['1 401 lines, at most 400: one idea?']);
    expect(check('// a', 'function f() {', ...body(59), '}')).toEqual([
      '2 function of 61 lines, at most 60',
    ]);
    expect(check(`const a = ${'b'.repeat(100)};`)).toEqual(['1 111 columns, at most 100']);
  });

  test.each([
    ['const f = () => {', '};'],
    ['class A {\n  method(a: number): number {', '  }\n}'],
    ['class A {\n  constructor() {', '  }\n}'],
    ['export async function f(\n  a = { b: 1 },\n): Promise<void> {', '}'],
  ])('functions of every shape: %s', (head, end) => {
    expect(check(head, ...body(61), end)).toHaveLength(1);
    expect(check(head, ...body(20), end)).toEqual([]);
  });

  test('a long block is not a function, a sentence is not code', () => {
    expect(check('for (;;) {', ...body(80), '}')).toEqual([]);
    expect(check(`const a = '${'long sentence '.repeat(10)}';`)).toEqual([]);
    expect(check(`// ${'long comment '.repeat(10)}`)).toHaveLength(1);
  });
});

describe('words', () => {
  // In pieces: the rule reads this file too.
  const note = `TO${'DO'}`;

  test('names that say nothing, notes instead of work', () => {
    expect(messages('words', `packages/cli/src/${'util'}s.ts`, '')).toHaveLength(1);
    expect(messages('words', 'a.ts', `class Pod${'Manager'} {}`)).toHaveLength(1);
    expect(messages('words', 'docs/a.md', `${note}: write this`)).toHaveLength(1);
  });

  test('a word within a word, or within a string, is fine', () => {
    expect(messages('words', 'a.ts', "const title = 'kube-controller-manager';")).toEqual([]);
    expect(messages('words', 'packages/engine/src/utilization.ts', 'const a = 1;')).toEqual([]);
  });
});

test('headers: a file of the engine says its idea first', () => {
  expect(messages('headers', `${ENGINE}x.ts`, "import { a } from './a.ts';")).toHaveLength(1);
  expect(messages('headers', `${ENGINE}x.ts`, '/** The idea. */\nconst a = 1;')).toEqual([]);
  expect(messages('headers', `${ENGINE}x.ts`, '/**\n * The idea.\n */\n')).toEqual([]);
});

describe('self-contained', () => {
  const slash = '/';

  test.each([
    `see ${slash}tmp/report.html`,
    `cd ${slash}home/someone`,
    `"resolved": "https://${'registry'}.somewhere.org/a.tgz"`,
    `${'registry'}=https://a.b`,
    `http://${[10, 0, 0, 7].join('.')}:8080`,
  ])('refuses %s', (text) => {
    expect(messages('self-contained', 'docs/a.md', text).length).toBeGreaterThan(0);
  });

  test.each(['http://127.0.0.1:7070', 'docs/work/a.md', 'image: registry.example/buy:1', 'a / b'])(
    'accepts %s',
    (text) => {
      expect(messages('self-contained', 'docs/a.md', text)).toEqual([]);
    },
  );
});

describe('registries', () => {
  const registry = (family: string, text: string) => ({
    path: `${ENGINE}${family}/index.ts`,
    text,
  });
  const good = lines("import { a } from './a.ts';", 'export const THINGS = { a } as const;');
  const families = [
    'flow/balancers',
    'traffic',
    'service',
    'scaling',
    'scaling/vm',
    'provisioning',
    'finance',
  ];
  const tests = families.map((family) => ({
    path: `test/engine/${family}/a.test.ts`,
    text: `import { a } from '${'../'.repeat(family.split('/').length + 2)}${ENGINE}${family}/a.ts';`,
  }));
  const complete = [...families.map((family) => registry(family, good)), ...tests];
  const check = (files: readonly { path: string; text: string }[]) =>
    RULES.registries(files).map(({ message }) => message);

  test('a variant without a test, a name without a line, a family without a registry', () => {
    expect(check(complete)).toEqual([]);
    expect(check(complete.filter((file) => file.path !== tests[1]?.path))).toEqual([
      './a.ts has no test in test/engine/traffic/',
    ]);
    const names = { path: `${ENGINE}traffic/names.ts`, text: "export const NAMES = ['a', 'b'];" };
    expect(check([...complete, names])).toEqual(['the name b has no line in the registry']);
    expect(check(complete.slice(1))).toEqual(['the family flow/balancers has no registry']);
  });
});
