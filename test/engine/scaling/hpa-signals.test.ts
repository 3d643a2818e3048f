/** Object and External metrics on their own, worked by hand. */
import { describe, expect, it } from 'vitest';
import {
  type HpaReading,
  hpaSamples,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type { HpaMetricSpec, HpaTarget } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { decideOnce, hpa50, type PodScene, pods, values } from './hpa-scenes.ts';

interface Setup {
  readonly type?: 'Object' | 'External';
  readonly spec?: number;
  readonly status?: number;
  readonly pods?: readonly PodScene[];
  readonly reading?: HpaReading;
}

function result(target: HpaTarget, usage: number, setup: Setup = {}) {
  const { type = 'External', spec = 4, status = spec, reading = values(usage) } = setup;
  const metric: HpaMetricSpec = { type, name: 'queue', target };
  const scene = { spec, status, pods: setup.pods ?? pods(spec, {}), readings: [reading] };
  const object = hpa50({ minReplicas: 0, metrics: [metric] });
  return decideOnce(object, scene).metrics[0];
}

const wholeAt = (value: number): HpaTarget => ({ type: 'Value', value });
const averageAt = (averageValue: number): HpaTarget => ({ type: 'AverageValue', averageValue });

describe('a Value', () => {
  it('is compared as it is, and multiplies the ready pods', () => {
    const mixed = [
      ...pods(3, {}),
      { ready: 'false' },
      { ready: 'unknown' },
      { ready: 'none' },
      { phase: 'pending' },
      { phase: 'failed' },
      { deleted: true },
    ] as const;
    // 3000 of 1500: twice the four ready pods; the terminating one is among them.
    expect(result(wholeAt(1500), 3000, { spec: 9, pods: mixed })).toEqual({
      type: 'External',
      name: 'queue',
      error: null,
      proposal: 8,
      basis: 'ratio',
      ratio: 2,
      ready: 4,
      unready: 0,
      missing: 0,
      ignored: 0,
      averageUtilization: null,
      averageValue: null,
      value: 3000,
      sampled: null,
    });
  });

  it('within the tolerance keeps the replicas, whatever is ready', () => {
    const some = [...pods(2, {}), ...pods(2, { ready: 'false' })];
    expect(result(wholeAt(1000), 1100, { pods: some })).toMatchObject({
      proposal: 4,
      basis: 'tolerance',
      ready: 2,
      error: null,
      value: 1100,
    });
    expect(result(wholeAt(1000), 1101, { pods: some })).toMatchObject({ proposal: 3 });
  });

  it('needs pods outside of the tolerance alone', () => {
    expect(result(wholeAt(1000), 3000, { pods: [] })).toMatchObject({
      error: 'no-pods',
      proposal: 0,
      value: null,
    });
    expect(result(wholeAt(1000), 1000, { pods: [] })).toMatchObject({ error: null, proposal: 4 });
  });

  it('of several series is their sum', () => {
    const reading = values(1000, 2000, 3500);
    expect(result(wholeAt(1000), 0, { reading })).toMatchObject({ value: 6500, proposal: 26 });
  });
});

describe('an AverageValue', () => {
  it('is divided by the replicas that exist, rounded up', () => {
    expect(result(averageAt(1000), 8200, { spec: 12, status: 6, pods: [] })).toEqual({
      type: 'External',
      name: 'queue',
      error: null,
      proposal: 9,
      basis: 'ratio',
      ratio: 8200 / 6000,
      ready: 0,
      unready: 0,
      missing: 0,
      ignored: 0,
      averageUtilization: null,
      averageValue: 1367,
      value: null,
      sampled: null,
    });
  });

  it('within the tolerance proposes the replicas that exist', () => {
    const setup = { type: 'Object', spec: 12, status: 8 } as const;
    expect(result(averageAt(1000), 8800, setup)).toMatchObject({
      proposal: 8,
      basis: 'tolerance',
      type: 'Object',
    });
    expect(result(averageAt(1000), 8801, setup)).toMatchObject({ proposal: 9, basis: 'ratio' });
  });

  it('over no replicas is 0, and asks for what the whole needs', () => {
    const setup = { spec: 1, status: 0 };
    expect(result(averageAt(1000), 2500, setup)).toMatchObject({ averageValue: 0, proposal: 3 });
    expect(result(averageAt(1000), 0, setup)).toMatchObject({ averageValue: 0, proposal: 0 });
  });
});

it('another target, no series, a failed or a foreign reading make the metric invalid', () => {
  const share: HpaTarget = { type: 'Utilization', averageUtilization: 50 };
  expect(result(share, 1000)?.error).toBe('invalid-target');
  expect(result(wholeAt(1), 0, { reading: values() })?.error).toBe('failed');
  expect(result(wholeAt(1), 0, { reading: { kind: 'failed' } })?.error).toBe('failed');
  const samples: HpaReading = { kind: 'samples', samples: hpaSamples(4) };
  expect(result(wholeAt(1), 0, { reading: samples })?.error).toBe('failed');
});
