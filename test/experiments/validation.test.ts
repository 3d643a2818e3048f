/**
 * docs/validation.md says what results.json says, and results.json what the code simulates: the
 * page and its figures are made anew and compared; some of the numbers are simulated anew. When
 * they differ on purpose, `pnpm validation` writes all of it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXPERIMENTS, STUDIES } from '../../packages/engine/src/experiments/index.ts';
import type { Study } from '../../packages/engine/src/experiments/study.ts';
import { TIMELINES } from '../../packages/engine/src/experiments/timelines.ts';
import {
  MEDIAN_ALLOWED,
  storedNumber,
  type ValidationResults,
  validationFigures,
  validationMarkdown,
} from '../../packages/engine/src/experiments/validation.ts';
import { simulateStudy } from './in-process.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const results = JSON.parse(read('results.json')) as ValidationResults;

test('the generated part of the page is made from the results', () => {
  const page = read('../../docs/validation.md');
  const generated = page.split('<!-- generated: pnpm validation -->\n')[1]?.split('<!-- end')[0];
  expect(generated).toBe(validationMarkdown(results));
});

test('so are its figures', () => {
  const figures = validationFigures(results);
  expect(figures.size).toBe(TIMELINES.length + Object.keys(EXPERIMENTS).length);
  for (const [file, text] of figures) expect(read(`../../docs/images/${file}`), file).toBe(text);
});

test('all timelines: medians within a tenth of the chain drawn without a simulator', () => {
  expect(TIMELINES).toHaveLength(21);
  for (const { id, drawn } of TIMELINES) {
    const sorted = [...results.timelines[id]].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    // At 1.5 boots/s a few calls time out, and nothing comes within the scenario.
    expect(sorted.length, id).toBeGreaterThanOrEqual(id === 'E4' ? 90 : 100);
    expect(Math.abs(median / drawn[1] - 1), `${id}: ${median} s`).toBeLessThan(MEDIAN_ALLOWED);
  }
});

test('all that is judged of the experiments lies within its tolerance', () => {
  expect(Object.keys(results.predictions)).toEqual(Object.keys(EXPERIMENTS));
  for (const [id, { quantities }] of Object.entries(results.predictions)) {
    for (const quantity of quantities) {
      expect(quantity.within, `${id}: ${quantity.id}`).not.toBe(false);
    }
  }
});

test.each(Object.values(STUDIES).filter(({ id }) => id.startsWith('timelines-')))(
  'the first runs of $id are as stored',
  async (study: Study) => {
    const samples = await simulateStudy(study, { replications: 1 });
    for (const { id, value, ...timeline } of TIMELINES) {
      if (timeline.study !== study.id) continue;
      const sample = samples.find(
        (one) => one.case === timeline.case && one.strategy === timeline.strategy,
      );
      expect(sample?.values[value].map(storedNumber), id).toEqual([results.timelines[id][0]]);
    }
  },
);

test('boots in contention are as stored', async () => {
  const study = EXPERIMENTS['vm-boot-contention'];
  const samples = await simulateStudy(study, { only: ['C1, 0 busy'] });
  const stored = results.predictions[study.id].quantities.filter(({ id }) => id.startsWith('c1-'));
  expect(stored).toHaveLength(3);
  for (const { id, predicted } of stored) {
    const [mean] = samples[0].values[`${id.slice('c1-'.length)} boots`];
    expect(storedNumber(mean), id).toBe(predicted.mean);
  }
});
