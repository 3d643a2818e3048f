import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WriteError, writeFileAtomically } from '../../packages/runner/src/write-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakless-write-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function failure(path: string): WriteError {
  try {
    writeFileAtomically(path, 'new');
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
  throw new Error('was written');
}

describe('writeFileAtomically', () => {
  test('writes the text, makes parent folders, leaves nothing else behind', () => {
    const path = join(folder, 'a', 'b', 'report.md');
    writeFileAtomically(path, '秒杀\n');
    expect(readFileSync(path, 'utf8')).toBe('秒杀\n');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['report.md']);
  });

  test('replaces a file', () => {
    const path = join(folder, 'report.md');
    writeFileSync(path, 'old, and longer than the new one');
    writeFileAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('replaces a symbolic link without touching what it points to', () => {
    const precious = join(folder, 'precious');
    const path = join(folder, 'report.html');
    writeFileSync(precious, 'untouched');
    symlinkSync(precious, path);
    writeFileAtomically(path, 'new');
    expect(readFileSync(precious, 'utf8')).toBe('untouched');
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('refuses a folder as the target and removes its temporary file', () => {
    const path = join(folder, 'report.html');
    mkdirSync(path);
    expect(failure(path)).toMatchObject({ code: 'E_WRITE', path });
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  test('refuses a device: a rename would put a file in its place', () => {
    expect(failure('/dev/null')).toMatchObject({ code: 'E_WRITE' });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('says which path and why when a parent is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'report.html');
    const error = failure(path);
    expect(error.code).toBe('E_WRITE');
    expect(error.message).toBe(`${path}: a part of the path is a file, not a folder`);
  });

  test('says that a name is too long', () => {
    expect(failure(join(folder, `${'x'.repeat(300)}.html`)).message).toContain('too long');
    expect(readdirSync(folder)).toEqual([]);
  });
});
