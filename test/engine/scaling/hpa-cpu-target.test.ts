import { expect, it } from 'vitest';
import { cpuTargetOf } from '../../../packages/engine/src/scaling/hpa-cpu-target.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import type { HpaMetricSpec, HpaTarget } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { cpuAt } from './hpa-scenes.ts';

const cpu = (target: HpaTarget): HpaMetricSpec => ({ type: 'Resource', name: 'cpu', target });
const targetOf = (...metrics: HpaMetricSpec[]) =>
  cpuTargetOf(withDefaults({ maxReplicas: 9, metrics }));

it('is the default of the API where the object has no metrics', () => {
  expect(targetOf()).toEqual({ utilization: 0.8, cores: null });
  expect(cpuTargetOf(withDefaults({ maxReplicas: 9 }))).toEqual({ utilization: 0.8, cores: null });
});

it('is a share of the request, or cores', () => {
  expect(targetOf(cpuAt(60))).toEqual({ utilization: 0.6, cores: null });
  expect(targetOf(cpu({ type: 'AverageValue', averageValue: 250 }))).toEqual({
    utilization: null,
    cores: 0.25,
  });
});

it('is the first of each type', () => {
  const average = (averageValue: number) => cpu({ type: 'AverageValue', averageValue });
  expect(targetOf(average(250), cpuAt(60), cpuAt(70), average(500))).toEqual({
    utilization: 0.6,
    cores: 0.25,
  });
});

it('may be that of the one container', () => {
  const metric = { ...cpuAt(60), type: 'ContainerResource', container: 'app' } as const;
  expect(targetOf(metric)).toEqual({ utilization: 0.6, cores: null });
});

it('is none where other things are measured', () => {
  const none = { utilization: null, cores: null };
  expect(targetOf({ ...cpuAt(60), name: 'memory' })).toEqual(none);
  expect(targetOf({ ...cpuAt(60), type: 'Pods' })).toEqual(none);
  expect(targetOf(cpu({ type: 'Value', value: 100 }))).toEqual(none);
});
