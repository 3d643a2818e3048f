/** Dry runs over HTTP, and the page that asks for them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../packages/web/server/index.ts';
import { EXAMPLE_MANIFESTS } from '../../packages/web/src/lib/example-manifests.ts';
import { MAY_SKIP, NO_CHROMIUM, openPage } from './chromium.ts';
import { scenarioFolder, standIn } from './stand-in.ts';

const post = { method: 'POST', url: '/api/comparisons' } as const;
const manifests = { name: 'app.yaml', text: EXAMPLE_MANIFESTS };

async function serve() {
  const server = await startServer({ scenariosDir: await scenarioFolder() });
  onTestFinished(server.close);
  return server.url;
}

test('the answer is a comparison whose warnings hold the traps', async () => {
  const url = await serve();
  const asked = await fetch(`${url}/api/comparisons`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario: 'tiny', manifests, replications: 1 }),
  });
  expect(asked.status).toBe(202);
  const { id, summary } = (await asked.json()) as { id: string; summary: object };
  expect(summary).toMatchObject({
    title: { en: 'Dry run: php-apache' },
    strategies: [{ name: 'dry-run', kind: 'kubernetes' }],
  });
  const read = async () => (await fetch(`${url}/api/comparisons/${id}`)).json();
  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe('done');
  const { result } = await read();
  const keys = result.warnings.map((warning: { key: string }) => warning.key);
  // The peak of 60/s asks for 1200m; one pod of the example may use 500m.
  expect(keys).toContain('trap.clipped-by-limit');
  expect(keys).toContain('trap.max-below-peak');
});

test('errors point into the manifests', async () => {
  const app = await standIn();
  const text = EXAMPLE_MANIFESTS.replace('maxReplicas', 'maxReplica');
  const payload = { scenario: 'tiny', manifests: { ...manifests, text } };
  const answer = await app.inject({ ...post, payload });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toContainEqual(
    expect.objectContaining({ code: 'E_UNKNOWN_KEY', path: 'spec.maxReplica', line: 26 }),
  );
});

test.each([
  ['a scenario that is not bundled', { text: 'a: 1', name: 'a.yaml', manifests }, 400],
  ['no scenario', { manifests }, 400],
  ['an unknown scenario', { scenario: '../tiny', manifests }, 404],
  ['an unknown strategy', { scenario: 'tiny', manifests, strategy: 'nobody' }, 422],
  ['a strategy without manifests', { scenario: 'tiny', strategy: 'kubernetes' }, 400],
  ['manifests of another shape', { scenario: 'tiny', manifests: EXAMPLE_MANIFESTS }, 400],
])('%s is refused', async (_, payload, status) => {
  const app = await standIn();
  const answer = await app.inject({ ...post, payload });
  expect(answer.statusCode).toBe(status);
});

test('the example is the bundled walkthrough, without its comments and its Service', () => {
  const bundled = readFileSync(
    join(import.meta.dirname, '../../scenarios/k8s/walkthrough.yaml'),
    'utf8',
  );
  const documents = bundled.replace(/^#.*\n/gm, '').split('---\n');
  const own = documents.filter((text) => !text.includes('kind: Service')).join('---\n');
  const limits = /limits: .*\n/;
  const plain = (text: string) =>
    text
      .split('\n')
      .filter((line) => !line.includes('ports:'))
      .sort()
      .join('\n');
  expect(EXAMPLE_MANIFESTS).toMatch(limits);
  expect(plain(EXAMPLE_MANIFESTS)).toBe(plain(own));
});

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

test.skipIf(MAY_SKIP)(`a user tries the example, then breaks it${note}`, async () => {
  const url = await serve();
  const { page, complaints } = await openPage();
  await page.goto(url);
  await page.getByRole('link', { name: /your own Deployment and HPA/ }).click();
  await page.getByRole('heading', { level: 1, name: /your own Deployment/ }).waitFor();
  await page.getByRole('button', { name: 'Use the example' }).click();
  const submit = page.locator('form').getByRole('button', { name: 'Dry run' });
  await submit.click();
  await page.getByText(/readiness grid is slower than the burst/).waitFor();
  await page.getByText(/dry-run manifests.yaml --load scenarios\/tiny.yaml/).waitFor();
  await expect.poll(() => page.locator('canvas').count()).toBeGreaterThanOrEqual(5);

  const text = page.getByLabel('Kubernetes objects (YAML)');
  await text.fill(EXAMPLE_MANIFESTS.replace('maxReplicas', 'maxReplica'));
  await submit.click();
  await page.getByText('spec.maxReplica', { exact: false }).first().waitFor();
  // The refused request is in the log of the browser, and nothing else is.
  expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});
