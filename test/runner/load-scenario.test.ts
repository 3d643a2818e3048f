/** Reading scenario files and all that they name: sizes, encodings, paths, formats. */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadScenario, loadScenarioText } from '../../packages/runner/src/load-scenario.ts';
import { SMALL } from '../engine/scenario/scenarios.ts';

const made: string[] = [];

/** A new folder with these files. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'peakless-load-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

async function codesOf(files: Readonly<Record<string, string | Uint8Array>>, name = 's.yaml') {
  const folder = folderWith(files);
  const result = await loadScenario(join(folder, name));
  if (result.ok) return [];
  return result.diagnostics.map(
    ({ code, at }) =>
      `${code} ${relative(folder, at.file)}${at.line === undefined ? '' : `:${at.line}`}`,
  );
}

const TRACE = 'time,requests\n0,60\n60,120\n';
const traced = (file: string) =>
  SMALL.replace('duration: 30m', 'duration: 2m').replace(
    '- rate: 100/s',
    `- trace: { file: ${JSON.stringify(file)} }`,
  );
const withObject = (file: string) =>
  `${SMALL}kubernetes: { objects: [{ file: ${JSON.stringify(file)} }] }\n`;

const MANIFESTS = `# YAML 1.1, as Kubernetes reads it
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, creationTimestamp: 2026-01-01T00:00:00Z, labels: { mode: "0644" } }
spec:
  replicas: 0o3
  selector: {}
  template: { spec: { containers: [{ name: app, stdin: yes, resources: { limits: { cpu: 2 } } }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { maxReplicas: 9, scaleTargetRef: { kind: Deployment, name: web } }
`.replace('0o3', '03');

describe('the scenario file', () => {
  test('that does not exist, is a folder, is a device', async () => {
    expect(await codesOf({}, 's.yaml')).toEqual(['E_FILE_MISSING s.yaml']);
    expect(await codesOf({ 's.yaml/x': '' })).toEqual(['E_FILE_MISSING s.yaml']);
    const device = await loadScenario('/dev/zero');
    expect(device.ok ? '' : device.diagnostics[0]?.code).toBe('E_FILE_MISSING');
  });

  test('300 MB are refused before they are read', async () => {
    const folder = folderWith({ 's.yaml': SMALL });
    const file = openSync(join(folder, 's.yaml'), 'r+');
    ftruncateSync(file, 300 * 2 ** 20);
    closeSync(file);
    const before = process.memoryUsage().rss;
    const result = await loadScenario(join(folder, 's.yaml'));
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_FILE_TOO_BIG', got: '300 MB', allowed: '256 kB at most' }],
    });
  });

  test('in another encoding: the first bad byte is named', async () => {
    // 开门红 in GB18030.
    const gb = Buffer.concat([
      Buffer.from(`${SMALL}title: `),
      Buffer.from('bfaac3c5baec0a', 'hex'),
    ]);
    const folder = folderWith({
      's.yaml': gb,
      'utf16.yaml': Buffer.from(`\uFEFF${SMALL}`, 'utf16le'),
    });
    const result = await loadScenario(join(folder, 's.yaml'));
    const offset = SMALL.length + 'title: '.length;
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_ENCODING', problem: `byte ${offset} is not valid UTF-8` }],
    });
    const utf16 = await loadScenario(join(folder, 'utf16.yaml'));
    expect(utf16).toMatchObject({ diagnostics: [{ problem: 'byte 0 is not valid UTF-8' }] });
  });

  test.each([
    ['overlong', 'c080', 0],
    ['surrogate', '61eda080', 1],
    ['beyond Unicode', 'f4908080', 0],
    ['cut off', '6162e4b8', 2],
    ['lone continuation', '80', 0],
    ['after valid text', 'e4b8ad0aff', 4],
  ])('%s bytes', async (_, hex, offset) => {
    const folder = folderWith({ 's.yaml': Buffer.from(hex, 'hex') });
    const result = await loadScenario(join(folder, 's.yaml'));
    expect(result).toMatchObject({
      diagnostics: [{ code: 'E_ENCODING', problem: `byte ${offset} is not valid UTF-8` }],
    });
  });
});

describe('files that a scenario names', () => {
  test('a trace', async () => {
    const folder = folderWith({ 's.yaml': traced('data/t.csv'), 'data/t.csv': TRACE });
    const result = await loadScenario(join(folder, 's.yaml'));
    expect(result.ok && result.scenario.load[0]?.trace).toEqual({
      binWidth: 60e6,
      counts: [60, 120],
      file: 'data/t.csv',
    });
  });

  test('measured service times', async () => {
    const text = SMALL.replace('{ mean: 50ms }', '{ dist: empirical, file: t.csv }');
    const folder = folderWith({ 's.yaml': text, 't.csv': 'seconds\n0.05\n0.06\n' });
    const result = await loadScenario(join(folder, 's.yaml'));
    expect(result.ok && result.scenario.services[0]?.time).toEqual({
      dist: 'empirical',
      samples: [50_000, 60_000],
    });
  });

  test('manifests, several documents in YAML 1.1', async () => {
    const folder = folderWith({ 's.yaml': withObject('k8s/web.yaml'), 'k8s/web.yaml': MANIFESTS });
    const result = await loadScenario(join(folder, 's.yaml'));
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.scenario.services[0]?.workload.replicas).toBe(3);
    expect(result.scenario.services[0]?.hpa).toEqual({ maxReplicas: 9 });
  });

  test('errors in them point into them', async () => {
    const broken = MANIFESTS.replace('maxReplicas', 'maxReplica');
    expect(await codesOf({ 's.yaml': withObject('k.yaml'), 'k.yaml': broken })).toEqual([
      'E_REQUIRED k.yaml:13',
      'E_UNKNOWN_KEY k.yaml:13',
    ]);
    expect(await codesOf({ 's.yaml': withObject('k.yaml'), 'k.yaml': 'a: [' })).toEqual([
      'E_SYNTAX k.yaml:1',
    ]);
    const disorder = 'time,requests\n60,1\n0,1\n';
    expect(await codesOf({ 's.yaml': traced('t.csv'), 't.csv': disorder })).toEqual([
      'E_TRACE_ORDER t.csv:3',
    ]);
    expect(await codesOf({ 's.yaml': traced('t.csv'), 't.csv': Buffer.from([0xff]) })).toEqual([
      'E_ENCODING s.yaml:5',
    ]);
  });

  test('what is missing is reported where it is named', async () => {
    expect(await codesOf({ 's.yaml': traced('t.csv') })).toEqual(['E_FILE_MISSING s.yaml:5']);
    expect(await codesOf({ 's.yaml': withObject('k.yaml') })).toEqual(['E_FILE_MISSING s.yaml:10']);
    expect(await codesOf({ 's.yaml': withObject('k8s'), 'k8s/a.yaml': '' })).toEqual([
      'E_FILE_MISSING s.yaml:10',
    ]);
  });

  test.each(['/etc/passwd', '../t.csv', 'a/../../t.csv', 'C:/t.csv', 'a\\t.csv', '..'])(
    'the path %s is refused',
    async (file) => {
      expect(await codesOf({ 'in/s.yaml': traced(file), 't.csv': TRACE }, 'in/s.yaml')).toEqual([
        'E_PATH in/s.yaml:5',
      ]);
    },
  );

  test('a link out of the folder is refused', async () => {
    const folder = folderWith({ 'in/s.yaml': traced('t.csv'), 't.csv': TRACE });
    symlinkSync(join(folder, 't.csv'), join(folder, 'in/t.csv'));
    const result = await loadScenario(join(folder, 'in/s.yaml'));
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'E_PATH' }] });
  });

  test('within a folder of scenarios, files may lie beside', async () => {
    const files = {
      'scenarios/a/s.yaml': traced('../traces/t.csv'),
      'scenarios/traces/t.csv': TRACE,
    };
    expect(await codesOf(files, 'scenarios/a/s.yaml')).toEqual([]);
    const out = { 'scenarios/a/s.yaml': traced('../../t.csv'), 't.csv': TRACE };
    expect(await codesOf(out, 'scenarios/a/s.yaml')).toEqual(['E_PATH scenarios/a/s.yaml:5']);
  });
});

describe('price books', () => {
  const BOOK = `name: own
currency: CNY
asOf: "2026-01-01"
source: invoice of January
types:
  c7i.2xlarge: { cpu: 8, memory: 16Gi, on-demand: 2.5, sources: { on-demand: a letter } }
  c7i.4xlarge: { cpu: 16, memory: 32Gi, on-demand: 5, spot: 1.25 }
`;
  const priced = `${SMALL}prices: { book: prices.yaml }\n`;

  test('of one’s own', async () => {
    const folder = folderWith({ 's.yaml': priced, 'prices.yaml': BOOK });
    const result = await loadScenario(join(folder, 's.yaml'));
    expect(result.ok && result.scenario.prices).toEqual({
      name: 'own',
      currency: 'CNY',
      asOf: '2026-01-01',
      source: 'invoice of January',
      types: {
        'c7i.2xlarge': {
          cpu: 8000,
          memory: 16 * 2 ** 30,
          perHour: { 'on-demand': 2_500_000 },
          sources: { 'on-demand': 'a letter' },
        },
        'c7i.4xlarge': {
          cpu: 16_000,
          memory: 32 * 2 ** 30,
          perHour: { 'on-demand': 5_000_000, spot: 1_250_000 },
        },
      },
    });
  });

  test.each([
    ['negative', ['on-demand: 5,', 'on-demand: -5,'], 'E_RANGE prices.yaml:7'],
    ['decimal comma', ['on-demand: 5,', 'on-demand: "5,0",'], 'E_TYPE prices.yaml:7'],
    ['unknown plan', ['spot: 1.25', 'spott: 1.25'], 'E_UNKNOWN_KEY prices.yaml:7'],
    [
      'unknown plan of a source',
      ['{ on-demand: a letter }', '{ demand: a }'],
      'E_ENUM prices.yaml:6',
    ],
    ['no currency', ['currency: CNY\n', ''], 'E_REQUIRED prices.yaml:1'],
    ['odd currency', ['CNY', 'yuan'], 'E_NAME prices.yaml:2'],
    ['odd date', ['2026-01-01', 'January'], 'E_TIME prices.yaml:3'],
    ['memory without unit', ['32Gi', '32'], 'E_QUANTITY prices.yaml:7'],
  ])('%s', async (_, [from, to], expected) => {
    const book = BOOK.replace(from as string, to as string);
    expect(await codesOf({ 's.yaml': priced, 'prices.yaml': book })).toEqual([expected]);
  });

  test('that do not exist: the built-in ones are named', async () => {
    const result = await loadScenarioText(`${SMALL}prices: { book: aliyun }\n`, {
      name: 'body',
      baseDir: folderWith({}),
    });
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: 'E_FILE_MISSING',
          allowed:
            'builtin:aliyun-cn-hangzhou, builtin:aws-us-east-1, ' +
            'builtin:gcp-us-central1, or a file of your own',
        },
      ],
    });
  });

  test('that are no books', async () => {
    expect(await codesOf({ 's.yaml': priced, 'prices.yaml': '42' })).toEqual([
      'E_TYPE prices.yaml:1',
    ]);
    expect(await codesOf({ 's.yaml': priced, 'prices.yaml': `${BOOK}---\n${BOOK}` })).toEqual([
      'E_SYNTAX prices.yaml',
    ]);
  });
});

describe('texts', () => {
  test('without a folder name no files', async () => {
    const result = await loadScenarioText(traced('t.csv'), { name: 'body' });
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_PATH', at: { file: 'body', line: 5 } }],
    });
  });

  test('with a folder read from it', async () => {
    const baseDir = folderWith({ 't.csv': TRACE });
    const result = await loadScenarioText(traced('t.csv'), {
      name: 'body',
      baseDir,
      set: { seed: '9' },
    });
    expect(result.ok && result.scenario.seed).toBe('9');
  });
});
