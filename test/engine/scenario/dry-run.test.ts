/** Manifests under a load: what the composed scenario is made of, and where errors point. */
import { describe, expect, test } from 'vitest';
import {
  dryRunOfScenario,
  dryRunOfTrace,
  parse,
  type SourceMap,
  type Table,
} from '../../../packages/engine/src/index.ts';
import type { Loaded, ScenarioFiles } from '../../../packages/engine/src/scenario/files.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import type { SourceNode } from '../../../packages/engine/src/scenario/source.ts';
import { decodeYaml } from '../../../packages/runner/src/document.ts';
import { scenarioFiles } from '../../../packages/runner/src/scenario-files.ts';

const decode = (text: string, file: string, version: '1.1' | '1.2') =>
  decodeYaml(text, { file, version, limit: 100_000 }).documents;

const deployment = (name: string, cpu = '400m', more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: {}
  template:
    spec:
      containers:
        - name: app
          resources: { requests: { cpu: ${cpu} }, limits: { cpu: 800m } }
${more}`;

const hpa = (name: string, max = 7, metric = 'cpu') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}-hpa }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  maxReplicas: ${max}
  metrics:
    - type: Resource
      resource: { name: ${metric}, target: { type: Utilization, averageUtilization: 60 } }
`;

const both = (name: string) => `${deployment(name)}---${hpa(name)}`;

const scenario = (services: readonly string[], more = '') => `
apiVersion: peakless/v1
name: sale
clock: { duration: 5m }
load:
  - rate: 20/s
    route: { ${services.map((name) => `${name}: 1`).join(', ')} }
services:
${services.map((name) => `  ${name}: { time: { mean: 40ms }, cpuPerRequest: 20ms }`).join('\n')}
thresholds: [{ measure: cost, is: "< 50% of vm-peak", strategy: kubernetes }]
baseline: kubernetes
${more}`;

async function dryRun(
  text: string,
  load: string,
  {
    strategy,
    files = scenarioFiles('scenarios'),
  }: { strategy?: string; files?: ScenarioFiles } = {},
) {
  const [document] = decode(load, 'load.yaml', '1.2');
  const documents = decode(text, 'app.yaml', '1.1');
  const manifests = { file: 'app.yaml', documents };
  const composed = dryRunOfScenario(document as SourceMap, manifests, files, strategy);
  const parsed = await parse(composed.document, {
    files: composed.files,
    missingRequests: 'simulate',
  });
  return { parsed, warnings: composed.warnings };
}

async function accepted(...args: Parameters<typeof dryRun>) {
  const { parsed } = await dryRun(...args);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 2));
  return parsed.scenario;
}

async function refused(...args: Parameters<typeof dryRun>) {
  const { parsed } = await dryRun(...args);
  if (parsed.ok) throw new Error('accepted');
  return parsed.diagnostics;
}

describe('manifests under a scenario', () => {
  test('one strategy, the load and the services of the scenario, the objects of the manifests', async () => {
    const read = await accepted(both('web'), scenario(['web']));
    expect(read.strategies.map(({ name, kind }) => ({ name, kind }))).toEqual([
      { name: 'dry-run', kind: 'kubernetes' },
    ]);
    expect(read.strategies[0]).toMatchObject({ autoscaler: 'hpa', schedule: [] });
    expect(read.load[0]).toMatchObject({ rate: 20, route: { web: 1 } });
    expect(read.services[0]).toMatchObject({
      name: 'web',
      workload: { cpuRequest: 400, cpuLimit: 800 },
      hpa: { maxReplicas: 7 },
    });
    expect(read).toMatchObject({ baseline: 'dry-run', thresholds: [], clock: { duration: 3e8 } });
  });

  test('a List, as kubectl get prints it, is the same', async () => {
    const indented = (text: string) =>
      `  -${text
        .trim()
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n')
        .slice(3)}`;
    const items = [deployment('web'), hpa('web')].map(indented).join('\n');
    const list = `apiVersion: v1\nkind: List\nitems:\n${items}\n`;
    expect((await accepted(list, scenario(['web']))).services).toEqual(
      (await accepted(both('web'), scenario(['web']))).services,
    );
  });

  test('a single service is lent to manifests of another name', async () => {
    const read = await accepted(both('php-apache'), scenario(['web']));
    expect(read.services.map(({ name }) => name)).toEqual(['php-apache']);
    expect(read.load[0]?.route).toEqual({ 'php-apache': 1 });
    expect(read.services[0]?.hpa?.maxReplicas).toBe(7);
  });

  test('of several services none is lent: the name must be one of them', async () => {
    const found = await refused(both('php-apache'), scenario(['web', 'api']));
    expect(found.map(({ code, at }) => `${at.file} ${code}`)).toEqual([
      'app.yaml E_REF',
      'app.yaml E_REF',
    ]);
  });

  test('the manifests lie over the objects of the scenario, those of other services stay', async () => {
    const own = `kubernetes:\n  objects: [{ file: own.yaml }]\n`;
    const stored = [deployment('web', '100m'), hpa('web', 3), deployment('api', '300m')];
    const value = decode(stored.join('---'), 'own.yaml', '1.1');
    const files: ScenarioFiles = {
      ...scenarioFiles('scenarios'),
      manifests: async (): Promise<Loaded<readonly SourceNode[]>> => ({ ok: true, value }),
    };
    const read = await accepted(hpa('web', 9), scenario(['web', 'api'], own), { files });
    const [web, api] = read.services;
    expect(web).toMatchObject({ workload: { cpuRequest: 100 }, hpa: { maxReplicas: 9 } });
    expect(api?.workload.cpuRequest).toBe(300);
  });

  test('a Deployment that nobody scales stays as it is', async () => {
    const read = await accepted(deployment('web'), scenario(['web']));
    expect(read.strategies[0]).toMatchObject({ autoscaler: 'fixed' });
  });

  test('a strategy of the scenario lends its schedule and nodes, extended ones too', async () => {
    const strategies = `strategies:
  - { name: kubernetes, kind: kubernetes, nodes: { type: m7i.2xlarge } }
  - { name: vm-peak, kind: vm-peak }
  - { name: ahead, extends: kubernetes, title: Ahead, schedule: [{ at: +1m, minReplicas: 5 }] }
`;
    const load = scenario(['web'], strategies);
    const read = await accepted(both('web'), load, { strategy: 'ahead' });
    const [strategy] = read.strategies as readonly KubernetesStrategy[];
    expect(strategy).toMatchObject({ name: 'dry-run', nodes: { type: 'm7i.2xlarge' } });
    expect(strategy?.schedule).toMatchObject([{ at: 60e6, minReplicas: 5 }]);
    expect(strategy?.title?.en).toBe('Dry run');
  });

  test('the default strategies can be named as well', async () => {
    const read = await accepted(both('web'), scenario(['web']), { strategy: 'kubernetes' });
    expect(read.strategies[0]).toMatchObject({ name: 'dry-run', autoscaler: 'hpa' });
  });

  test('companions are left out and named; other kinds are errors', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n---';
    const { parsed, warnings } = await dryRun(`${service}${both('web')}`, scenario(['web']));
    expect(parsed.ok).toBe(true);
    expect(warnings).toEqual([{ key: 'dry-run.ignored', params: { object: 'Service web' } }]);
    const set = both('web').replace('kind: Deployment\n', 'kind: StatefulSet\n');
    expect((await refused(set, scenario(['web'])))[0]).toMatchObject({ code: 'E_KIND' });
  });

  test('errors point into the manifests, or into the load', async () => {
    const wrong = both('web').replace('maxReplicas: 7', 'maxReplica: 7');
    expect(await refused(wrong, scenario(['web']))).toContainEqual(
      expect.objectContaining({
        code: 'E_UNKNOWN_KEY',
        path: 'spec.maxReplica',
        at: { file: 'app.yaml', line: 18, column: 3 },
      }),
    );
    const load = scenario(['web']).replace('rate: 20/s', 'rate: fast');
    expect(await refused(both('web'), load)).toMatchObject([
      { code: 'E_QUANTITY', at: { file: 'load.yaml' } },
    ]);
  });

  test('a missing CPU request is simulated: to the HPA one container without it is enough', async () => {
    const sidecar = '        - name: proxy\n';
    const text = `${deployment('web', '400m', sidecar)}---${hpa('web')}`;
    const read = await accepted(text, scenario(['web']));
    expect(read.services[0]?.workload.cpuRequest).toBeNull();
  });
});

describe('manifests under a trace', () => {
  const work = { serviceTime: '80ms', cpuPerRequest: '30ms' };
  const table = (rows: readonly (readonly string[])[]): Table => ({
    file: 'trace.csv',
    header: ['time', 'requests'],
    rows,
  });

  async function traced(given: Table, text = both('web'), used = work) {
    const files: ScenarioFiles = {
      ...scenarioFiles('scenarios'),
      table: async () => ({ ok: true, value: given }),
    };
    const manifests = { file: 'app.yaml', documents: decode(text, 'app.yaml', '1.1') };
    const composed = dryRunOfTrace(given, 'trace.csv', used, manifests, files);
    const parsed = await parse(composed.document, { files: composed.files });
    return { parsed, warnings: composed.warnings };
  }

  test('lasts as long as the trace; every Deployment does the work that is given', async () => {
    const given = table([
      ['0', '60'],
      ['30', '90'],
      ['60', '120'],
    ]);
    const { parsed, warnings } = await traced(given);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    expect(parsed.scenario).toMatchObject({
      clock: { duration: 90e6 },
      load: [{ trace: { file: 'trace.csv', binWidth: 30e6, counts: [60, 90, 120] } }],
      services: [{ name: 'web', time: { mean: 80_000 }, cpuPerRequest: 30_000 }],
    });
    expect(warnings).toEqual([
      { key: 'dry-run.assumed', params: { service: 'web', time: '80ms', cpu: '30ms' } },
    ]);
  });

  test('begins when a trace with dates begins', async () => {
    const given = table([
      ['2026-11-11T00:00:00+08:00', '60'],
      ['2026-11-11T00:01:00+08:00', '90'],
    ]);
    const { parsed } = await traced(given);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    const { clock } = parsed.scenario;
    expect(clock).toMatchObject({ utcOffset: 480, duration: 120e6 });
    expect(new Date(clock.start / 1000).toISOString()).toBe('2026-11-10T16:00:00.000Z');
  });

  test('options that cannot be read are named as they were written', async () => {
    const rows = [
      ['0', '60'],
      ['30', '90'],
    ];
    const used = { ...work, serviceTime: 'quick' };
    const { parsed } = await traced(table(rows), both('web'), used);
    expect(parsed).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E_DURATION', at: { file: '--service-time quick' } }],
    });
  });

  test('a trace that is none is refused where it goes wrong', async () => {
    const { parsed } = await traced(
      table([
        ['0', '60'],
        ['0', '90'],
      ]),
    );
    expect(parsed).toMatchObject({ ok: false, diagnostics: [{ code: 'E_TRACE_ORDER' }] });
  });

  test('manifests without a name are the only error', async () => {
    const { parsed } = await traced(
      table([
        ['0', '60'],
        ['30', '90'],
      ]),
      'apiVersion: apps/v1\nkind: Deploymet\nmetadata: { name: x }\n',
    );
    const codes = parsed.ok ? [] : parsed.diagnostics.map(({ code }) => code);
    expect(codes).toEqual(['E_KIND']);
  });
});
