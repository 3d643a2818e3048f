import { expect, onTestFinished, test } from 'vitest';
import {
  type Comparison,
  digestOf,
  formatMoney,
  renderContext,
  renderMessage,
} from '../../packages/engine/src/index.ts';
import { loadScenarioText, runComparison } from '../../packages/runner/src/index.ts';
import type { ResolvedScenario } from '../../packages/web/server/api-types.ts';
import { startServer } from '../../packages/web/server/index.ts';
import { MAY_SKIP, NO_CHROMIUM, openPage } from './chromium.ts';
import { BROKEN, heldRun, scenarioFolder, standIn, TINY } from './stand-in.ts';

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

/** What the runner says of one replication. */
async function oneReplication(set: Readonly<Record<string, string>>) {
  const parsed = await loadScenarioText(TINY, {
    name: 'tiny.yaml',
    set: { ...set, replications: '1' },
  });
  if (!parsed.ok) throw new Error('the scenario of the test is broken');
  return runComparison(parsed.scenario, parsed.warnings, { workers: 1 });
}

/** Without how it was run, which is no part of the result. */
function digest({ provenance: { flows: _flows, ...provenance }, ...rest }: Comparison): string {
  return digestOf(JSON.parse(JSON.stringify({ ...rest, provenance })));
}

test('the server resolves what a comparison would be run from', async () => {
  const app = await standIn();
  const payload = { scenario: 'tiny', set: { peak: 80 }, seed: '7' };
  const answer = await app.inject({ method: 'POST', url: '/api/resolve', payload });
  expect(answer.statusCode).toBe(200);
  const parsed = await loadScenarioText(TINY, { name: 'x', set: { peak: '80', seed: '7' } });
  expect(parsed.ok && { scenario: parsed.scenario, warnings: parsed.warnings }).toEqual(
    answer.json(),
  );
});

test('what cannot be resolved is refused like a comparison', async () => {
  const app = await standIn();
  const post = (payload: object) => app.inject({ method: 'POST', url: '/api/resolve', payload });
  const invalid = await post({ text: BROKEN, name: 'mine.yaml' });
  expect(invalid.statusCode).toBe(422);
  expect(invalid.json().errors).toContainEqual(
    expect.objectContaining({ code: 'E_UNKNOWN_KEY', line: 6 }),
  );
  expect((await post({ scenario: 'nobody' })).statusCode).toBe(404);
  expect((await post({ scenario: 'tiny', tenant: 'x' })).statusCode).toBe(400);
});

test.skipIf(MAY_SKIP)(`the worker gives the runner’s result, bit for bit${note}`, async () => {
  const server = await startServer({ scenariosDir: await scenarioFolder(), run: heldRun().run });
  onTestFinished(server.close);
  const { page } = await openPage();
  const opened = page.waitForEvent('worker');
  await page.goto(`${server.url}/compare/tiny`);
  const worker = await opened;
  const simulate = (set: Readonly<Record<string, string>>) =>
    page.evaluate(
      async ([url, values]) => {
        const answer = await fetch('/api/resolve', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ scenario: 'tiny', set: values }),
        });
        const task = (await answer.json()) as ResolvedScenario;
        return new Promise<Comparison>((resolve, reject) => {
          const own = new Worker(url, { type: 'module' });
          own.onerror = ({ message }) => reject(new Error(message));
          own.onmessage = ({ data }) => {
            if (data.kind === 'done') resolve(data.comparison);
            if (data.kind === 'failed') reject(new Error(data.detail));
          };
          own.postMessage(task);
        });
      },
      [worker.url(), set] as const,
    );
  const expected = await oneReplication({ peak: '80' });
  const fast = await simulate({ peak: '80' });
  expect(fast.provenance).toEqual(expected.provenance);
  expect(fast.provenance.flows).toMatchObject([{ kernel: 'wasm' }]);
  expect(digest(fast)).toBe(digest(expected));

  // Where a page may not compile WebAssembly, the TypeScript build takes its place.
  await page.route(worker.url(), async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  const plain = await simulate({ peak: '80' });
  expect(plain.provenance.flows).toMatchObject([{ kernel: 'ts' }]);
  expect(digest(plain)).toBe(digest(expected));

  // What goes wrong in the worker is told like a fault of the server.
  const body = "onmessage = () => postMessage({ kind: 'failed', detail: 'out of luck' })";
  await page.route(worker.url(), (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
  await page.reload();
  await page.getByLabel('Peak', { exact: true }).first().fill('90');
  await page.getByText('This browser could not simulate it: out of luck').waitFor();
});

test.skipIf(MAY_SKIP)(`a turned knob shows a preview at once${note}`, async () => {
  const { run, release } = heldRun();
  const server = await startServer({ scenariosDir: await scenarioFolder(), run });
  onTestFinished(server.close);
  const { page, complaints } = await openPage();
  await page.goto(`${server.url}/compare/tiny`);
  const peak = page.getByLabel('Peak', { exact: true }).first();
  await peak.fill('90');
  await page.getByText('Preview.', { exact: true }).waitFor();
  await page.getByText('What is shown is a preview of these settings.').waitFor();

  const expected = await oneReplication({ peak: '90' });
  const headline = renderMessage(expected.verdict.headline, 'en', renderContext(expected, 'en'));
  await page.getByText(headline, { exact: true }).waitFor();
  const [cheapest] = expected.strategies;
  const cost = formatMoney(cheapest?.summary.cost?.mean ?? Number.NaN, expected.scenario.currency);
  await page.getByText(cost, { exact: true }).first().waitFor();
  // There is no report of what the server has not computed.
  expect(await page.getByRole('heading', { name: 'Repeat and share' }).count()).toBe(0);

  release();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('heading', { name: 'Repeat and share' }).waitFor();
  expect(await page.getByText('Preview.', { exact: true }).count()).toBe(0);
  expect(complaints).toEqual([]);

  // Without the server the page still answers for what was tried, with any seed.
  await server.close();
  await peak.fill('91');
  await page.getByRole('heading', { name: 'There is no preview' }).waitFor();
  await page.getByText('settings that were tried on this page before').waitFor();
  await page.getByLabel('Seed').fill('8');
  await peak.fill('90');
  await page.getByText('Preview.', { exact: true }).waitFor();
});
