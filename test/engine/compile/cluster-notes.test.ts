/** What a run says of its HPAs before it starts. */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { CATALOGUE, renderMessage } from '../../../packages/engine/src/report/messages/index.ts';
import type { HpaObjectSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import { kubernetes, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

type Compat = Scenario['hpaController']['compat'];

function notesOf(hpa: HpaObjectSpec | undefined, compat: Compat = 'current') {
  const service = serviceOf(hpa === undefined ? {} : { hpa });
  const { replicas: _, ...strategy } = kubernetes({ name: 'hpa' });
  const base = scenarioOf({ services: [service], strategies: [strategy] });
  const scenario = { ...base, hpaController: { ...base.hpaController, compat } };
  return compile(scenario, 'hpa', 0).notes.filter(({ key }) => key.startsWith('note.hpa'));
}

function textsOf(hpa: HpaObjectSpec | undefined, compat?: Compat): readonly string[] {
  return notesOf(hpa, compat).flatMap((note) => {
    expect(Object.keys(CATALOGUE['zh-CN'])).toContain(note.key);
    return renderMessage(note, 'en', 'USD');
  });
}

const cpu = (target: NonNullable<HpaObjectSpec['metrics']>[0]['target']): HpaObjectSpec => ({
  minReplicas: 3,
  maxReplicas: 90,
  metrics: [{ type: 'Resource', name: 'cpu', target }],
});

test('a share of the request: the default of the API, or what is written', () => {
  expect(textsOf(undefined)).toEqual([
    'app: HorizontalPodAutoscaler from 2 to 200 replicas, target 80 % CPU.',
  ]);
  expect(textsOf({ maxReplicas: 9 })).toEqual([
    'app: HorizontalPodAutoscaler from 1 to 9 replicas, target 80 % CPU.',
  ]);
  expect(textsOf(cpu({ type: 'Utilization', averageUtilization: 60 }))).toEqual([
    'app: HorizontalPodAutoscaler from 3 to 90 replicas, target 60 % CPU.',
  ]);
});

test('an AverageValue is not a share', () => {
  expect(textsOf(cpu({ type: 'AverageValue', averageValue: 250 }))).toEqual([
    'app: HorizontalPodAutoscaler from 3 to 90 replicas, target 250m of CPU per pod.',
  ]);
  const [note] = notesOf(cpu({ type: 'AverageValue', averageValue: 1000 }));
  expect(note && renderMessage(note, 'zh-CN', 'USD')).toBe(
    'app：HorizontalPodAutoscaler，3 到 90 个副本，每个 Pod 的 CPU 目标 1000m。',
  );
});

test('another metric is no target of CPU', () => {
  const target = { type: 'AverageValue', averageValue: 1000 } as const;
  const metrics = [{ type: 'Pods', name: 'queue', target }] as const;
  expect(textsOf({ maxReplicas: 9, metrics })).toEqual([
    'app: HorizontalPodAutoscaler from 1 to 9 replicas, not by CPU.',
  ]);
});

test('an older release is named, and what it does not know of', () => {
  const plain = cpu({ type: 'Utilization', averageUtilization: 60 });
  expect(notesOf(plain, '1.28').map(({ key }) => key)).toEqual(['note.hpa', 'note.hpa-compat']);
  expect(textsOf(plain, '1.28')[1]).toBe(
    'The HPA decides as Kubernetes 1.28 does (kubernetes.hpaController.compat).',
  );
  for (const direction of ['scaleUp', 'scaleDown']) {
    const hpa = { ...plain, behavior: { [direction]: { tolerance: 0.05 } } };
    expect(textsOf(hpa, '1.28')[2]).toMatch(/^app: Kubernetes 1\.28 has no tolerance in behavior/);
    expect(textsOf(hpa)).toHaveLength(1);
  }
  expect(textsOf({ ...plain, behavior: { scaleUp: {} } }, '1.28')).toHaveLength(2);
});
