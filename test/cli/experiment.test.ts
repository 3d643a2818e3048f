import { describe, expect, test } from 'vitest';
import { folderWith, peakless } from './peakless.ts';

describe('experiment', () => {
  test('without an id lists them all, and those that are not replayed', async () => {
    const folder = folderWith();
    const { code, stdout } = await peakless(['experiment', '--quiet'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('k8s-hpa-periodic-burst  An HPA under periodic bursts');
    expect(stdout).toContain('eks-smart-hpa-boutique  not replayed:');
    const json = await peakless(['experiment', '--json', '--quiet'], folder);
    const { format, experiments, unreplayed } = JSON.parse(json.stdout);
    expect(format).toBe('peakless-experiments/1');
    expect(experiments).toHaveLength(7);
    expect(unreplayed).toHaveLength(1);
  });

  test('predicts one, beside what was observed; the seed decides, and nothing else', async () => {
    const folder = folderWith();
    const args = ['experiment', 'k8s-walkthrough-php-apache', '--replications', '2', '--quiet'];
    const { code, stdout, stderr } = await peakless([...args, '--lang', 'zh-CN'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('3 个受判定的量中有 3 个在容差之内');
    const one = await peakless([...args, '--json', '--workers', '1'], folder);
    const answer = JSON.parse(one.stdout);
    expect(answer).toMatchObject({
      format: 'peakless-experiment/1',
      experiment: { id: 'k8s-walkthrough-php-apache' },
    });
    const replicas = answer.prediction.quantities.find(
      ({ id }: { id: string }) => id === 'replicas',
    );
    expect(replicas).toMatchObject({ predicted: { p50: 7, n: 2 }, within: true });
    const again = await peakless([...args, '--json', '--workers', '2'], folder);
    expect(again.stdout).toBe(one.stdout);
    const other = await peakless([...args, '--json', '--seed', '7'], folder);
    expect(other.stdout).not.toBe(one.stdout);
  });

  test('as CSV: every point of its curves', async () => {
    const args = ['experiment', 'k8s-walkthrough-php-apache', '--replications', '1', '--csv'];
    const { stdout } = await peakless([...args, '--quiet'], folderWith());
    const lines = stdout.trimEnd().split(/\r?\n/);
    expect(lines[0]).toBe('kind,id,curve,x,mean,p5,p50,p95,observed');
    expect(lines.filter((line) => line.startsWith('series,replicas,pods,'))).toHaveLength(120);
  });

  test.each([
    [['experiment', 'k8s-hpa-periodic-bursts'], /did you mean k8s-hpa-periodic-burst\?/i],
    [['experiment', 'eks-smart-hpa-boutique'], /is not replayed: It is not the HPA/],
    [['experiment', '--csv'], /name one/],
    [['experiment', 'gke-node-add-remove', '--csv', '--json'], /not both/],
    [['experiment', 'gke-node-add-remove', '--replications', '0'], /Allowed replications/],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await peakless(args, folderWith());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^E_USAGE: /);
    expect(stderr).toMatch(message);
  });
});
