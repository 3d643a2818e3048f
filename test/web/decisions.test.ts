import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DecisionRow, StrategyResult } from '../../packages/engine/src/outcome.ts';
import { startServer } from '../../packages/web/server/index.ts';
import { markAt, marksOf } from '../../packages/web/src/charts/decision-marks.ts';
import { MAY_SKIP, NO_CHROMIUM, openPage } from './chromium.ts';
import { scenarioFolder } from './stand-in.ts';

const row = (at: number, from: number, to: number): DecisionRow => ({
  at: at * 1_000_000,
  service: 'shop',
  from,
  to,
  reason: { key: 'hpa.scaled-up', params: {} },
});

/** As far as marks look at it: replicas wanted of two services, a row per 10 s. */
const strategy = {
  name: 'hpa',
  decisions: [row(5, 4, 4), row(12.5, 4, 8), row(25, 8, 6)],
  series: { step: 10_000_000, columns: { desired: [7, 11, 9] } },
} as unknown as StrategyResult;

const marks = marksOf([strategy], (name) => `colour of ${name}`);

test('changes of the replicas are marked at their instant, on the curve of what is wanted', () => {
  expect(marks.map(({ x, y, color }) => ({ x, y, color }))).toEqual([
    { x: 12.5, y: 11, color: 'colour of hpa' },
    { x: 25, y: 9, color: 'colour of hpa' },
  ]);
  expect(new Set(marks.map(({ key }) => key)).size).toBe(2);
});

test('the nearest mark within reach is under the pointer', () => {
  const scale = { getPixelForValue: (value: number) => value };
  const chart = { scales: { x: scale, y: scale } } as unknown as Parameters<typeof markAt>[0];
  expect(markAt(chart, marks, 13, 12, 12)).toBe(marks[0]);
  expect(markAt(chart, marks, 24, 9, 12)).toBe(marks[1]);
  expect(markAt(chart, marks, 40, 9, 12)).toBeNull();
});

const SALE = `apiVersion: peakless/v1
name: elastic-sale
title: { en: Elastic sale, zh-CN: 弹性秒杀 }
clock: { start: "2026-01-01T08:00:00+08:00", duration: 5m }
replications: 1
load:
  - flashSale: { base: 20/s, peak: 160/s, at: "+1m", surge: 5s, plateau: 2m, decay: 30s }
services:
  shop:
    time: { mean: 20ms }
    cpuPerRequest: 20ms
strategies:
  - { name: vm, kind: vm-peak }
  - { name: elastic, kind: kubernetes }
`;

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

test.skipIf(MAY_SKIP)(
  `the page explains each decision, and shows it in the charts${note}`,
  async () => {
    const scenariosDir = await scenarioFolder();
    await writeFile(join(scenariosDir, 'elastic-sale.yaml'), SALE);
    const server = await startServer({ scenariosDir });
    onTestFinished(server.close);
    const { page, complaints } = await openPage();
    await page.goto(`${server.url}/compare/elastic-sale`);

    const section = page.getByRole('region', { name: 'Scaling decisions' });
    await section.waitFor();
    const entries = section.getByRole('listitem');
    await expect.poll(() => entries.count()).toBeGreaterThan(0);
    const changes = await entries.count();
    expect(await entries.first().textContent()).toMatch(/cpu at \d+ % of its request/);
    await section.getByText('All', { exact: true }).click();
    await expect.poll(() => entries.count()).toBeGreaterThan(changes);
    await section.getByText('Changes', { exact: true }).click();
    await expect.poll(() => entries.count()).toBe(changes);

    // From the list to the charts …
    const pick = entries.first().getByRole('button');
    const time = (await pick.textContent())?.slice(0, 8);
    await pick.click();
    await expect.poll(() => page.locator('output').textContent()).toBe(time);
    await expect.poll(() => entries.first().getAttribute('data-selected')).toBe('true');
    expect(complaints).toEqual([]);
  },
);

const GROWING = SALE.replace('peak: 160/s', 'peak: 320/s').replace(
  'strategies:',
  'kubernetes: { nodes: { type: c7i.large, min: 1, max: 4 } }\nstrategies:',
);

test.skipIf(MAY_SKIP)(
  `the page says why nodes came, and where the time to new pods went${note}`,
  async () => {
    const scenariosDir = await scenarioFolder();
    await writeFile(join(scenariosDir, 'growing.yaml'), GROWING);
    const server = await startServer({ scenariosDir });
    onTestFinished(server.close);
    const { page, complaints } = await openPage();
    await page.goto(`${server.url}/compare/growing`);

    const nodes = page.getByRole('region', { name: 'Why nodes came and went' });
    await nodes.waitFor();
    const came = nodes.getByRole('listitem').first();
    expect(await came.textContent()).toMatch(/found no node, the oldest for/);
    const time = (await came.getByRole('button').textContent())?.slice(0, 8);
    await came.getByRole('button').click();
    await expect.poll(() => page.locator('output').textContent()).toBe(time);

    const startup = page.getByRole('region', { name: 'Where the time to new capacity goes' });
    const app = startup.getByRole('row', { name: /Container runs → application up/ });
    expect(await app.textContent()).toMatch(/\d s.*p95/);
    await startup.getByRole('row', { name: /Nodes: ordered → usable/ }).waitFor();
    expect(complaints).toEqual([]);
  },
);
