/** Laws of times as scenarios give them: complete forms, and what describes no law. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAWS } from '../../../packages/engine/src/service/index.ts';
import { diagnosticsOf, parseText, SMALL, scenarioOf } from './scenarios.ts';

const time = (text: string) => SMALL.replace('{ mean: 50ms }', text);

test.each([
  ['{ dist: uniform, mean: 50ms }', { mean: 50_000 }],
  ['{ dist: uniform, mean: 50ms, cv: 0.5 }', { mean: 50_000, cv: 0.5 }],
  ['{ dist: uniform, low: 0s, high: 100ms }', { low: 0, high: 100_000 }],
  ['{ dist: uniform, p50: 50ms, p99: 99ms }', { p50: 50_000, p99: 99_000 }],
  ['{ dist: gamma, mean: 50ms, cv: 0.5 }', { mean: 50_000, cv: 0.5 }],
  ['{ dist: gamma, p50: 50ms, p99: 200ms }', { p50: 50_000, p99: 200_000 }],
  ['{ dist: erlang, mean: 50ms, k: 4 }', { mean: 50_000, k: 4 }],
  ['{ dist: hyperexponential, mean: 50ms, cv: 2 }', { mean: 50_000, cv: 2 }],
  [
    '{ dist: hyperexponential, p: 90%, mean1: 40ms, mean2: 140ms }',
    { p: 0.9, mean1: 40_000, mean2: 140_000 },
  ],
  ['{ dist: weibull, mean: 50ms, cv: 2 }', { mean: 50_000, cv: 2 }],
  ['{ dist: weibull, p50: 50ms, p99: 200ms }', { p50: 50_000, p99: 200_000 }],
  ['{ dist: pareto, alpha: 3.5, mean: 50ms }', { alpha: 3.5, mean: 50_000 }],
  ['{ dist: pareto, alpha: 1.5, xm: 20ms, max: 10s }', { alpha: 1.5, xm: 20_000, max: 1e7 }],
  [
    '{ dist: mixture, parts: [{ weight: 9, mean: 5ms }, { dist: erlang, mean: 400ms, k: 3 }] }',
    {
      dist: 'mixture',
      parts: [
        { weight: 9, dist: 'lognormal', mean: 5000 },
        { weight: 1, dist: 'erlang', mean: 400_000, k: 3 },
      ],
    },
  ],
])('%s', async (text, expected) => {
  const read = (await scenarioOf(time(text))).services[0]?.time;
  const { dist } = /dist: (?<dist>\w+)/.exec(text)?.groups ?? {};
  expect(read).toEqual({ dist, ...expected });
  // Written out in full, it is the same scenario.
  const result = await parseText(time(text));
  const again = result.ok ? await scenarioOf(result.resolved) : undefined;
  expect(again?.services[0]?.time).toEqual(read);
});

describe('refused', () => {
  const AT = 'services.web.time';
  test.each([
    ['{ dist: gamma, mean: 50ms }', 'E_REQUIRED', AT],
    ['{ dist: gamma, cv: 1 }', 'E_REQUIRED', AT],
    ['{ dist: weibull, p99: 50ms }', 'E_REQUIRED', AT],
    ['{ dist: erlang, k: 2 }', 'E_REQUIRED', AT],
    ['{ dist: pareto, mean: 50ms }', 'E_REQUIRED', AT],
    ['{ dist: pareto, alpha: 2, max: 1s }', 'E_REQUIRED', AT],
    ['{ dist: hyperexponential, p: 0.5, mean1: 1ms }', 'E_REQUIRED', AT],
    ['{ dist: mixture }', 'E_REQUIRED', AT],
    ['{ dist: uniform, low: 1ms, mean: 2ms }', 'E_CONFLICT', `${AT}.low`],
    ['{ dist: gamma, mean: 1ms, cv: 1, p50: 1ms, p99: 2ms }', 'E_CONFLICT', `${AT}.cv`],
    ['{ dist: pareto, alpha: 2, xm: 1ms, mean: 2ms }', 'E_CONFLICT', `${AT}.alpha`],
    ['{ dist: pareto, alpha: 2, mean: 2ms, cv: 1 }', 'E_CONFLICT', `${AT}.cv`],
    ['{ dist: hyperexponential, p50: 1ms, p99: 9ms }', 'E_CONFLICT', `${AT}.p50`],
    ['{ dist: erlang, mean: 1ms, k: 2, cv: 1 }', 'E_CONFLICT', `${AT}.cv`],
    ['{ mean: 50ms, alpha: 2 }', 'E_CONFLICT', `${AT}.alpha`],
    ['{ mean: 50ms, parts: [{ mean: 1ms }] }', 'E_CONFLICT', `${AT}.parts`],
    ['{ dist: uniform, mean: 50ms, cv: 0.6 }', 'E_RANGE', `${AT}.cv`],
    ['{ dist: uniform, p50: 50ms, p99: 100ms }', 'E_RANGE', `${AT}.p99`],
    ['{ dist: uniform, low: 2ms, high: 1ms }', 'E_MIN_MAX', `${AT}.low`],
    ['{ dist: gamma, p50: 50ms, p99: 51ms }', 'E_RANGE', `${AT}.p99`],
    ['{ dist: gamma, p50: 50ms, p99: 49ms }', 'E_MIN_MAX', `${AT}.p50`],
    ['{ dist: weibull, p50: 50ms, p99: 50ms }', 'E_RANGE', `${AT}.p99`],
    ['{ dist: weibull, p50: 1us, p99: 1h }', 'E_RANGE', `${AT}.p99`],
    ['{ dist: hyperexponential, mean: 50ms, cv: 0.9 }', 'E_RANGE', `${AT}.cv`],
    ['{ dist: hyperexponential, p: 1.1, mean1: 1ms, mean2: 2ms }', 'E_RANGE', `${AT}.p`],
    ['{ dist: erlang, mean: 50ms, k: 0 }', 'E_RANGE', `${AT}.k`],
    ['{ dist: erlang, mean: 50ms, k: 2.5 }', 'E_TYPE', `${AT}.k`],
    ['{ dist: pareto, alpha: 0, mean: 50ms }', 'E_RANGE', `${AT}.alpha`],
    ['{ dist: pareto, alpha: 2, mean: 50ms, max: 50ms }', 'E_MIN_MAX', `${AT}.max`],
    ['{ dist: pareto, alpha: 2, xm: 50ms, max: 40ms }', 'E_MIN_MAX', `${AT}.max`],
    ['{ dist: mixture, parts: [] }', 'E_RANGE', `${AT}.parts`],
    ['{ dist: mixture, parts: [{ weight: 0, mean: 1ms }] }', 'E_RANGE', `${AT}.parts`],
    ['{ dist: mixture, parts: [{ weight: 1 }] }', 'E_REQUIRED', `${AT}.parts[0]`],
    ['{ dist: mixture, parts: [{ dist: mixture }] }', 'E_ENUM', `${AT}.parts[0].dist`],
    [
      '{ dist: mixture, parts: [{ mean: 1ms }, { dist: gamma, mean: 1ms }] }',
      'E_REQUIRED',
      `${AT}.parts[1]`,
    ],
    ['{ dist: mixture, parts: [{ mean: 1 }] }', 'E_DURATION', `${AT}.parts[0].mean`],
  ])('%s', async (text, code, path) => {
    const found = await diagnosticsOf(time(text));
    expect(found).toMatchObject([{ code, path }]);
    expect(found[0]?.hint).not.toBe('');
  });

  test('with the forms that the law takes', async () => {
    const hintOf = async (text: string) => (await diagnosticsOf(time(text)))[0]?.hint;
    expect(await hintOf('{ cv: 2 }')).toBe('lognormal takes mean (and cv), or p50 and p99');
    expect(await hintOf('{ dist: hyperexponential, p50: 1ms, p99: 9ms }')).toContain(
      'mean and cv, or p and mean1 and mean2; two quantiles do not determine it',
    );
    for (const dist of Object.keys(LAWS)) {
      expect(await hintOf(`{ dist: ${dist} }`)).toContain(`${dist} takes `);
    }
  });
});

test('a histogram, also as a part of a mixture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'peakless-laws-'));
  try {
    await writeFile(join(folder, 'h.csv'), 'upper,count\n0.05,1\n0.1,3\n');
    const options = { baseDir: folder };
    const histogram = [
      { from: 0, to: 50_000, count: 1 },
      { from: 50_000, to: 100_000, count: 3 },
    ];
    const alone = await scenarioOf(time('{ dist: empirical, file: h.csv }'), options);
    expect(alone.services[0]?.time).toEqual({ dist: 'empirical', histogram });
    const mixed = await scenarioOf(
      time('{ dist: mixture, parts: [{ mean: 5ms }, { dist: empirical, file: h.csv }] }'),
      options,
    );
    expect(mixed.services[0]?.time.parts?.[1]).toEqual({
      dist: 'empirical',
      weight: 1,
      histogram,
    });
    const missing = await diagnosticsOf(time('{ dist: empirical, file: gone.csv }'), options);
    expect(missing.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'E_FILE_MISSING services.web.time.file',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
