import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../packages/engine/src/index.ts';
import { folderWith, peakless, QUICK } from './peakless.ts';

const WALKTHROUGH = readFileSync(
  fileURLToPath(new URL('../../scenarios/k8s/walkthrough.yaml', import.meta.url)),
  'utf8',
);

/** Four minutes at 4/s, then 24.4/s: 610m of CPU, 305 % of one pod's request. */
const TRACE = [
  'time,requests',
  ...Array.from({ length: 20 }, (_, i) => `${i * 60},${i >= 4 && i < 8 ? 1464 : 240}`),
].join('\n');

const folder = (manifests = WALKTHROUGH) =>
  folderWith({ 'app.yaml': manifests, 'trace.csv': TRACE, 'quick.yaml': QUICK });
const TRACED = ['dry-run', 'app.yaml', '--load', 'trace.csv', '--replications', '2'];

describe('dry-run', () => {
  test('the walkthrough under a trace: timeline, numbers, and 305 % that cannot occur', async () => {
    const { code, stdout, stderr } = await peakless([...TRACED, '--observed', '305%'], folder());
    expect(code).toBe(0);
    expect(stderr).toContain('a service time of 50ms on average');
    expect(stderr).toContain('Service php-apache: not simulated');
    expect(stdout).toMatch(/Cost +│/);
    expect(stdout).toMatch(/Latency p99 +│/);
    expect(stdout).toContain('Replicas over time (first replication)');
    expect(stdout).toMatch(/^ {2}07:49:\d\d {2}\d → 4 {2}cpu at \d+ % .*scale-up limits allow 4/m);
    const traps = stdout.slice(stdout.indexOf('Known traps'));
    expect(traps).toContain('305 % cannot occur: a pod shows at most 250 % of its CPU request');
    expect(traps).toContain('at the peak the load asks for 305 % of the CPU request of 1 pod');
    expect(traps).toContain('the readiness grid is slower than the burst');
    expect(traps).toContain('stabilization keeps the tail');
  });

  test('--json: a comparison, with the traps among its warnings', async () => {
    const { code, stdout } = await peakless([...TRACED, '--json'], folder());
    expect(code).toBe(0);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison.format).toBe('peakless-comparison/1');
    expect(comparison.strategies.map(({ name }) => name)).toEqual(['dry-run']);
    const keys = comparison.warnings.map(({ key }) => key);
    expect(keys).toContain('trap.clipped-by-limit');
    expect(keys).not.toContain('trap.observed-above-limit');
    const { decisions } = comparison.strategies[0] ?? { decisions: [] };
    expect(Math.max(...decisions.map(({ to }) => to))).toBeGreaterThanOrEqual(4);
  });

  test('under a scenario, whose only service it borrows', async () => {
    const { code, stdout } = await peakless(
      ['dry-run', 'app.yaml', '--load', 'quick.yaml', '--set', 'rate=10'],
      folder(),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Dry run: php-apache');
  });

  test('CPU request missing: it says so, and shows that nothing is scaled', async () => {
    const without = WALKTHROUGH.replace(/ {10}resources:\n.*\n.*\n/, '');
    expect(without).not.toContain('requests:');
    const { code, stdout } = await peakless(TRACED, folder(without));
    expect(code).toBe(0);
    expect(stdout).toContain('The replicas never change.');
    expect(stdout).toContain('php-apache: CPU request missing');
  });

  test('maxReplicas reached, behavior: {} against none', async () => {
    const small = WALKTHROUGH.replace('maxReplicas: 10', 'maxReplicas: 3\n  behavior: {}');
    const { code, stdout } = await peakless(TRACED, folder(small));
    expect(code).toBe(0);
    expect(stdout).toContain('maxReplicas 3 is too small for the peak');
    expect(stdout).toMatch(/maxReplicas 3 reached at 07:49:/);
    expect(stdout).toContain('`behavior: {}` is not the same as no behavior');
  });

  test('an HPA on a custom metric: refused with what to declare, then simulated', async () => {
    const onRequests = WALKTHROUGH.replace(
      / {4}- type: Resource\n(?: {6}.*\n)+/,
      '    - { type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 5 } } }\n',
    );
    expect(onRequests).toContain('name: rps');
    const refused = await peakless(TRACED, folder(onRequests));
    expect(refused.code).toBe(104);
    expect(refused.stderr).toMatch(/E_REF spec\.metrics\[0\]\.pods\.metric\.name: .* rps measures/);
    const set = 'kubernetes.metrics.custom.rps.measure=requests-per-second';
    const { code, stdout } = await peakless([...TRACED, '--set', set], folder(onRequests));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'HPA metric rps: requests that a pod of php-apache works off per second',
    );
    expect(stdout).toMatch(/^ {2}07:5\d:\d\d {2}\d → \d {2}rps at [\d.]+ \(target 5\)/m);
  });

  test('speaks Chinese', async () => {
    const { stdout } = await peakless([...TRACED, '--lang', 'zh-CN'], folder());
    expect(stdout).toContain('试运行：php-apache');
    expect(stdout).toContain('已知陷阱');
    expect(stdout).toContain('稳定窗口留住尾部');
  });

  test('errors point into the manifests', async () => {
    const wrong = folder(WALKTHROUGH.replace('maxReplicas', 'maxReplica'));
    const { code, stdout, stderr } = await peakless(TRACED, wrong);
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' });
    expect(stderr).toMatch(/^app\.yaml:\d+:3 E_UNKNOWN_KEY spec\.maxReplica: .*maxReplicas/m);
  });

  test.each([
    [['nowhere.yaml', '--load', 'trace.csv'], 104, 'nowhere.yaml E_FILE_MISSING'],
    [['app.yaml', '--load', 'nowhere.csv'], 104, 'nowhere.csv E_FILE_MISSING'],
    [['app.yaml', '--load', 'nowhere.yaml'], 104, 'nowhere.yaml E_FILE_MISSING'],
    [['app.yaml', '--load', 'quick.yaml', '--strategy', 'vm'], 104, 'E_REF strategies: '],
    [
      ['app.yaml', '--load', 'trace.csv', '--service-time', 'x'],
      104,
      '--service-time x E_DURATION',
    ],
    [['app.yaml'], 2, "E_USAGE: required option '--load <file>' not specified"],
    [['app.yaml', '--load', 'trace.csv', '--strategy', 'vm'], 2, 'E_USAGE: --strategy goes with'],
    [
      ['app.yaml', '--load', 'quick.yaml', '--service-time', '1s'],
      2,
      'E_USAGE: --service-time and',
    ],
    [['app.yaml', '--load', 'trace.csv', '--observed', '305'], 2, 'E_USAGE: '],
  ])('%j is refused', async (args, exit, message) => {
    const { code, stdout, stderr } = await peakless(['dry-run', ...args], folder());
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('writes a report that carries the traps', async () => {
    const place = folder();
    const { code } = await peakless([...TRACED, '--report', 'out.md'], place);
    expect(code).toBe(0);
    expect(readFileSync(join(place, 'out.md'), 'utf8')).toContain('stabilization keeps the tail');
  });
});

describe('traps elsewhere', () => {
  test('validate names what is wrong whatever the load', async () => {
    const scenario = `${QUICK.replace('app:', 'php-apache:').replace(
      'autoscaler: fixed, replicas: 2',
      'autoscaler: hpa',
    )}kubernetes:\n  objects: [{ file: app.yaml }]\n`;
    const manifests = WALKTHROUGH.replace('maxReplicas: 10', 'maxReplicas: 10\n  behavior: {}')
      .split('---')
      .filter((part) => !part.includes('kind: Service'))
      .join('---');
    const place = folderWith({ 'sale.yaml': scenario, 'app.yaml': manifests });
    const { code, stderr } = await peakless(['validate', 'sale.yaml'], place);
    expect(code).toBe(0);
    expect(stderr).toContain('`behavior: {}` is not the same as no behavior');
  });
});
