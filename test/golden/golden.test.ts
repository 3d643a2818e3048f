/**
 * The outcomes of every bundled scenario, first replication, as files. A change of a number is a
 * change of the product: say why in the commit and in the CHANGELOG, raise ENGINE_MODEL, and write
 * the files anew with `pnpm vitest run test/golden --update`.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../packages/engine/src/report/canonical-json.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import { loadScenario } from '../../packages/runner/src/load-scenario.ts';

const folder = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('golden outcomes', () => {
  it('exist for every bundled scenario', () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
  });

  for (const file of files) {
    it(file, async () => {
      const loaded = await loadScenario(new URL(file, folder).pathname);
      if (!loaded.ok) throw new Error(`${file} is not valid`);
      const { scenario } = loaded;
      const outcomes = scenario.strategies.map(({ name }) => runCell(scenario, name, 0).outcome);
      const text = toCanonicalJson(outcomes);
      await expect(text).toMatchFileSnapshot(file.replace(/\.yaml$/, '.json'));
    });
  }
});
