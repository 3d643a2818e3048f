import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../packages/engine/src/index.ts';
import { ENDLESS, folderWith, peakless, start } from './peakless.ts';

/** One replication takes minutes. */
const SLOW = ENDLESS.replace('value: 20,', 'value: 40000,')
  .replace('range: [10, 40]', 'range: [1, 100000]')
  .replace('replications: 1000', 'replications: 1')
  .replace('replicas: 2', 'replicas: 900');

describe('Ctrl-C', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops within a second and writes what is complete', async (signal, code) => {
    const folder = folderWith({ 'endless.yaml': ENDLESS });
    const args = ['compare', 'endless.yaml', '--workers', '1'];
    const running = start([...args, '--report', 'r.json', '--report', 'r.html'], folder);
    await running.says(/quick: \d+ % · (?:[2-9]|\d\d+)\//);
    const pressedAt = performance.now();
    running.child.kill(signal);
    const finished = await running.finished;
    expect(performance.now() - pressedAt).toBeLessThan(1000);
    expect(finished.code).toBe(code);
    expect(finished.stderr).toMatch(/Interrupted: quick has \d+ of 1000 replications/);
    expect(finished.stderr).toContain('Report (incomplete): r.json');
    expect(finished.stdout).toContain('INCOMPLETE');
    const comparison = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as Comparison;
    const { replications } = comparison.provenance;
    expect(comparison.complete).toBe(false);
    expect(replications).toBeGreaterThan(0);
    expect(comparison.strategies.map(({ outcomes }) => outcomes.length)).toEqual([
      replications,
      replications,
    ]);
    expect(readFileSync(join(folder, 'r.html'), 'utf8').trimEnd()).toMatch(/<\/html>$/);
    expect(readdirSync(folder).sort()).toEqual(['endless.yaml', 'r.html', 'r.json']);
  });

  test('what an interrupted run says is what a shorter run says', async () => {
    const folder = folderWith({ 'endless.yaml': ENDLESS });
    const running = start(['compare', 'endless.yaml', '--json', '--workers', '1'], folder);
    await running.says(/quick: \d+ % · (?:[2-9]|\d\d+)\//);
    running.child.kill('SIGINT');
    const partial = JSON.parse((await running.finished).stdout) as Comparison;
    const { replications } = partial.provenance;
    const shorter = JSON.parse(
      (
        await peakless(
          ['compare', 'endless.yaml', '--json', '--replications', String(replications)],
          folder,
        )
      ).stdout,
    ) as Comparison;
    expect(partial.strategies).toEqual(shorter.strategies);
  });

  test('says so when not even one replication is complete', async () => {
    const folder = folderWith({ 'slow.yaml': SLOW, 'other.yaml': SLOW });
    const running = start(['compare', 'slow.yaml', 'other.yaml'], folder);
    await running.says(/quick: \d+ % · 0\//);
    const pressedAt = performance.now();
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect(performance.now() - pressedAt).toBeLessThan(1000);
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('E_INTERRUPTED: quick');
    expect(stderr).toContain('Interrupted before: other.yaml');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  test('one key press that arrives twice is one', async () => {
    const folder = folderWith({ 'endless.yaml': ENDLESS });
    const running = start(['compare', 'endless.yaml'], folder);
    await running.says(/quick: \d+ % · (?:[2-9]|\d\d+)\//);
    running.child.kill('SIGINT');
    setTimeout(() => running.child.kill('SIGINT'), 20);
    expect((await running.finished).code).toBe(130);
    expect(existsSync(join(folder, 'reports', 'quick.html'))).toBe(true);
  });
});
