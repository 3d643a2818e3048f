import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../../packages/engine/src/scenario/diagnostics.ts';
import { briefly, diagnosticsOf, SMALL, scenarioOf } from './scenarios.ts';

const FLASH = '{ name: flash, flashSale: { base: 10/s, peak: "PEAK/s", at: "07:50" } }';

const SALE = `${SMALL.replace(
  'rate: 100/s',
  FLASH.replace('PEAK', () => `\${peak}`),
)}
vars:
  peak: { value: 500, range: [100, 900], label: { en: Peak, zh-CN: 峰值 } }
  start: { value: 18s }
kubernetes: { startup: { app: { median: "\${start}" } } }
strategies:
  - kind: vm-peak
  - name: hpa
    kind: kubernetes
    replicas: "\${peak}"
  - name: early
    extends: hpa
    schedule: [{ at: "07:47", minReplicas: 20 }]
`;

const set = (settings: Record<string, string>) => scenarioOf(SALE, { set: settings });
const refused = async (settings: Record<string, string>) =>
  briefly(await diagnosticsOf(SALE, { set: settings }));

describe('variables', () => {
  test('are replaced in texts before units are read', async () => {
    const scenario = await scenarioOf(SALE);
    expect(scenario.load[0]?.flashSale?.peak).toBe(500);
    expect(scenario.strategies[1]).toMatchObject({
      replicas: 500,
      startup: { app: { median: 18e6 } },
    });
    expect(scenario.vars).toEqual([
      { name: 'peak', value: 500, range: [100, 900], label: { en: 'Peak', 'zh-CN': '峰值' } },
      { name: 'start', value: '18s', label: { en: 'start', 'zh-CN': 'start' } },
    ]);
  });

  test('an unknown one is an error with a suggestion', async () => {
    const [found] = await diagnosticsOf(SALE.replace(`"\${start}"`, `"\${strat}"`));
    expect(found).toMatchObject({
      code: 'E_REF',
      hint: 'did you mean start?',
      allowed: 'peak, start',
    });
  });

  test(`$\${ is a literal`, async () => {
    const scenario = await scenarioOf(`${SMALL}title: "costs $\${x}"\n`);
    expect(scenario.title.en).toBe(`costs \${x}`);
  });

  test('their own errors', async () => {
    const vars = (text: string) => diagnosticsOf(`${SMALL}vars: ${text}\n`).then(briefly);
    expect(await vars('{ a: { value: [1] } }')).toEqual(['E_TYPE vars.a.value 10:21']);
    expect(await vars('{ a: { value: 3, range: [9, 1] } }')).toEqual([
      'E_MIN_MAX vars.a.range 10:31',
    ]);
    expect(await vars('{ a: { value: 3s, range: [9s, 1m] } }')).toEqual([]);
    expect(await vars('{ 1a: { value: 1 } }')).toEqual(['E_NAME vars.1a 10:9']);
    expect(await vars('{ a: { value: .nan } }')).toEqual(['E_NOT_FINITE vars.a.value 10:21']);
    expect(await vars('{ a: { valeu: 1 } }')).toEqual([
      'E_REQUIRED vars.a.value 10:12',
      'E_UNKNOWN_KEY vars.a.valeu 10:14',
    ]);
    expect(await vars('{ a: { value: 1, range: [1] } }')).toEqual(['E_RANGE vars.a.range 10:31']);
    expect(await vars('{ a: { value: 1, range: [1, [2]] } }')).toEqual([
      'E_TYPE vars.a.range[1] 10:35',
    ]);
  });
});

describe('--set', () => {
  test('sets a variable by its name', async () => {
    expect((await set({ peak: '800' })).load[0]?.flashSale?.peak).toBe(800);
    expect((await set({ start: '2s' })).strategies[1]).toMatchObject({
      startup: { app: { median: 2e6 } },
    });
  });

  test('sets fields, also those that are not written', async () => {
    const scenario = await set({
      'services.web.concurrency': '2',
      'load[0].flashSale.peak': '8000/s',
      'load.flash.client.timeout': '5s',
      'strategies.early.schedule[0].minReplicas': '80',
      'strategies.vm-peak.headroom': '50%',
      'kubernetes.nodes.max': '7',
      'prices.overrides["c7i.2xlarge"].on-demand': '1.5',
      title: 'Hello',
      seed: '7',
    });
    expect(scenario.services[0]?.concurrency).toBe(2);
    expect(scenario.load[0]).toMatchObject({ flashSale: { peak: 8000 }, client: { timeout: 5e6 } });
    expect(scenario.strategies).toMatchObject([
      { headroom: 0.5 },
      { nodes: { max: 7 } },
      { nodes: { max: 7 }, schedule: [{ minReplicas: 80 }] },
    ]);
    expect(scenario.prices.types['c7i.2xlarge']?.perHour['on-demand']).toBe(1_500_000);
    expect(scenario.title.en).toBe('Hello');
    expect(scenario.seed).toBe('7');
  });

  test('reaches the default strategies', async () => {
    const scenario = await scenarioOf(SMALL, { set: { 'strategies.kubernetes.nodes.min': '3' } });
    expect(scenario.strategies[1]).toMatchObject({ name: 'kubernetes', nodes: { min: 3 } });
  });

  test('values are read as YAML reads scalars', async () => {
    expect((await scenarioOf(SMALL, { set: { seed: '"007"' } })).seed).toBe('007');
    expect((await scenarioOf(SMALL, { set: { seed: 'null' } })).seed).toBe('20260101');
    expect(briefly(await diagnosticsOf(SMALL, { set: { seed: 'true' } }))).toEqual([
      'E_TYPE seed --set seed=true',
    ]);
  });

  test('bad paths and values name the setting', async () => {
    expect(await refused({ peek: '1' })).toEqual(['E_REF  --set peek=1']);
    expect(await refused({ 'servces.web.concurrency': '1' })).toEqual([
      'E_REF  --set servces.web.concurrency=1',
    ]);
    expect(await refused({ 'services.web.concurency': '1' })).toEqual([
      'E_UNKNOWN_KEY services.web.concurency --set services.web.concurency=1',
    ]);
    expect(await refused({ 'services.web.concurrency': 'many' })).toEqual([
      'E_TYPE services.web.concurrency --set services.web.concurrency=many',
    ]);
    expect(await refused({ 'load[3].rate': '1/s' })).toEqual(['E_REF  --set load[3].rate=1/s']);
    expect(await refused({ 'strategies.erly.replicas': '1' })).toEqual([
      'E_REF  --set strategies.erly.replicas=1',
    ]);
    expect(await refused({ 'name.x': '1' })).toEqual(['E_SET  --set name.x=1']);
    expect(await refused({ 'services[0]': '1' })).toEqual(['E_SET  --set services[0]=1']);
    expect(await refused({ 'a..b': '1' })).toEqual(['E_SET  --set a..b=1']);
    expect(await refused({ title: '"x' })).toEqual(['E_SET  --set title="x']);
    expect(await refused({ 'services.__proto__.x': '1' })).toEqual([
      'E_FORBIDDEN_KEY  --set services.__proto__.x=1',
    ]);
    expect(await refused({ title: 'a\u0007' })).toEqual(['E_CHAR  --set title=a\u0007']);
  });

  test('a suggestion comes with it', async () => {
    const [found] = await diagnosticsOf(SALE, { set: { peek: '1' } });
    expect(found && formatDiagnostic(found)).toContain('Hint: did you mean peak?');
  });
});
