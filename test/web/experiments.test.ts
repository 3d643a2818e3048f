import { EXPERIMENTS, type Sample } from '@peakless/engine';
import { expect, test } from 'vitest';
import { buildApp } from '../../packages/web/server/app.ts';

const WALKTHROUGH = 'k8s-walkthrough-php-apache';

/** What a run of the walkthrough gives. */
const SAMPLE: Sample = {
  case: 'all',
  strategy: 'hpa',
  replication: 0,
  values: {
    utilization: [305],
    steps: [2],
    replicas: [7],
    upAfter: [40],
    backAfter: [5.5],
    over: Array.from({ length: 120 }, () => 1),
  },
};

test('experiments are listed without being simulated', async () => {
  const app = buildApp({
    runExperiment: () => Promise.reject(new Error('nobody asked for a run')),
  });
  const { experiments, unreplayed } = (await app.inject('/api/experiments')).json();
  expect(experiments.map(({ id }: { id: string }) => id)).toEqual(Object.keys(EXPERIMENTS));
  expect(experiments[0]).not.toHaveProperty('measure');
  expect(unreplayed).toHaveLength(1);
  await app.close();
});

test('one is simulated for who asks first, and kept for the others', async () => {
  let runs = 0;
  const app = buildApp({
    runExperiment: async (experiment) => {
      runs += 1;
      expect(experiment.id).toBe(WALKTHROUGH);
      return [SAMPLE];
    },
  });
  const [one, two] = await Promise.all([
    app.inject(`/api/experiments/${WALKTHROUGH}`),
    app.inject(`/api/experiments/${WALKTHROUGH}`),
  ]);
  expect(one.statusCode).toBe(200);
  expect(one.json().prediction.quantities[1]).toMatchObject({ id: 'replicas', within: true });
  expect(two.body).toBe(one.body);
  expect(runs).toBe(1);
  await app.close();
});

test('a run that fails is told, and tried again when it is asked for again', async () => {
  let runs = 0;
  const app = buildApp({
    runExperiment: async () => {
      runs += 1;
      if (runs === 1) throw new Error('no memory');
      return [SAMPLE];
    },
  });
  expect((await app.inject(`/api/experiments/${WALKTHROUGH}`)).statusCode).toBe(500);
  expect((await app.inject(`/api/experiments/${WALKTHROUGH}`)).statusCode).toBe(200);
  await app.close();
});

test.each(['no-such-thing', 'constructor', '__proto__'])('%s is unknown', async (id) => {
  const app = buildApp({ runExperiment: () => Promise.reject(new Error('unexpected')) });
  const answer = await app.inject(`/api/experiments/${id}`);
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ status: 404 });
  await app.close();
});
