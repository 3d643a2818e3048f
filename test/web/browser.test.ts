import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../packages/web/server/index.ts';
import { MAY_SKIP, NO_CHROMIUM, openPage } from './chromium.ts';
import { BROKEN, scenarioFolder } from './stand-in.ts';

const PAGE = join(import.meta.dirname, '../../packages/web/dist/app/index.html');

/** The real server, the built page and the real simulation, over the folder of test scenarios. */
async function serve() {
  if (!existsSync(PAGE)) throw new Error('the page is not built: run `pnpm build` first');
  const scenariosDir = await scenarioFolder();
  const server = await startServer({ scenariosDir });
  onTestFinished(server.close);
  return { url: server.url, scenariosDir };
}

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

test.skipIf(MAY_SKIP)(`a planner opens the gallery and compares${note}`, async () => {
  const { url } = await serve();
  const { page, complaints } = await openPage();
  await page.goto(url);
  await page.getByRole('heading', { level: 1, name: /flash sale/ }).waitFor();
  // The broken file is shown as broken, not hidden.
  await page.getByText('This file has errors').waitFor();
  await page.getByRole('link', { name: /Tiny sale/ }).click();

  await page
    .getByRole('heading', { name: 'Verdict' })
    .or(page.getByText(/No strategy/))
    .waitFor();
  const rows = page.getByRole('table').first().getByRole('row');
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  await page.getByRole('img', { name: /Latency p99/ }).waitFor();
  expect(await page.locator('canvas').count()).toBeGreaterThanOrEqual(7);
  expect(await page.title()).toBe('Tiny sale · Peakless');

  await page.getByText('中文', { exact: true }).click();
  await page.getByRole('heading', { name: '小型秒杀' }).waitFor();
  await page.getByRole('heading', { name: '逐项对比' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(page.url()).toContain('lang=zh-CN');

  await page.getByRole('button', { name: /配色/ }).click();
  await page.getByRole('menuitemradio', { name: '深色' }).click();
  await expect
    .poll(() => page.locator('html').getAttribute('data-mantine-color-scheme'))
    .toBe('dark');
  expect(complaints).toEqual([]);
});

test.skipIf(MAY_SKIP)(`knobs, charts and links work together${note}`, async () => {
  const { url } = await serve();
  const { page, complaints } = await openPage();
  await page.goto(`${url}/compare/tiny?set.peak=40&replications=1`);
  await page.locator('canvas').first().waitFor();
  expect(await page.getByLabel('Peak', { exact: true }).first().inputValue()).toBe('40');

  await page.getByLabel('Peak', { exact: true }).first().fill('80');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(/set\.peak=80/);
  await page.getByText('--set peak=80 --replications 1').waitFor();

  // One legend hides a strategy everywhere; the instant is the same in every chart.
  const legend = page.getByRole('button', { name: 'kubernetes', pressed: true });
  const before = await legend.count();
  await legend.last().click();
  await expect.poll(() => legend.count()).toBe(0);
  expect(await page.getByRole('button', { name: 'kubernetes', pressed: false }).count()).toBe(
    before,
  );
  await page.getByRole('img', { name: /Latency p99/ }).hover();
  await expect.poll(() => page.locator('output').textContent()).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(complaints).toEqual([]);
});

test.skipIf(MAY_SKIP)(`a file of one’s own shows its errors${note}`, async () => {
  const { url, scenariosDir } = await serve();
  const { page } = await openPage({ width: 390, height: 844 });
  await page.goto(url);
  const file = join(scenariosDir, 'mine.txt');
  await writeFile(file, BROKEN);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: 'The scenario has errors' }).waitFor();
  await page.getByText('Line 6, column').first().waitFor();
  await page.getByText('E_UNKNOWN_KEY').waitFor();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
});
