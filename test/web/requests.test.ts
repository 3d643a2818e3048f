import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { standIn } from './stand-in.ts';

const post = { method: 'POST', url: '/api/comparisons' } as const;
const json = { 'content-type': 'application/json' };

test.each([
  ['an unknown key', { scenario: 'tiny', tenant: 'x' }, '/body', 'E_ADDITIONAL_PROPERTIES'],
  ['a number as text', { scenario: 'tiny', replications: '3' }, '/body/replications', 'E_TYPE'],
  ['a seed that is no text', { scenario: 'tiny', seed: 7 }, '/body/seed', 'E_TYPE'],
  ['no replications', { scenario: 'tiny', replications: 0 }, '/body/replications', 'E_MINIMUM'],
  ['a nested setting', { scenario: 'tiny', set: { peak: {} } }, '/body/set/peak', 'E_TYPE'],
])('%s is refused, not repaired', async (_, payload, path, code) => {
  const app = await standIn();
  const answer = await app.inject({ ...post, payload });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const problem = answer.json();
  expect(problem).toMatchObject({
    type: 'urn:peakless:problem:E_REQUEST',
    status: 400,
    code: 'E_REQUEST',
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  });
  expect(problem.errors).toContainEqual(
    expect.objectContaining({ path, code, message: expect.any(String) }),
  );
});

test.each([
  ['neither scenario nor text', {}],
  ['both scenario and text', { scenario: 'tiny', text: 'a: 1', name: 'a.yaml' }],
])('%s is refused', async (_, payload) => {
  const app = await standIn();
  const answer = await app.inject({ ...post, payload });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().detail).toContain('scenario');
});

test.each([
  ['a broken escape', '/api/scenarios/%c0%ae', 400, 'E_REQUEST'],
  ['a very long id', `/api/scenarios/${'a'.repeat(5000)}`, 404, 'E_NOT_FOUND'],
])('%s is answered with a problem document', async (_, url, status, code) => {
  const app = await standIn();
  const answer = await app.inject({ url });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ status, code });
});

test('an unknown scenario is not found', async () => {
  const app = await standIn();
  const answer = await app.inject({ ...post, payload: { scenario: '../tiny' } });
  expect(answer.statusCode).toBe(404);
});

test('what is not JSON is refused', async () => {
  const app = await standIn();
  for (const type of ['text/plain', 'application/yaml', 'application/x-www-form-urlencoded']) {
    const headers = { 'content-type': type };
    const answer = await app.inject({ ...post, headers, payload: '{"scenario":"tiny"}' });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().code).toBe('E_MEDIA_TYPE');
  }
  for (const payload of ['{', '{"__proto__": {"a": 1}}', '']) {
    const answer = await app.inject({ ...post, headers: json, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('E_REQUEST');
  }
});

test('a body over 1 MB is refused', async () => {
  const app = await standIn();
  const payload = JSON.stringify({ text: 'x'.repeat(1_000_001), name: 'a.yaml' });
  const answer = await app.inject({ ...post, headers: json, payload });
  expect(answer.statusCode).toBe(413);
  expect(answer.json().code).toBe('E_BODY_TOO_LARGE');
});

test('an unknown route is not found, whatever its method', async () => {
  const app = await standIn();
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
    const answer = await app.inject({
      method,
      url: '/api/nothing',
      headers: { accept: 'text/html' },
    });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'E_NOT_FOUND', requestId: expect.any(String) });
  }
});

async function builtPage() {
  const folder = await mkdtemp(join(tmpdir(), 'peakless-page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'index.html'), '<title>page</title>');
  return folder;
}

const html = { accept: 'text/html,*/*' };

test('addresses of the page’s own routes lead to the page', async () => {
  const app = await standIn({ appDir: await builtPage() });
  for (const url of ['/', '/compare/tiny?lang=zh-CN', '/no/such/page']) {
    const answer = await app.inject({ url, headers: html });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>page</title>');
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
  expect((await app.inject({ url: '/assets/gone.js', headers: html })).statusCode).toBe(404);
});

test('files outside the page’s folder are out of reach', async () => {
  const app = await standIn({ appDir: await builtPage() });
  for (const url of ['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd']) {
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('peakless-workspace');
  }
});

test('a page that is not built says so', async () => {
  const app = await standIn({ appDir: join(import.meta.dirname, 'no-such-folder') });
  const answer = await app.inject({ url: '/', headers: html });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('pnpm build');
});

test('scripts come from the server alone', async () => {
  const app = await standIn({ appDir: await builtPage() });
  for (const url of ['/', '/api/version', '/api/nothing']) {
    const { headers } = await app.inject({ url, headers: html });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});
