import { join } from 'node:path';
import { ENGINE_MODEL } from '@peakless/engine';
import { expect, test } from 'vitest';
import { standIn } from './stand-in.ts';

test('the version names engine and model', async () => {
  const app = await standIn();
  const answer = await app.inject('/api/version');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    version: expect.stringMatching(/^\d/),
    engineModel: ENGINE_MODEL,
  });
});

test('the gallery lists whole and broken files, and nothing else', async () => {
  const app = await standIn();
  const { scenarios } = (await app.inject('/api/scenarios')).json();
  expect(scenarios.map(({ id }: { id: string }) => id)).toEqual(['broken', 'tiny']);
  const [broken, tiny] = scenarios;
  expect(broken.summary).toBeNull();
  expect(broken.errors).toContainEqual(
    expect.objectContaining({ code: 'E_UNKNOWN_KEY', line: 6, hint: expect.any(String) }),
  );
  expect(tiny.errors).toBeNull();
  expect(tiny.summary).toMatchObject({
    title: { en: 'Tiny sale', 'zh-CN': '小型秒杀' },
    replications: 2,
    vars: [{ name: 'peak', value: 60, range: [20, 200] }],
  });
  expect(tiny.summary.preview.peak).toBeCloseTo(60, 6);
  expect(Math.max(...tiny.summary.preview.rates)).toBe(tiny.summary.preview.peak);
  expect(tiny.summary.strategies.length).toBeGreaterThan(1);
});

test('every bundled scenario is whole', async () => {
  const app = await standIn({ scenariosDir: join(import.meta.dirname, '../../scenarios') });
  const { scenarios } = (await app.inject('/api/scenarios')).json();
  expect(scenarios.length).toBeGreaterThan(0);
  expect(scenarios.filter(({ errors }: { errors: unknown }) => errors !== null)).toEqual([]);
});

test('a folder that does not exist is an empty gallery', async () => {
  const app = await standIn({ scenariosDir: join(import.meta.dirname, 'no-such-folder') });
  expect((await app.inject('/api/scenarios')).json()).toEqual({ scenarios: [] });
});

test('a scenario comes with its source', async () => {
  const app = await standIn();
  const answer = await app.inject('/api/scenarios/tiny');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ id: 'tiny', source: expect.stringContaining('flashSale') });
});

test.each([
  'missing',
  'tiny.yaml',
  '..',
  '..%2f..%2fpackage',
  '..%2fscenarios%2ftiny',
  '%2e%2e%2fpackage.json',
  'secret',
  'tiny%00',
  '__proto__',
  'constructor',
  '%E2%80%AE',
])('the id %s is unknown', async (id) => {
  const app = await standIn();
  const answer = await app.inject(`/api/scenarios/${id}`);
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json().code).toBe('E_NOT_FOUND');
});
