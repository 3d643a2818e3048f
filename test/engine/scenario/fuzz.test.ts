/** Whatever the text: parsing ends, soon, with a scenario or with diagnostics; it never throws. */
import { expect, test } from 'vitest';
import { CODES } from '../../../packages/engine/src/scenario/diagnostics.ts';
import fc from '../../fixtures/fast-check.ts';
import { parseText, SMALL } from './scenarios.ts';

const RUNS = 400;
const SLOW = 2000;

async function expectVerdict(text: string, set: Record<string, string> = {}): Promise<void> {
  const start = performance.now();
  const result = await parseText(text, { set });
  expect(performance.now() - start).toBeLessThan(SLOW);
  if (result.ok) return;
  expect(result.diagnostics.length).toBeGreaterThan(0);
  for (const { code, at, problem, hint } of result.diagnostics) {
    expect(Object.keys(CODES)).toContain(code);
    expect(problem).not.toBe('');
    expect(hint).not.toBe('');
    expect(at.file.startsWith('s.yaml') || at.file.startsWith('--set ')).toBe(true);
    if (at.file === 's.yaml') expect(at.line).toBeGreaterThan(0);
  }
}

test('any text', async () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(texts, (text) => expectVerdict(text)),
    { numRuns: RUNS },
  );
});

test('any JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), (text) => expectVerdict(text)),
    {
      numRuns: RUNS,
    },
  );
});

const FULL = `${SMALL}seed: 1
vars: { a: { value: 3, range: [1, 5] } }
kubernetes:
  objects:
    - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { selector: {}, template: { spec: { containers: [{ name: c }] } } } }
    - { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: h }, spec: { maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: web } } }
  nodes: { min: 1, max: "\${a}" }
strategies:
  - { name: a, kind: kubernetes, schedule: [{ at: "07:50", minReplicas: 2 }] }
  - { name: b, extends: a, billing: spot }
  - { kind: vm-peak, headroom: 30% }
thresholds: [{ measure: cost, is: "< 50% of vm-peak" }]
prices: { overrides: { c7i.4xlarge: { spot: 0.1 } } }
`;

const VALUES = [
  'null',
  '.nan',
  '-1',
  '1e999',
  '"x"',
  '[]',
  '{}',
  `"\${a}"`,
  `"\${b}"`,
  '__proto__',
  '*a',
  '&a 1',
  '!t 1',
  '9007199254740993',
  '1.5',
  'true',
  '"07:50"',
  '5m',
  '-5m',
  '1Gib',
  '{ file: x }',
  '[[1]]',
  '2026-01-01',
  "'",
  '"',
  '|',
];

test('a valid text with one value replaced', async () => {
  await expectVerdict(FULL);
  // Scalars after a colon or an opening bracket.
  const places = [...FULL.matchAll(/(?<=[:[] )("[^"]*"|[^\s{}[\],]+)/g)];
  const changes = fc.tuple(fc.constantFrom(...places), fc.constantFrom(...VALUES));
  await fc.assert(
    fc.asyncProperty(changes, ([place, value]) => {
      const end = place.index + place[0].length;
      return expectVerdict(FULL.slice(0, place.index) + value + FULL.slice(end));
    }),
    { numRuns: RUNS },
  );
});

test('a valid text with lines removed, repeated and cut', async () => {
  const lines = FULL.split('\n');
  const index = fc.nat({ max: lines.length - 1 });
  const edits = fc.array(fc.tuple(fc.constantFrom('remove', 'repeat', 'cut', 'indent'), index), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(edits, (list) => {
      const changed = [...lines];
      for (const [edit, at] of list) {
        const line = changed[at] ?? '';
        if (edit === 'remove') changed.splice(at, 1);
        if (edit === 'repeat') changed.splice(at, 0, line);
        if (edit === 'cut') changed[at] = line.slice(0, line.length >> 1);
        if (edit === 'indent') changed[at] = `  ${line}`;
      }
      return expectVerdict(changed.join('\n'));
    }),
    { numRuns: RUNS },
  );
});

test('any setting', async () => {
  const path = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          'services',
          'web',
          'load',
          '[0]',
          'strategies',
          'a',
          'time',
          '__proto__',
          '["x"]',
          'kubernetes',
          'objects',
          'spec',
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((steps) => steps.join('.').replaceAll('.[', '[')),
  );
  const value = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(...VALUES));
  await fc.assert(
    fc.asyncProperty(path, value, (name, text) => expectVerdict(FULL, { [name]: text })),
    { numRuns: RUNS },
  );
});
