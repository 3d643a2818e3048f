import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../packages/engine/src/index.ts';
import { folderWith, peakless, QUICK } from './peakless.ts';

const gate = (is: string, level: string) =>
  `${QUICK}thresholds:\n  - { measure: sloAttainment, is: "${is}", level: ${level} }\n`;

describe('compare', () => {
  test('shows the verdict and writes the report, saying where', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(['compare', 'quick.yaml'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('VERDICT');
    expect(stdout).toMatch(/ vm [\s\S]* baseline /);
    expect(stdout).not.toContain('reports/');
    expect(stderr).toContain('Report: reports/quick.html');
    expect(stderr).toMatch(/Next:\n.* compare quick\.yaml --set rate=40\n.* serve\n/);
    const report = readFileSync(join(folder, 'reports', 'quick.html'), 'utf8');
    expect(report).toMatch(/^<!doctype html>/i);
    expect(report.trimEnd()).toMatch(/<\/html>$/);
    expect(readdirSync(join(folder, 'reports'))).toEqual(['quick.html']);
  });

  test('--quiet leaves standard error empty, and colours are for terminals only', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(
      ['compare', 'quick.yaml', '--quiet', '--no-report'],
      folder,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001b');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  test('colours on request, never against NO_COLOR or --no-color', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const args = ['compare', 'quick.yaml', '--no-report'];
    const forced = { FORCE_COLOR: '1' };
    expect((await peakless(args, folder, forced)).stdout).toContain('\u001b[');
    const refused = await peakless(args, folder, { ...forced, NO_COLOR: '1' });
    expect(refused.stdout).not.toContain('\u001b[');
    expect((await peakless([...args, '--no-color'], folder, forced)).stdout).not.toContain(
      '\u001b[',
    );
  });

  test('speaks Chinese when asked or when the environment does', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const asked = await peakless(
      ['compare', 'quick.yaml', '--lang', 'zh-CN', '--report', 'r.md'],
      folder,
    );
    expect(asked.stdout).toContain('结论');
    expect(asked.stderr).toContain('报告：r.md');
    expect(readFileSync(join(folder, 'r.md'), 'utf8')).toMatch(/\p{Script=Han}/u);
    const args = ['compare', 'quick.yaml', '--no-report'];
    const fromEnvironment = await peakless(args, folder, { LANG: 'zh_CN.UTF-8' });
    expect(fromEnvironment.stdout).toBe(asked.stdout);
    const overridden = await peakless([...args, '--lang', 'en'], folder, { LC_ALL: 'zh_CN.UTF-8' });
    expect(overridden.stdout).toContain('VERDICT');
  });

  test('--json prints one canonical comparison and nothing else', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout } = await peakless(['compare', 'quick.yaml', '--json'], folder);
    expect(code).toBe(0);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison.format).toBe('peakless-comparison/1');
    expect(comparison.complete).toBe(true);
    expect(comparison.strategies.map(({ name }) => name)).toEqual(['vm', 'pods']);
    expect(comparison.strategies[0]?.outcomes).toHaveLength(2);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  test('gives the same bytes with one worker and two, in any time zone and language', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const args = ['compare', 'quick.yaml', '--json'];
    const names = (prefix: string) =>
      ['html', 'csv', 'md', 'json'].flatMap((ending) => ['--report', `${prefix}.${ending}`]);
    const one = await peakless([...args, '--workers', '1', ...names('one')], folder, {
      TZ: 'Asia/Shanghai',
      LANG: 'tr_TR.UTF-8',
    });
    const two = await peakless([...args, '--workers', '2', ...names('two')], folder, {
      TZ: 'America/New_York',
      LANG: 'de_DE.UTF-8',
    });
    expect(one.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    for (const ending of ['html', 'csv', 'md', 'json']) {
      const [first, second] = ['one', 'two'].map((name) =>
        readFileSync(join(folder, `${name}.${ending}`), 'utf8'),
      );
      expect(second).toBe(first);
    }
    expect(readFileSync(join(folder, 'one.json'), 'utf8').trimEnd()).toBe(one.stdout.trimEnd());
  });

  test('--seed, --replications and --set change the result and are recorded in it', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const run = async (...args: string[]) => {
      const { stdout } = await peakless(['compare', 'quick.yaml', '--json', ...args], folder);
      return JSON.parse(stdout) as Comparison;
    };
    const plain = await run();
    const changed = await run('--seed', 'other', '--replications', '1', '--set', 'rate=40');
    expect(changed.provenance).toMatchObject({ seed: 'other', replications: 1 });
    expect(changed.provenance.scenarioHash).not.toBe(plain.provenance.scenarioHash);
    const offered = ({ strategies }: Comparison) => strategies[0]?.summary.offered?.mean ?? 0;
    expect(offered(changed) / offered(plain)).toBeGreaterThan(1.5);
  });

  test.each([
    ['>= 0%', 'error', 0],
    ['> 100%', 'warn', 0],
    ['> 100%', 'error', 99],
  ])(
    'threshold %s of level %s → exit code %i, results and report all the same',
    async (is, level, code) => {
      const folder = folderWith({ 'gate.yaml': gate(is, level) });
      const finished = await peakless(['compare', 'gate.yaml'], folder);
      expect(finished.code).toBe(code);
      expect(finished.stdout).toContain(is);
      expect(existsSync(join(folder, 'reports', 'quick.html'))).toBe(true);
    },
  );

  test('takes several scenarios and ends with one table of all', async () => {
    const folder = folderWith({
      'a.yaml': QUICK.replace('name: quick', 'name: first'),
      'b.yaml': QUICK.replace('name: quick', 'name: second'),
      'c.yaml': QUICK.replace('name: quick', 'name: second'),
    });
    const args = ['compare', 'a.yaml', 'b.yaml', 'c.yaml', '--report-dir', 'out'];
    const { code, stdout } = await peakless(args, folder);
    expect(code).toBe(0);
    expect(stdout.match(/VERDICT/g)).toHaveLength(3);
    expect(stdout.indexOf('All scenarios')).toBeGreaterThan(stdout.lastIndexOf('VERDICT'));
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      'first.html',
      'second-2.html',
      'second.html',
    ]);
    const json = await peakless([...args.slice(0, 3), '--json'], folder);
    expect((JSON.parse(json.stdout) as Comparison[]).map(({ scenario }) => scenario.name)).toEqual([
      'first',
      'second',
    ]);
  });

  test('replaces a symbolic link at the report, leaving its target alone', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK, precious: 'untouched' });
    symlinkSync(join(folder, 'precious'), join(folder, 'report.html'));
    const { code } = await peakless(['compare', 'quick.yaml', '--report', 'report.html'], folder);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('untouched');
    expect(lstatSync(join(folder, 'report.html')).isSymbolicLink()).toBe(false);
  });

  test('says which report could not be written and why, without a stack', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK, file: '' });
    mkdirSync(join(folder, 'folder.md'));
    for (const target of ['file/report.md', 'folder.md']) {
      const { code, stdout, stderr } = await peakless(
        ['compare', 'quick.yaml', '--report', target, '--report', 'good.csv'],
        folder,
      );
      expect(code).toBe(1);
      // The result and the other reports are not lost with it.
      expect(stdout).toContain('VERDICT');
      expect(stderr).toContain('Report: good.csv');
      expect(stderr).not.toContain(`Report: ${target}`);
      expect(stderr).toContain(`E_WRITE: ${target}: `);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  test('a reader that leaves early is no error, and the report is still written', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const program = fileURLToPath(new URL('../../packages/cli/bin/peakless.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, 'compare', 'quick.yaml'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(stderr).not.toContain('EPIPE');
    expect(existsSync(join(folder, 'reports', 'quick.html'))).toBe(true);
  });
});

describe('run', () => {
  test('simulates the first strategy, or the one that is named, and writes no report', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout } = await peakless(['run', 'quick.yaml'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('VERDICT');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
    const args = ['run', 'quick.yaml', '--strategy', 'pods', '--json'];
    const { strategies, baseline } = JSON.parse(
      (await peakless(args, folder)).stdout,
    ) as Comparison;
    expect(strategies.map(({ name }) => name)).toEqual(['pods']);
    expect(baseline).toBe('pods');
  });

  test('gives a strategy the numbers that it has in a comparison', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const read = async (...args: string[]) =>
      JSON.parse((await peakless([...args, '--json'], folder)).stdout) as Comparison;
    const compared = await read('compare', 'quick.yaml');
    const alone = await read('run', 'quick.yaml', '--strategy', 'pods');
    expect(alone.strategies[0]?.outcomes).toEqual(compared.strategies[1]?.outcomes);
  });
});

describe('an invalid scenario', () => {
  const BROKEN = QUICK.replace('mean: 20ms', 'mean: 20').replace('cpuPerRequest', 'cpuPerRequst');

  test('shows every error with its place, and simulates nothing', async () => {
    const folder = folderWith({ 'broken.yaml': BROKEN, 'quick.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(
      ['compare', 'quick.yaml', 'broken.yaml'],
      folder,
    );
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' });
    expect(stderr).toMatch(/broken\.yaml:11:19 E_DURATION services\.app\.time\.mean: /);
    expect(stderr).toMatch(/broken\.yaml:12:5 E_UNKNOWN_KEY .*cpuPerRequest/);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  test('--json gives the diagnostics as data', async () => {
    const folder = folderWith({ 'broken.yaml': BROKEN });
    const { code, stdout } = await peakless(['compare', 'broken.yaml', '--json'], folder);
    expect(code).toBe(104);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; at: object }[] };
    expect(diagnostics.map((found) => found.code)).toContain('E_DURATION');
    expect(diagnostics[0]?.at).toMatchObject({ file: 'broken.yaml' });
  });

  test('a file that is not there is an invalid scenario', async () => {
    const { code, stderr } = await peakless(['compare', 'absent.yaml']);
    expect(code).toBe(104);
    expect(stderr).toContain('E_FILE_MISSING');
  });

  test('an unknown variable in --set is refused', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const args = ['compare', 'quick.yaml', '--set', 'rte=3'];
    const { code, stderr } = await peakless(args, folder);
    expect(code).toBe(104);
    expect(stderr).toMatch(/--set rte=3 E_REF .*rate/);
  });
});
