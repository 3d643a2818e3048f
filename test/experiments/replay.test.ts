/**
 * Every experiment, replayed with a few seeds, is held to the tolerances that its quantities have;
 * docs/validation.md does so with all of them.
 */
import { expect, test } from 'vitest';
import { EXPERIMENTS, STUDIES, UNREPLAYED } from '../../packages/engine/src/experiments/index.ts';
import { loadScenario } from '../../packages/runner/src/load-scenario.ts';
import { type StudyOptions, studyScenario } from '../../packages/runner/src/run-study.ts';
import { simulateStudy } from './in-process.ts';

interface Replay extends StudyOptions {
  /** Quantities that need more runs than these. */
  readonly but?: readonly string[];
}

const REPLAYS: Readonly<Record<string, Replay>> = {
  'aws-asg-request-target-step': { replications: 5 },
  'k8s-hpa-periodic-burst': { replications: 3 },
  'vm-boot-contention': {
    only: ['C1, 0 busy', 'C1, 8 busy', 'C2, 0 busy', 'C3, 0 busy', 'C3, 8 busy'],
  },
  'eks-ca-pending-pods': { replications: 20 },
  'k8s-walkthrough-php-apache': { replications: 3 },
  'gke-node-add-remove': { replications: 8, but: ['up-2-failed'] },
  'eks-nodegroup-increments': { replications: 12 },
};

test('all experiments are replayed here, and the others say why not', () => {
  expect(Object.keys(REPLAYS)).toEqual(Object.keys(EXPERIMENTS));
  for (const { id, why } of UNREPLAYED) {
    expect(EXPERIMENTS[id]).toBeUndefined();
    expect(why.en.length).toBeGreaterThan(50);
  }
});

test.each(Object.entries(REPLAYS))('%s', async (id, { but = [], ...options }) => {
  const experiment = EXPERIMENTS[id];
  const samples = await simulateStudy(experiment, options);
  const { quantities } = experiment.predict(samples);
  const outside = quantities
    .filter((one) => one.within === false && !but.includes(one.id))
    .map((one) => ({ id: one.id, predicted: one.predicted, tolerance: one.tolerance }));
  expect(outside).toEqual([]);
});

test('the failures of the GKE pool are in its model', async () => {
  const { predict, ...experiment } = EXPERIMENTS['gke-node-add-remove'];
  const case2 = experiment.cases.filter(({ set }) => set.noJoin !== '0%');
  expect(case2.map(({ name }) => name)).toEqual(['2 more']);
  // Every node fails: the resize lasts until they are given up, 25 minutes later.
  const failing = {
    ...experiment,
    predict,
    cases: [{ name: '2 more', set: { pods: '4', noJoin: '50%' } }],
  };
  const samples = await simulateStudy(failing, { replications: 3 });
  const longest = Math.max(...samples.flatMap(({ values }) => values.up));
  expect(longest).toBeGreaterThan(1500);
  expect(longest).toBeLessThan(1525);
});

test.each(Object.values(STUDIES))(
  'the scenario of $id is valid and named after it',
  async (study) => {
    const loaded = await loadScenario(studyScenario(study));
    if (!loaded.ok) throw new Error(loaded.diagnostics[0].problem);
    expect(loaded.scenario.name).toBe(study.id);
  },
);

test('boots of C3, which nothing was fitted to, and of C1 with neighbours', async () => {
  const samples = await simulateStudy(EXPERIMENTS['vm-boot-contention'], {
    only: ['C1, 8 busy', 'C3, 0 busy', 'C3, 8 busy'],
  });
  // A few figures of the published table, seconds.
  const quoted = [
    ['C1, 8 busy', 6, 33.32],
    ['C3, 0 busy', 1, 11.1],
    ['C3, 8 busy', 1, 14.51],
    ['C3, 8 busy', 6, 22.95],
  ] as const;
  const errors = quoted.map(([name, boots, seconds]) => {
    const sample = samples.find((one) => one.case === name);
    return Math.abs((sample?.values[`${boots} boots`][0] ?? 0) / seconds - 1);
  });
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.15);
});
