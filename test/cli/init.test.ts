import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, peakless, QUICK } from './peakless.ts';

describe('init', () => {
  test('writes a scenario that validates and can be compared', async () => {
    const folder = folderWith();
    const written = await peakless(['init'], folder);
    expect(written).toMatchObject({ code: 0, stdout: 'Wrote scenario.yaml\n' });
    expect(written.stderr).toContain('compare scenario.yaml');
    const valid = await peakless(['validate', 'scenario.yaml'], folder);
    expect({ code: valid.code, stderr: valid.stderr }).toEqual({ code: 0, stderr: '' });
    const args = ['compare', 'scenario.yaml', '--replications', '1', '--no-report'];
    const compared = await peakless([...args, '--set', 'peakRps=500'], folder);
    expect(compared.code).toBe(0);
    expect(compared.stdout).toContain('VERDICT');
  });

  test('refuses to overwrite unless forced', async () => {
    const folder = folderWith({ 'mine.yaml': 'mine' });
    const { code, stderr } = await peakless(['init', 'mine.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('E_USAGE: mine.yaml exists already');
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('mine');
    expect((await peakless(['init', 'mine.yaml', '--force'], folder)).code).toBe(0);
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toContain('apiVersion: peakless/v1');
  });
});

describe('validate', () => {
  test('checks every file, whichever of them is broken', async () => {
    const folder = folderWith({ 'a.yaml': QUICK, 'b.yaml': 'name: 1', 'c.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(
      ['validate', 'a.yaml', 'b.yaml', 'c.yaml'],
      folder,
    );
    expect(code).toBe(104);
    expect(stdout).toMatch(/^a\.yaml: valid.*\nc\.yaml: valid.*\n$/);
    expect(stderr).toContain('b.yaml:1:');
  });

  test('--resolved prints a scenario with its defaults, which means the same', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout } = await peakless(['validate', 'quick.yaml', '--resolved'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('objectives:');
    writeFileSync(join(folder, 'resolved.yaml'), stdout);
    const again = await peakless(['validate', 'resolved.yaml', '--resolved'], folder);
    expect(again.stdout).toBe(stdout);
    const [short, long] = await Promise.all(
      ['quick.yaml', 'resolved.yaml'].map((file) => peakless(['compare', file, '--json'], folder)),
    );
    expect(JSON.parse(long?.stdout ?? '').strategies).toEqual(
      JSON.parse(short?.stdout ?? '').strategies,
    );
  });

  test('--json says which files are valid', async () => {
    const folder = folderWith({ 'a.yaml': QUICK, 'b.yaml': 'name: 1' });
    const valid = await peakless(['validate', 'a.yaml', '--json'], folder);
    expect(JSON.parse(valid.stdout)).toEqual({ diagnostics: [] });
    const broken = await peakless(['validate', 'a.yaml', 'b.yaml', '--json'], folder);
    expect(broken.code).toBe(104);
    expect(JSON.parse(broken.stdout).diagnostics.length).toBeGreaterThan(0);
  });
});

describe('schema', () => {
  test('is a JSON Schema', async () => {
    const { code, stdout } = await peakless(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object' });
  });

  test('--markdown is a document', async () => {
    const { code, stdout } = await peakless(['schema', '--markdown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# /);
    expect(stdout).toContain('cpuPerRequest');
  });
});
