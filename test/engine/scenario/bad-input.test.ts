/** Malformed and hostile documents: each has its code, at its place, and nothing throws. */
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../../packages/engine/src/scenario/diagnostics.ts';
import { briefly, diagnosticsOf, parseText, SMALL, scenarioOf, small } from './scenarios.ts';

const withLoad = (load: string) => small({ replace: [['  - rate: 100/s', `  - ${load}`]] });
const withTime = (time: string) => small({ replace: [['{ mean: 50ms }', time]] });
const withService = (line: string) => small({ add: `    ${line}\n` });
const add = (text: string) => small({ add: text });

const cases: readonly [name: string, text: string, expected: readonly string[]][] = [
  ['alias', add('title: &t hello\ndescription: *t\n'), ['E_YAML_ALIAS description 11:14']],
  ['anchor alone', add('title: &t hello\n'), ['E_YAML_ALIAS title 10:11']],
  [
    'merge key',
    small({ replace: [['    time:', '    <<: *base\n    time:']], add: 'title: &base x\n' }),
    ['E_UNKNOWN_KEY services.web.<< 8:5'],
  ],
  ['repeated key', add('seed: 1\ntitle: x\nseed: 2\n'), ['E_DUP_KEY seed 12:1']],
  [
    'tags',
    add('title: !!js/function "function(){}"\ndescription: !secret x\n'),
    ['E_YAML_TAG title 10:22', 'E_YAML_TAG description 11:22'],
  ],
  ['syntax', add('title: "open\n'), ['E_SYNTAX  11:1']],
  ['tab indentation', 'a:\n\tb: 1\n', ['E_SYNTAX  2:1']],
  ['half a surrogate pair', add('title: "\\uD800"\n'), ['E_CHAR title 10:8']],
  ['control character', add('title: "a\\u0007b"\n'), ['E_CHAR title 10:8']],
  ['lone carriage return', 'apiVersion: peakless/v1\rname: x\r', ['E_CHAR  1:24']],
  ['nothing', '', ['E_EMPTY  1:1']],
  ['only comments', '# hello\n# world\n', ['E_EMPTY  1:1']],
  ['only a document mark', '---\n', ['E_EMPTY  1:4']],
  ['a scalar', '42\n', ['E_EMPTY  1:1']],
  ['a list', '- a\n', ['E_EMPTY  1:1']],
  ['empty map', '{}\n', ['E_EMPTY  1:1']],
  ['two documents', `${SMALL}---\n${SMALL}`, ['E_SYNTAX  11:1']],
  [
    'not a number',
    withTime('{ mean: 50ms, cv: .nan }'),
    ['E_NOT_FINITE services.web.time.cv 8:29'],
  ],
  ['infinite rate', withLoad('rate: .inf'), ['E_NOT_FINITE load[0].rate 5:11']],
  ['overflowing number', withLoad('rate: 1e999'), ['E_NOT_FINITE load[0].rate 5:11']],
  ['overflowing rate', withLoad('rate: 1e999/s'), ['E_NOT_FINITE load[0].rate 5:11']],
  ['negative rate', withLoad('rate: -5'), ['E_RANGE load[0].rate 5:11']],
  ['negative rate with unit', withLoad('rate: -5/s'), ['E_RANGE load[0].rate 5:11']],
  ['negative duration', withTime('{ mean: -10s }'), ['E_RANGE services.web.time.mean 8:19']],
  [
    'a broken rate of a sale, and nothing about the size of the run',
    withLoad('flashSale: { base: 5/s, peak: 800/q, at: noon }'),
    ['E_QUANTITY load[0].flashSale.peak 5:35', 'E_TIME load[0].flashSale.at 5:46'],
  ],
  [
    'negative price',
    add('prices: { overrides: { c7i.large: { on-demand: -0.01 } } }\n'),
    ['E_RANGE prices.overrides["c7i.large"].on-demand 10:48'],
  ],
  ['boolean seed', add('seed: true\n'), ['E_TYPE seed 10:7']],
  ['null name', small({ replace: [['name: small', 'name: null']] }), ['E_TYPE name 2:7']],
  ['number as text', add('replications: "5"\n'), ['E_TYPE replications 10:15']],
  ['text as number', small({ replace: [['name: small', 'name: 12']] }), ['E_TYPE name 2:7']],
  ['fraction as count', add('replications: 2.5\n'), ['E_TYPE replications 10:15']],
  ['decimal comma', withLoad('rate: "1.200,5/s"'), ['E_TYPE load[0].rate 5:11']],
  [
    'decimal comma in a price',
    add('prices: { overrides: { c7i.large: { on-demand: "0,35" } } }\n'),
    ['E_TYPE prices.overrides["c7i.large"].on-demand 10:48'],
  ],
  [
    'size without unit',
    add('kubernetes: { nodes: { reservedMemory: 512 } }\n'),
    ['E_QUANTITY kubernetes.nodes.reservedMemory 10:40'],
  ],
  [
    'CPU too fine',
    add('kubernetes: { nodes: { reservedCpu: 0.0001 } }\n'),
    ['E_QUANTITY kubernetes.nodes.reservedCpu 10:37'],
  ],
  ['bare duration', withTime('{ mean: 5 }'), ['E_DURATION services.web.time.mean 8:19']],
  [
    'duration of another tool',
    withTime('{ mean: 5min }'),
    ['E_DURATION services.web.time.mean 8:19'],
  ],
  ['far too many requests', withLoad('rate: 1e12/s'), ['E_BUDGET load[0] 5:5']],
  [
    'unknown autoscaler',
    add('strategies: [{ kind: kubernetes, autoscaler: hpaa }]\n'),
    ['E_ENUM strategies[0].autoscaler 10:46'],
  ],
  ['unknown kind', add('strategies: [{ kind: vm }]\n'), ['E_ENUM strategies[0].kind 10:22']],
  ['no kind', add('strategies: [{ name: a }]\n'), ['E_REQUIRED strategies[0] 10:14']],
  ['unknown key', withService('replicaz: 3'), ['E_UNKNOWN_KEY services.web.replicaz 10:5']],
  ['unknown top key', add('tenant: b\n'), ['E_UNKNOWN_KEY tenant 10:1']],
  ['unknown version', SMALL.replace('/v1', '/v2'), ['E_ENUM apiVersion 1:13']],
  [
    'missing field',
    SMALL.replace('    cpuPerRequest: 20ms\n', ''),
    ['E_REQUIRED services.web.cpuPerRequest 8:5'],
  ],
  ['local time', SMALL.replace('00+08:00', '00'), ['E_LOCAL_TIME clock.start 3:17']],
  ['no such date', SMALL.replace('01-01T', '02-30T'), ['E_TIME clock.start 3:17']],
  ['proto key', add('__proto__: { isAdmin: true }\n'), ['E_FORBIDDEN_KEY __proto__ 10:1']],
  [
    'constructor key',
    withService('constructor: { prototype: 1 }'),
    ['E_FORBIDDEN_KEY services.web.constructor 10:5'],
  ],
  ['map as list', SMALL.replace('  - rate', '    rate'), ['E_TYPE load 5:5']],
  ['scalar as map', add('kubernetes: yes\n'), ['E_TYPE kubernetes 10:13']],
  ['null as map', add('objectives:\n'), ['E_TYPE objectives 10:1']],
  ['no load', SMALL.replace('load:\n  - rate: 100/s\n', 'load: []\n'), ['E_RANGE load 4:7']],
  ['no services', SMALL.replace(/services:[\s\S]*$/, 'services: {}\n'), ['E_RANGE services 6:11']],
  ['complex key', add('? [1, 2]\n: 3\n'), ['E_TYPE  10:3']],
];

describe('bad input', () => {
  test.each(cases)('%s', async (_, text, expected) => {
    expect(briefly(await diagnosticsOf(text))).toEqual(expected);
  });

  const names = [
    '../../etc/cron.d/x',
    '..\\..\\x',
    '/abs',
    'a/b',
    '.',
    '',
    'con',
    'A',
    'x'.repeat(300),
  ];
  test.each(names)('the name %j is refused', async (name) => {
    const text = SMALL.replace('name: small', `name: ${JSON.stringify(name)}`);
    expect(briefly(await diagnosticsOf(text))).toEqual(['E_NAME name 2:7']);
    const service = SMALL.replace('  web:', `  ${JSON.stringify(name)}:`);
    expect((await diagnosticsOf(service)).map(({ code }) => code)).toContain('E_NAME');
  });

  test('a reserved name is said to be reserved', async () => {
    const [found] = await diagnosticsOf(SMALL.replace('name: small', 'name: con'));
    expect(found?.problem).toContain('Windows');
  });

  test('a date that is none gets the hint of a date', async () => {
    const [found] = await diagnosticsOf(SMALL.replace('01-01T', '02-30T'));
    expect(found?.hint).toBe('write it as 2026-01-01T07:45:00+08:00');
  });

  test('an alias bomb is refused before it is expanded', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => {
      const inner = i === 0 ? 'x' : `*a${i - 1}`;
      return `a${i}: &a${i} [${Array(9).fill(inner).join(', ')}]`;
    });
    const start = performance.now();
    const found = await diagnosticsOf(levels.join('\n'));
    expect(performance.now() - start).toBeLessThan(1000);
    expect(found.filter(({ code }) => code === 'E_YAML_ALIAS')).toMatchObject([
      { at: { line: 2, column: 10 } },
    ]);
  });

  test.each([
    ['brackets', '['.repeat(20_000)],
    ['closed brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['braces', '{a: '.repeat(5000)],
    ['hyphens', `${'- '.repeat(5000)}x`],
    ['question marks', `${'? '.repeat(5000)}x`],
    ['JSON', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['block maps', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('depth is limited: %s', async (_, text) => {
    const start = performance.now();
    const found = await diagnosticsOf(text);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(found.map(({ code }) => code)).toEqual(['E_DEPTH']);
    expect(found[0]?.at.line).toBeGreaterThan(0);
  });

  test('brackets in texts and comments are not depth', async () => {
    const text = add(
      `title: "${'['.repeat(200)}"\n# ${'{'.repeat(200)}\ndescription: |\n  ${'['.repeat(90)}\n`,
    );
    expect(await diagnosticsOf(text)).toEqual([]);
  });

  test('too many parts', async () => {
    const found = await diagnosticsOf(`a: [${'1,'.repeat(125_000)}]`);
    expect(found.map(({ code }) => code)).toEqual(['E_DEPTH']);
  });

  test('a large map does not take seconds', async () => {
    const text = Array.from({ length: 18_000 }, (_, i) => `k${i}: ${i}`).join('\n');
    const start = performance.now();
    const found = await diagnosticsOf(text);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(found.length).toBeLessThanOrEqual(200);
  });

  test('too large for a scenario', async () => {
    const found = await diagnosticsOf(`${SMALL}# ${'x'.repeat(300_000)}`);
    expect(found.map(({ code }) => code)).toEqual(['E_FILE_TOO_BIG']);
  });

  test('prototypes stay as they are', async () => {
    await diagnosticsOf(add('__proto__: { isAdmin: true }\n'));
    await diagnosticsOf(SMALL, { set: { '__proto__.isAdmin': 'true' } });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('all errors of a file come at once, in the order of the text', async () => {
    const text = SMALL.replace('rate: 100/s', 'rate: 100')
      .replace('mean: 50ms', 'mean: 50')
      .replace('cpuPerRequest', 'cpuPerReqest');
    expect(briefly(await diagnosticsOf(text))).toEqual(
      [
        'E_QUANTITY load[0].rate 5:11',
        'E_DURATION services.web.time.mean 8:19',
        'E_REQUIRED services.web.cpuPerRequest 8:5',
        'E_UNKNOWN_KEY services.web.cpuPerReqest 9:5',
      ].sort(
        (a, b) =>
          Number(a.split(' ').at(-1)?.split(':')[0]) - Number(b.split(' ').at(-1)?.split(':')[0]) ||
          Number(a.split(':').at(-1)) - Number(b.split(':').at(-1)),
      ),
    );
  });

  test('a message says where, what, what is allowed and what to do', async () => {
    const [found] = await diagnosticsOf(
      add('strategies: [{ kind: kubernetes, autoscaler: hpaa }]\n'),
    );
    expect(found && formatDiagnostic(found)).toBe(
      's.yaml:10:46 E_ENUM strategies[0].autoscaler: not one of the allowed names ' +
        '(got "hpaa", allowed: hpa, fixed, keda, predictive, kpa). Hint: did you mean hpa?',
    );
  });

  test('hints', async () => {
    const hint = async (text: string) => (await diagnosticsOf(text))[0]?.hint;
    expect(await hint(add('tenant: b\nreplicatoins: 3\n').replace('tenant: b\n', ''))).toBe(
      'did you mean replications?',
    );
    expect(await hint(withLoad('rate: "1,5/s"'))).toContain('comma');
    expect(await hint(add('replications: "5"\n'))).toBe('remove the quotes: 5');
    expect(await hint(add('title: { en: Sale, at noon }\n'))).toContain('quote the text');
    expect(await hint(withTime('{ mean: 5min }'))).toContain('did you mean 5m?');
    expect(await hint('')).toContain('apiVersion: peakless/v1');
  });
});

describe('accepted', () => {
  test('a byte order mark, CRLF, and JSON change nothing', async () => {
    const plain = await scenarioOf(SMALL);
    expect(await scenarioOf(`\uFEFF${SMALL}`)).toEqual(plain);
    expect(await scenarioOf(SMALL.replaceAll('\n', '\r\n'))).toEqual(plain);
    const json = {
      apiVersion: 'peakless/v1',
      name: 'small',
      clock: { start: '2026-01-01T07:45:00+08:00', duration: '30m' },
      load: [{ rate: '100/s' }],
      services: { web: { time: { mean: '50ms' }, cpuPerRequest: '20ms' } },
    };
    expect(await scenarioOf(JSON.stringify(json))).toEqual(plain);
  });

  test('line numbers are right with CRLF and a byte order mark', async () => {
    const text = `\uFEFF${add('seed: true\n')}`.replaceAll('\n', '\r\n');
    expect(briefly(await diagnosticsOf(text))).toEqual(['E_TYPE seed 10:7']);
  });

  test('an empty or null seed is the default seed', async () => {
    for (const seed of ['', 'seed: ""\n', 'seed: null\n', 'seed:\n', 'seed: 20260101\n']) {
      expect((await scenarioOf(add(seed))).seed).toBe('20260101');
    }
    expect((await scenarioOf(add('seed: "11"\n'))).seed).toBe('11');
    expect((await scenarioOf(add('seed: 0\n'))).seed).toBe('0');
  });

  test('a seed that a double cannot hold is refused, quoted it is fine', async () => {
    expect(briefly(await diagnosticsOf(add('seed: 12345678901234567890\n')))).toEqual([
      'E_RANGE seed 10:7',
    ]);
    expect((await scenarioOf(add('seed: "12345678901234567890"\n'))).seed).toBe(
      '12345678901234567890',
    );
  });

  test('the scenario is frozen', async () => {
    const result = await parseText(SMALL);
    expect(result.ok && Object.isFrozen(result.scenario.load[0])).toBe(true);
  });
});
