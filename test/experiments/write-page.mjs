/**
 * Simulates all experiments and timelines (some minutes), stores the numbers in results.json, and
 * writes the figures and the generated sections of docs/validation.md from them. With ids only
 * these are simulated, with `--page` none.
 *
 * Tests hold the page against the numbers, and repeat some of the numbers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  ENGINE_MODEL,
  EXPERIMENTS,
  STUDIES,
  storedNumber,
  TIMELINES,
  validationFigures,
  validationMarkdown,
  valuesOf,
} from '../../packages/engine/dist/index.js';
import { runStudy } from '../../packages/runner/dist/index.js';

const PAGE = new URL('../../docs/validation.md', import.meta.url);
const IMAGES = new URL('../../docs/images/', import.meta.url);
const RESULTS = new URL('results.json', import.meta.url);
const MARKERS = /(<!-- generated: pnpm validation -->\n)[\s\S]*?(<!-- end of generated -->)/;

const ids = process.argv.slice(2).filter((id) => id !== '--page');
const unknown = ids.filter((id) => !Object.hasOwn(STUDIES, id));
if (unknown.length > 0) throw new Error(`${unknown}: there is ${Object.keys(STUDIES).join(', ')}`);
const results = process.argv.includes('--page') ? stored() : await simulate();

for (const [file, text] of validationFigures(results)) writeFileSync(new URL(file, IMAGES), text);
const page = readFileSync(PAGE, 'utf8');
if (!MARKERS.test(page)) throw new Error(`${fileURLToPath(PAGE)} has no markers`);
// Not a replacement text: `$` in the page would be read as one.
writeFileSync(
  PAGE,
  page.replace(MARKERS, (_, begin, end) => `${begin}${validationMarkdown(results)}${end}`),
);

function stored() {
  return JSON.parse(readFileSync(RESULTS, 'utf8'));
}

async function simulate() {
  const old = ids.length > 0 ? stored() : { predictions: {}, timelines: {} };
  const samples = {};
  for (const study of Object.values(STUDIES)) {
    if (ids.length > 0 && !ids.includes(study.id)) continue;
    const startedAt = performance.now();
    samples[study.id] = await runStudy(study);
    console.log(`${study.id}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  const found = {
    engineModel: ENGINE_MODEL,
    predictions: Object.fromEntries(
      Object.values(EXPERIMENTS).map((one) => {
        const { id } = one;
        return [id, samples[id] ? one.predict(samples[id]) : old.predictions[id]];
      }),
    ),
    timelines: Object.fromEntries(
      TIMELINES.map((timeline) => [timeline.id, secondsOf(timeline, samples, old)]),
    ),
  };
  const text = JSON.stringify(found, (_, value) =>
    typeof value === 'number' ? storedNumber(value) : value,
  );
  // A line per part: changes can be read.
  writeFileSync(RESULTS, `${text.replaceAll(/(?<=[}\]]),(?=["{])/g, ',\n')}\n`);
  return JSON.parse(text);
}

function secondsOf({ id, study, value, case: name, strategy }, samples, old) {
  if (samples[study] === undefined) return old.timelines[id];
  return valuesOf(samples[study], value, { case: name, strategy });
}
