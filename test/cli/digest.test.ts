import { describe, expect, test } from 'vitest';
import { ENDLESS, folderWith, peakless, QUICK, start } from './peakless.ts';

const LINE =
  /^([0-9a-f]{64}) {2}quick {2}model=\d+ scenario=([0-9a-f]{64}) replications=2 seed=20260101$/;

/** Without the progress, which a busy machine shows. */
const digestOf = async (args: readonly string[], folder: string) => {
  const { code, stdout, stderr } = await peakless(['digest', '--quiet', ...args], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.slice(0, 64);
};

describe('digest', () => {
  test('prints one line per scenario: the hash, the name, and what it is the hash of', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK, 'again.yaml': QUICK });
    const { code, stdout, stderr } = await peakless(
      ['digest', 'quick.yaml', 'again.yaml', '--quiet'],
      folder,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(LINE);
    expect(lines[1]).toBe(lines[0]);
  });

  test('depends on what is simulated, not on the number of workers', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const one = await digestOf(['quick.yaml', '--workers', '1'], folder);
    expect(await digestOf(['quick.yaml', '--workers', '3'], folder)).toBe(one);
    expect(await digestOf(['quick.yaml', '--set', 'rate=21'], folder)).not.toBe(one);
    expect(await digestOf(['quick.yaml', '--replications', '1'], folder)).not.toBe(one);
  });

  test('is the same in every language and time zone', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const there = await peakless(['digest', 'quick.yaml', '--lang', 'zh-CN'], folder, {
      TZ: 'Asia/Kathmandu',
      LC_ALL: 'tr_TR.UTF-8',
    });
    expect(there.stdout.slice(0, 64)).toBe(await digestOf(['quick.yaml'], folder));
  });

  test('--cells and --json give a hash per run, to find a difference', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { stdout } = await peakless(['digest', 'quick.yaml', '--cells'], folder);
    const [line = '', ...cells] = stdout.trimEnd().split('\n');
    expect(cells.map((cell) => cell.replace(/[0-9a-f]{64}/, '#'))).toEqual([
      '  #  vm  replication=0',
      '  #  pods  replication=0',
      '  #  vm  replication=1',
      '  #  pods  replication=1',
    ]);
    const json = await peakless(['digest', 'quick.yaml', '--json'], folder);
    const [, sha256, hash] = LINE.exec(line) ?? [];
    const found = JSON.parse(json.stdout);
    expect(found).toMatchObject({
      format: 'peakless-digest/1',
      sha256,
      scenario: { name: 'quick', hash },
      seed: '20260101',
      replications: 2,
    });
    expect(found.cells).toHaveLength(4);
    for (const { sha256, strategy, replication } of found.cells) {
      expect(cells).toContain(`  ${sha256}  ${strategy}  replication=${replication}`);
    }
  });

  test('--json of several scenarios is a list', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { stdout } = await peakless(['digest', 'quick.yaml', 'quick.yaml', '--json'], folder);
    const [first, second] = JSON.parse(stdout);
    expect(second).toEqual(first);
  });

  test('puts a seed that is no plain word in quotes', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK });
    const { stdout } = await peakless(['digest', 'quick.yaml', '--seed', 'a b'], folder);
    expect(stdout.trimEnd()).toMatch(/ seed="a b"$/);
  });

  test('an invalid scenario: exit code 104, nothing is simulated', async () => {
    const broken = QUICK.replace('mean: 20ms', 'mean: 20');
    const folder = folderWith({ 'quick.yaml': QUICK, 'broken.yaml': broken });
    const { code, stdout, stderr } = await peakless(
      ['digest', 'quick.yaml', 'broken.yaml'],
      folder,
    );
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' });
    expect(stderr).toMatch(/broken\.yaml:11:19 E_DURATION/);
  });

  test('Ctrl-C: no digest of a part, exit code 130', async () => {
    const folder = folderWith({ 'quick.yaml': QUICK, 'endless.yaml': ENDLESS });
    const args = ['digest', 'quick.yaml', 'endless.yaml', 'quick.yaml', '--workers', '1'];
    const running = start(args, folder);
    await running.says(/quick: \d+ % · \d+\/2000/);
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.finished;
    expect(code).toBe(130);
    expect(stdout.trimEnd()).toMatch(LINE);
    expect(stderr).toContain('E_INTERRUPTED: quick: a digest is one of all runs');
    expect(stderr).toContain('Interrupted before: quick.yaml');
  });
});
