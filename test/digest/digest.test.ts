/**
 * Equal results wherever they are computed, in small; `pnpm digest:check` holds all bundled
 * scenarios against each other in more environments.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  digestCell,
  digestCells,
  runCell,
  type Scenario,
} from '../../packages/engine/src/index.ts';
import { cellsOf } from '../../packages/runner/src/cells.ts';
import { digestScenario } from '../../packages/runner/src/digest-scenario.ts';
import { loadScenario } from '../../packages/runner/src/load-scenario.ts';
import { scenarioHash } from '../../packages/runner/src/provenance.ts';
import { MAY_SKIP, NO_CHROMIUM } from '../web/chromium.ts';
import { openDigestPage } from './chromium.mjs';

const bundled = (name: string) =>
  fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url));

async function load(name: string, set: Readonly<Record<string, string>>): Promise<Scenario> {
  const loaded = await loadScenario(bundled(name), { set });
  if (!loaded.ok) throw new Error(`${name}: ${JSON.stringify(loaded.diagnostics)}`);
  return loaded.scenario;
}

describe('the digest of a scenario', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await load('minimal', { replications: '2' });
  });

  test('is the same with one worker, with several, and without any', async () => {
    const cells = cellsOf(scenario).map(({ strategy, replication }) =>
      digestCell(runCell(scenario, strategy, replication)),
    );
    expect(cells).toHaveLength(4);
    const expected = { sha256: digestCells(cells), cells };
    expect(await digestScenario(scenario, { workers: 1 })).toMatchObject(expected);
    expect(await digestScenario(scenario, { workers: 3 })).toMatchObject(expected);
  });

  test('covers every replication whole, and none twice', async () => {
    const found = await digestScenario(scenario);
    expect(new Set(found?.cells.map(({ sha256 }) => sha256)).size).toBe(4);
  });

  test('changes with the seed; the scenario’s hash says so', async () => {
    const reseeded = await load('minimal', { replications: '2', seed: '"other"' });
    const [before, after] = [await digestScenario(scenario), await digestScenario(reseeded)];
    expect(after?.sha256).not.toBe(before?.sha256);
    expect(after?.scenario.hash).not.toBe(before?.scenario.hash);
    expect(after).toMatchObject({ seed: 'other', replications: 2 });
  });

  test('there is none of an interrupted run', async () => {
    expect(await digestScenario(scenario, { signal: AbortSignal.abort() })).toBeUndefined();
  });
});

const note = MAY_SKIP ? ` (${NO_CHROMIUM})` : '';

test.skipIf(MAY_SKIP)(
  `Chromium gives the digests of Node, from the text to the hash${note}`,
  async () => {
    const page = await openDigestPage();
    onTestFinished(page.close);
    // Between them: VMs, an HPA, a node autoscaler, a schedule, two services, a trace from a file.
    const cases = [
      ['minimal', {}],
      ['good-start', { morning: '500' }],
      ['world-cup-1998', { level: '0.01' }],
    ] as const;
    for (const [name, variables] of cases) {
      const set = { ...variables, replications: '1' };
      const scenario = await load(name, set);
      const cells = cellsOf(scenario).map(({ strategy, replication }) =>
        digestCell(runCell(scenario, strategy, replication)),
      );
      const seen = await page.digest(bundled(name), { set });
      expect(seen.scenario).toEqual({ name, hash: scenarioHash(scenario) });
      expect(seen.cells).toEqual(cells);
      expect(seen.sha256).toBe(digestCells(cells));
    }
  },
);
