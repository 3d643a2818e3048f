import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../packages/web/server/index.ts';
import { MAY_SKIP, NO_CHROMIUM, openPage } from './chromium.ts';
import { scenarioFolder } from './stand-in.ts';

/** Too few pods for the peak: some are refused. */
const SALE = `apiVersion: peakless/v1
name: short-sale
title: { en: Short sale, zh-CN: 短时秒杀 }
clock: { start: "2026-01-01T08:00:00+08:00", duration: 4m }
replications: 1
load:
  - flashSale: { base: 20/s, peak: 200/s, at: "+1m", surge: 5s, plateau: 1m, decay: 30s }
services:
  shop:
    time: { mean: 20ms }
    cpuPerRequest: 20ms
    queue: { limit: 5 }
strategies:
  - { name: vm, kind: vm-peak }
  - { name: steady, kind: kubernetes, autoscaler: fixed, replicas: 1 }
`;

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

test.skipIf(MAY_SKIP)(
  `the page tells of some requests of each strategy what happened${note}`,
  async () => {
    const scenariosDir = await scenarioFolder();
    await writeFile(join(scenariosDir, 'short-sale.yaml'), SALE);
    const server = await startServer({ scenariosDir });
    onTestFinished(server.close);
    const { page, complaints } = await openPage();
    await page.goto(`${server.url}/compare/short-sale`);

    const section = page.getByRole('region', { name: 'What happened to some requests' });
    await section.waitFor();
    const entries = section.getByRole('list', { name: 'Requests' }).getByRole('listitem');
    expect(await entries.count()).toBe(8);
    expect(await entries.last().textContent()).toMatch(/^08:0\d:\d\d\.\d{3}.* VM \d+/);

    // Another strategy, then all of one fate.
    await section.getByText('steady', { exact: true }).click();
    const rejected = section.getByRole('button', { name: /^Rejected \d+$/ });
    await rejected.waitFor();
    expect(await entries.count()).toBe(8);
    expect(await section.getByText('refused at once').count()).toBeGreaterThan(1);
    await rejected.click();
    const count = Number((await rejected.textContent())?.match(/\d+/)?.[0]);
    expect(await entries.count()).toBe(count);
    expect(await section.getByText('refused at once').count()).toBe(count);
    await section.getByRole('button', { name: 'Some of each' }).click();
    expect(await entries.count()).toBe(8);

    // From the list to the charts.
    const time = entries.first().getByRole('button');
    const second = (await time.textContent())?.slice(0, 8);
    await time.click();
    await expect.poll(() => page.locator('output').textContent()).toBe(second);

    await page.getByText('中文', { exact: true }).click();
    await page.getByRole('heading', { name: '一些请求的经历' }).waitFor();
    expect(complaints).toEqual([]);
  },
);
