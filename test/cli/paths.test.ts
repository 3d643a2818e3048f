import { describe, expect, test } from 'vitest';
import { folderWith, peakless, QUICK } from './peakless.ts';

const digestWith = async (folder: string, args: readonly string[]) => {
  const { code, stdout } = await peakless(['digest', 'quick.yaml', '--quiet', ...args], folder);
  expect(code).toBe(0);
  return stdout.slice(0, 64);
};

describe('--path and --kernel', () => {
  test('choose how, never what comes out', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const digests = [
      await digestWith(folder, []),
      await digestWith(folder, ['--path', 'general']),
      await digestWith(folder, ['--path', 'fast', '--kernel', 'ts']),
      await digestWith(folder, ['--path', 'fast', '--kernel', 'wasm']),
    ];
    expect(new Set(digests).size).toBe(1);
  });

  test('the comparison says which path ran, and why', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const flowsOf = async (args: readonly string[]) => {
      const { stdout } = await peakless(['compare', 'quick.yaml', '--json', ...args], folder);
      return JSON.parse(stdout).provenance.flows;
    };
    expect(await flowsOf([])).toMatchObject([{ path: 'fast', kernel: 'wasm', reason: null }]);
    expect(await flowsOf(['--kernel', 'ts'])).toMatchObject([{ path: 'fast', kernel: 'ts' }]);
    expect(await flowsOf(['--path', 'general'])).toMatchObject([
      { path: 'general', kernel: null, reason: 'forced' },
    ]);
  });

  test('a fast path that does not exist is refused, with the reason', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const args = ['compare', 'quick.yaml', '--path', 'fast', '--set'];
    const shared = await peakless([...args, 'services.app.sharing=processor'], folder);
    expect(shared.code).toBe(2);
    expect(shared.stderr).toMatch(/E_USAGE: --path fast: .*processor-sharing.*leave --path out/);
    const unknown = await peakless(['compare', 'quick.yaml', '--path', 'quick'], folder);
    expect(unknown.code).toBe(2);
  });
});
