import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith, peakless, QUICK } from './peakless.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../packages/cli/package.json', import.meta.url), 'utf8'),
) as { version: string };

describe('the command line', () => {
  test('prints its version', async () => {
    expect(await peakless(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('prints help with the commands and the exit codes', async () => {
    const { code, stdout, stderr } = await peakless(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['run', 'compare', 'validate', 'schema', 'serve', 'init', '99', '104']) {
      expect(stdout).toContain(word);
    }
  });

  test('helps by its short option as well', async () => {
    const { code, stdout } = await peakless(['compare', '-h']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: peakless compare');
  });

  test('without a command prints help as an error', async () => {
    const { code, stdout, stderr } = await peakless([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: peakless');
  });

  test.each([
    [
      ['compare', 'x.yaml', '--sede', '3'],
      /E_USAGE: unknown option '--sede'\n\(Did you mean --seed/,
    ],
    [['comparre', 'x.yaml'], /E_USAGE: unknown command 'comparre'\n\(Did you mean compare/],
    [['compare'], /E_USAGE: missing required argument 'scenario'/],
    [['compare', 'x.yaml', '--replications', '0'], /E_USAGE: .*'0' is invalid.*1 to 1000/],
    [['compare', 'x.yaml', '--replications', '1e3'], /E_USAGE: .*'1e3' is invalid/],
    [['compare', 'x.yaml', '--workers', '-1'], /E_USAGE: .*'-1' is invalid.*1 to 256/],
    [['compare', 'x.yaml', '--set', 'peak'], /E_USAGE: .*'peak' is invalid.*name=value/],
    [['compare', 'x.yaml', '--seed', ''], /E_USAGE: .*'' is invalid/],
    [['compare', 'x.yaml', '--lang', 'fr'], /E_USAGE: .*'fr' is invalid.*en, zh-CN/],
    [['serve', '--port', '99999'], /E_USAGE: .*'99999' is invalid.*65535/],
    [
      ['compare', 'x.yaml', '--report', 'out.pdf'],
      /E_USAGE: .*out\.pdf.*\.html, \.md, \.csv, \.json/,
    ],
    [['compare', 'a.yaml', 'b.yaml', '--report', 'out.md'], /E_USAGE: .*--report-dir/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await peakless(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('refuses a strategy that the scenario does not have, and lists those it has', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(
      ['run', 'quick.yaml', '--strategy', 'hpa'],
      folder,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('E_USAGE: --strategy hpa: the scenario has vm, pods');
  });
});
