/** Sections kpa, keda and predictive: their defaults, what is refused, and lead and hold. */
import { describe, expect, test } from 'vitest';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { setupTraps } from '../../../packages/engine/src/traps/index.ts';
import { briefly, diagnosticsOf, SMALL, scenarioOf } from './scenarios.ts';

const strategy = (fields: string) =>
  `${SMALL}strategies:\n  - { name: a, kind: kubernetes, ${fields} }\n`;
const refused = async (fields: string) =>
  briefly(await diagnosticsOf(strategy(fields))).map((line) => line.replace(/ \d+:\d+$/, ''));
const read = async (fields: string) => {
  const { strategies } = await scenarioOf(strategy(fields));
  return strategies[0] as KubernetesStrategy;
};

const CRON = '{ kind: cron, start: "50 7 * * *", end: "5 8 * * *", desiredReplicas: 50 }';
const RATE = '{ kind: request-rate, threshold: 100/s }';

describe('defaults', () => {
  test('Knative without a section has all of Knative’s', async () => {
    const { kpa } = await read('autoscaler: kpa');
    expect(kpa).toMatchObject({
      metric: 'concurrency',
      targetUtilization: 0.7,
      stableWindow: 60e6,
      panicThreshold: 2,
      maxScaleUpRate: 1000,
      targetBurstCapacity: 211,
      initialScale: 1,
      scaleToZero: true,
      scaleToZeroGracePeriod: 30e6,
    });
    expect(kpa).not.toHaveProperty('target');
  });

  test('KEDA’s, and those of its triggers', async () => {
    const { keda } = await read(`autoscaler: keda, keda: { triggers: [${CRON}, ${RATE}] }`);
    expect(keda).toMatchObject({
      pollingInterval: 30e6,
      cooldownPeriod: 300e6,
      initialCooldownPeriod: 0,
      minReplicas: 0,
      maxReplicas: 100,
    });
    expect(keda?.triggers[1]).toEqual({
      kind: 'request-rate',
      threshold: 100,
      window: 120e6,
      resolution: 15e6,
      activationThreshold: 0,
      useCachedMetrics: false,
    });
  });

  test('a forecast looks two minutes ahead, minute by minute', async () => {
    const { predictive } = await read('autoscaler: predictive');
    expect(predictive).toMatchObject({ lead: 120e6, resolution: 60e6, knownEvents: true });
  });

  test('another autoscaler has no section', async () => {
    const hpa = await read('autoscaler: hpa');
    expect([hpa.kpa, hpa.keda, hpa.predictive]).toEqual([undefined, undefined, undefined]);
  });
});

describe('refused', () => {
  test.each([
    ['a section without effect', 'autoscaler: hpa, kpa: {}', 'E_CONFLICT strategies[0].kpa'],
    ['KEDA without a section', 'autoscaler: keda', 'E_REQUIRED strategies[0].keda'],
    [
      'KEDA without triggers',
      'autoscaler: keda, keda: { triggers: [] }',
      'E_RANGE strategies[0].keda.triggers',
    ],
    [
      'a minimum above the maximum',
      `autoscaler: keda, keda: { minReplicas: 5, maxReplicas: 3, triggers: [${RATE}] }`,
      'E_MIN_MAX strategies[0].keda.minReplicas',
    ],
    [
      'an idle count that is not below the minimum',
      `autoscaler: keda, keda: { idleReplicas: 0, triggers: [${RATE}] }`,
      'E_MIN_MAX strategies[0].keda.idleReplicas',
    ],
    [
      'CPU alone, to zero',
      'autoscaler: keda, keda: { triggers: [{ kind: cpu }] }',
      'E_CONFLICT strategies[0].keda.triggers',
    ],
    [
      'a window without two samples',
      'autoscaler: keda, keda: { triggers: [{ kind: request-rate, threshold: 1/s, window: 20s }] }',
      'E_RANGE strategies[0].keda.triggers[0].window',
    ],
    [
      'no cron expression',
      'autoscaler: keda, keda: { triggers: [{ kind: cron, start: "8:00", end: "5 8 * * *", desiredReplicas: 3 }] }',
      'E_TIME strategies[0].keda.triggers[0].start',
    ],
    [
      'a zone with summer time',
      `autoscaler: keda, keda: { triggers: [${CRON.replace('{', '{ timezone: Europe/Berlin,')}] }`,
      'E_LOCAL_TIME strategies[0].keda.triggers[0].timezone',
    ],
    [
      'a scale above the maximum',
      'autoscaler: kpa, kpa: { minScale: 4, maxScale: 3 }',
      'E_MIN_MAX strategies[0].kpa.minScale',
    ],
    [
      'a target that no pod reaches',
      'autoscaler: kpa, kpa: { containerConcurrency: 5, target: 6 }',
      'E_MIN_MAX strategies[0].kpa.target',
    ],
    [
      'a floor above KEDA’s maximum',
      `autoscaler: keda, keda: { maxReplicas: 3, triggers: [${RATE}] }, schedule: [{ at: "08:00", minReplicas: 4 }]`,
      'E_MIN_MAX strategies[0].schedule[0].minReplicas',
    ],
    [
      'two ends of a floor',
      'schedule: [{ at: "08:00", until: "08:10", hold: 5m, minReplicas: 4 }]',
      'E_CONFLICT strategies[0].schedule[0].hold',
    ],
  ])('%s', async (_, fields, expected) => {
    expect(await refused(fields)).toEqual([expected]);
  });

  test('a service without a trigger', async () => {
    const only = RATE.replace('{', '{ service: webb,');
    expect(await refused(`autoscaler: keda, keda: { triggers: [${only}] }`)).toEqual([
      'E_REQUIRED strategies[0].keda.triggers',
      'E_REF strategies[0].keda.triggers[0].service',
    ]);
  });
});

test('a floor begins its lead earlier and ends its hold later', async () => {
  const { schedule } = await read(
    'schedule: [{ at: "08:00", lead: 5m, hold: 10m, minReplicas: 4 }]',
  );
  expect(schedule).toEqual([{ at: 600e6, until: 1500e6, minReplicas: 4 }]);
});

test('a cron trigger that the tolerance hides is named', async () => {
  const trapsWith = async (least: number) => {
    const fields = `autoscaler: keda, keda: { minReplicas: ${least}, triggers: [${CRON}] }`;
    return setupTraps(await scenarioOf(strategy(fields)));
  };
  expect(await trapsWith(46)).toEqual([
    {
      key: 'trap.tolerance-cron',
      params: { service: 'web', from: 46, to: 50, ratio: '1.087', tolerance: 0.1 },
    },
  ]);
  expect(await trapsWith(45)).toEqual([]);
});
