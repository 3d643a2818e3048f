import { expect, test } from 'vitest';
import { loadNotes } from '../../../packages/engine/src/compile/notes.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import { loadOf, SECOND, scenarioOf } from '../../fixtures/scenario.ts';

const BURSTS = { kind: 'mmpp', factors: [50, 500], sojourns: [20 * SECOND, 20 * SECOND] };

test('loads that are not Poisson state how their requests scatter, within a minute', () => {
  const load = [
    loadOf({ name: 'calm', rate: 100 }),
    loadOf({ name: 'bursts', rate: 275, process: BURSTS }),
    loadOf({ name: 'pacer', rate: 10, process: { kind: 'deterministic' } }),
  ];
  const notes = loadNotes(scenarioOf({ load }));
  expect(notes.map(({ params }) => [params.load, params.process])).toEqual([
    ['bursts', 'mmpp'],
    ['pacer', 'deterministic'],
  ]);
  // Conformance case mmpp2-50-500-0.05-0.05, 60 s.
  expect(notes[0]?.params.dispersion).toBeCloseTo(3070.70287065, 6);
  expect(notes[1]?.params.dispersion).toBe(0);
  const text = notes[0] === undefined ? '' : renderMessage(notes[0], 'en', 'USD');
  expect(text).toMatch(/^Load bursts: mmpp arrivals .* dispersion 3,071 /);
});
