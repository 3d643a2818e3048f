import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Finished, folderWith, peakless as run } from './peakless.ts';

/** A sale of three minutes that an autoscaler has to follow. */
const SALE = `apiVersion: peakless/v1
name: sale
clock: { start: "2026-01-01T08:00:00+08:00", duration: 5m }
replications: 2
vars:
  peak: { value: 160, range: [10, 200] }
load:
  - flashSale: { base: 20/s, peak: "\${peak}/s", at: "+1m", surge: 5s, plateau: 2m, decay: 30s }
services:
  shop:
    time: { mean: 20ms }
    cpuPerRequest: 20ms
strategies:
  - { name: vm, kind: vm-peak }
  - { name: steady, kind: kubernetes, autoscaler: fixed, replicas: 2, nodes: { provisioner: fixed } }
  - { name: elastic, kind: kubernetes }
`;

/** Without lines of progress, which come where the machine is slow. */
async function peakless(...args: Parameters<typeof run>): Promise<Finished> {
  const finished = await run(...args);
  return { ...finished, stderr: finished.stderr.replace(/^sale: \d+ % .*\n/gm, '') };
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('explain', () => {
  test('says decision by decision what was seen and what was done', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const { code, stdout, stderr } = await peakless(['explain', 'sale.yaml'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const up = stdout.split('\n\n').find((block) => block.includes('scaled up'));
    const [head, saw, asked] = lines(up ?? '');
    expect(head).toMatch(/^08:0\d:\d\d {2}\d+ → \d+ {2}1 sync$/);
    expect(saw).toMatch(
      /^ {2}Saw +cpu at \d+ % of its request \(target \d+ %\), samples [\d–]+ s old; pods: \d+ counted/,
    );
    expect(asked).toMatch(/^ {2}Asked for {2}\d+ replicas$/);
    expect(stdout).toMatch(/^08:0\d:\d\d – 08:0\d:\d\d {2}\d+ {2}\d+ syncs$/m);
  });

  test('--at shows the decision in force, the pods, and when more are ready', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const { code, stdout } = await peakless(['explain', 'sale.yaml', '--at', '08:02'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('At 2026-01-01 08:02:00 +08:00');
    expect(stdout.match(/^08:0/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^ {2}Pods +\d+ ready, \d+ starting, \d+ pending.*; n/m);
    const early = await peakless(['explain', 'sale.yaml', '--at', '+0s'], folder);
    expect(early.stdout).toMatch(/shop {2}no decision yet; the first is at 08:00:\d\d/);
  });

  test('--json is the same for programs, and --from and --to bound it', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const all = await peakless(['explain', 'sale.yaml', '--json'], folder);
    const whole = JSON.parse(all.stdout);
    expect(whole).toMatchObject({
      format: 'peakless-explanation/1',
      strategy: 'elastic',
      period: { from: 0, to: 300_000_000 },
    });
    const [first] = whole.decisions;
    expect(first.words.lines.length).toBeGreaterThan(1);
    expect(first.run.metrics[0]).toMatchObject({ metric: 'cpu', kind: 'utilization' });

    const period = ['--from', '08:01', '--to', '+2m', '--changes'];
    const part = JSON.parse(
      (await peakless(['explain', 'sale.yaml', '--json', ...period], folder)).stdout,
    );
    expect(part.decisions.length).toBeGreaterThan(0);
    expect(part.decisions).toEqual(
      whole.decisions.filter(
        ({ at, from, to }: { at: number; from: number; to: number }) =>
          at >= 60_000_000 && at <= 120_000_000 && from !== to,
      ),
    );
    const then = JSON.parse(
      (await peakless(['explain', 'sale.yaml', '--json', '--at', '08:02:00'], folder)).stdout,
    );
    expect(then.decisions).toHaveLength(1);
    expect(then.pods.shop.ready).toBeGreaterThan(0);
  });

  test('reads a finished comparison, and says the same as the scenario', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const args = ['compare', 'sale.yaml', '--no-report', '--report', 'out.json', '--quiet'];
    expect((await peakless(args, folder)).code).toBe(0);
    const stored = await peakless(['explain', 'out.json'], folder);
    const fresh = await peakless(['explain', 'sale.yaml'], folder);
    expect(stored).toEqual(fresh);

    const piped = await peakless(['compare', 'sale.yaml', '--json'], folder);
    writeFileSync(join(folder, 'piped.json'), piped.stdout);
    expect(await peakless(['explain', 'piped.json'], folder)).toEqual(fresh);
  });

  test('speaks Chinese', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const { stdout } = await peakless(['explain', 'sale.yaml', '--lang', 'zh-CN'], folder);
    expect(stdout).toMatch(/观测 +cpu 为请求量的 [\d–]+%/);
    expect(stdout).not.toMatch(/Saw|Done|explain\./);
  });

  test('another seed and another value are other decisions', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const plain = await peakless(['explain', 'sale.yaml'], folder);
    const set = await peakless(['explain', 'sale.yaml', '--set', 'peak=10'], folder);
    const seed = await peakless(['explain', 'sale.yaml', '--seed', '7'], folder);
    expect(set.stdout).not.toContain('scaled up');
    expect(new Set([plain.stdout, set.stdout, seed.stdout]).size).toBe(3);
  });
});

describe('explain --requests', () => {
  const LINE = /^ {2}08:0\d:\d\d\.\d{3} {2}(Served|Late|Timed out|Rejected) +(\S.*)$/;

  test('says of a sample of requests what happened to each', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const { code, stdout, stderr } = await peakless(['explain', 'sale.yaml', '--requests'], folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'Other strategies (--strategy): vm, steady\n',
    });
    const [title, about, , head, ...rows] = lines(stdout);
    expect(title).toBe('sale  Requests of elastic, first replication');
    expect(about).toContain('every arrival of the run is as likely');
    const [, ...fates] = head?.match(/^shop: 64 requests followed: (.*)$/) ?? [];
    const counts = [...(fates[0] ?? '').matchAll(/(\d+) /g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(64);
    expect(rows).toHaveLength(64);
    for (const row of rows) expect(row).toMatch(LINE);
    expect(stdout).toMatch(/Served +started at once on pod \d+, answered after [\d.]+ ms$/m);
  });

  test('of any strategy, in a period, and as JSON', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const json = async (...args: string[]) => {
      const all = ['explain', 'sale.yaml', '--requests', '--json', '--strategy', 'vm', ...args];
      const { code, stdout, stderr } = await peakless(all, folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    const whole = await json();
    expect(whole).toMatchObject({ format: 'peakless-requests/1', strategy: 'vm' });
    expect(whole.requests.shop).toHaveLength(64);
    expect(whole.requests.shop[0].words.text).toContain(' on VM ');
    const part = await json('--from', '08:01', '--to', '+2m', '--service', 'shop');
    expect(part.requests.shop.length).toBeGreaterThan(5);
    expect(part.requests.shop).toEqual(
      whole.requests.shop.filter(
        ({ arrival }: { arrival: number }) => arrival >= 60e6 && arrival <= 120e6,
      ),
    );
  });

  test('of a finished comparison it says the same, in Chinese too', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const args = ['compare', 'sale.yaml', '--no-report', '--report', 'out.json', '--quiet'];
    expect((await peakless(args, folder)).code).toBe(0);
    const asked = ['--requests', '--strategy', 'steady', '--lang', 'zh-CN'];
    const stored = await peakless(['explain', 'out.json', ...asked], folder);
    const fresh = await peakless(['explain', 'sale.yaml', ...asked], folder);
    expect(stored).toEqual(fresh);
    expect(stored.stdout).toContain('shop：跟踪了 64 个请求');
    expect(stored.stdout).toMatch(/在 Pod \d 上立即开始处理，[\d.]+ ms 后得到响应/);
    expect(stored.stdout).not.toMatch(/request\.|Served/);
  });

  test('where nothing decides, too', async () => {
    const folder = folderWith({ 'sale.yaml': SALE.replace(/ {2}- { name: elastic.*\n/, '') });
    const asked = ['explain', 'sale.yaml', '--requests', '--from', '08:05'];
    const { code, stdout } = await peakless(asked, folder);
    expect(code).toBe(0);
    expect(stdout).toContain('Requests of vm');
    expect(stdout).toContain('None of the followed requests arrived there.');
  });

  test('a service that no load goes to has none', async () => {
    const called = SALE.replace('    time', '    calls: [{ to: db }]\n    time').replace(
      'strategies:',
      '  db: { time: { mean: 2ms }, cpuPerRequest: 2ms, fixed: { replicas: 1 } }\nstrategies:',
    );
    const folder = folderWith({ 'sale.yaml': called });
    const asked = ['explain', 'sale.yaml', '--requests', '--service', 'db'];
    const { code, stdout, stderr } = await peakless(asked, folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--service db: no load goes to it; requests are followed at shop');
  });
});

describe('explain refuses', () => {
  test.each([
    [['--strategy', 'elastc'], /strategy elastc: .*vm, steady, elastic; did you mean elastic\?/],
    [['--strategy', 'vm'], /--strategy vm: it has no autoscaler.*those with one: elastic/],
    [['--strategy', 'steady'], /--strategy steady: it has no autoscaler/],
    [['--service', 'shp'], /service shp: there is shop; did you mean shop\?/],
    [['--at', '09:00'], /--at 09:00: outside of the run, .*08:00:00.*08:05:00/],
    [['--at', 'noon'], /--at noon: not a time/],
    [['--at', '08:01', '--to', '08:02'], /--at is one instant/],
    [['--requests', '--at', '08:01'], /--at is about decisions: .*--from and --to/],
    [['--requests', '--changes'], /--changes is about decisions/],
    [['--requests', '--strategy', 'elastc'], /strategy elastc: .*did you mean elastic\?/],
    [['--from', '08:03', '--to', '08:02'], /--from 08:03 is after --to 08:02/],
  ])('%j', async (args, message) => {
    const folder = folderWith({ 'sale.yaml': SALE });
    const { code, stdout, stderr } = await peakless(['explain', 'sale.yaml', ...args], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a scenario in which nothing decides', async () => {
    const folder = folderWith({ 'sale.yaml': SALE.replace(/ {2}- { name: elastic.*\n/, '') });
    const { code, stderr } = await peakless(['explain', 'sale.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('E_USAGE: nothing to explain: no strategy here has an autoscaler');
  });

  test('but not one in which nodes alone come and go; it is the last choice', async () => {
    const sale = SALE.replace(', nodes: { provisioner: fixed }', '');
    const folder = folderWith({ 'sale.yaml': sale });
    const both = await peakless(['explain', 'sale.yaml', '--at', '08:02'], folder);
    expect(both).toMatchObject({
      code: 0,
      stderr: 'Other strategies with an autoscaler (--strategy): steady\n',
    });
    expect(both.stdout).toContain('Decisions of elastic');
    const alone = sale.replace(/ {2}- { name: elastic.*\n/, '');
    writeFileSync(join(folder, 'sale.yaml'), alone);
    const { code, stdout } = await peakless(['explain', 'sale.yaml'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('Decisions of steady');
  });

  test('an invalid scenario, as all commands do', async () => {
    const folder = folderWith({ 'sale.yaml': SALE.replace('cpuPerRequest', 'cpuPerRequst') });
    const { code, stderr } = await peakless(['explain', 'sale.yaml'], folder);
    expect(code).toBe(104);
    expect(stderr).toContain('sale.yaml:11:5');
    expect((await peakless(['explain', 'none.yaml'], folder)).code).toBe(104);
    expect((await peakless(['explain', 'none.json'], folder)).code).toBe(104);
  });

  test('files that are no comparison of this version', async () => {
    const stored = (changes: object) =>
      JSON.stringify({ format: 'peakless-comparison/1', ...changes });
    const folder = folderWith({
      'cut.json': '{"format": "peakless-comp',
      'other.json': stored({ format: 'peakless-comparison/9' }),
      'list.json': `[${stored({})},${stored({})}]`,
      'empty.json': stored({}),
    });
    const says = async (file: string) => {
      const { code, stdout, stderr } = await peakless(['explain', file], folder);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      return stderr;
    };
    expect(await says('cut.json')).toMatch(/^E_COMPARISON: cut\.json: not JSON: /);
    expect(await says('other.json')).toContain('its format is peakless-comparison/9; allowed');
    expect(await says('list.json')).toContain('holds 2 comparisons');
    expect(await says('empty.json')).toContain('run the comparison again');
  });

  test('settings for a comparison that is finished', async () => {
    const folder = folderWith({ 'sale.yaml': SALE });
    await peakless(['run', 'sale.yaml', '--strategy', 'elastic', '--report', 'run.json'], folder);
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).baseline).toBe('elastic');
    const { code, stderr } = await peakless(['explain', 'run.json', '--seed', '3'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('a comparison is finished');
  });
});
