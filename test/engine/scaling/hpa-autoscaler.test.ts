import { describe, expect, it } from 'vitest';
import { remembering } from '../../../packages/engine/src/scaling/autoscaler.ts';
import { hpa } from '../../../packages/engine/src/scaling/hpa-autoscaler.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import {
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';

const LONG_AGO = -3_600_000_000;
const SECOND = 1_000_000;

/** `count` pods, ready for long, each at `cpu` of 1000 millicores requested. */
function observe(count: number, cpu: number, { now = 0, floor = 0 } = {}) {
  const pods = hpaPods(count);
  const samples = hpaSamples(count);
  pods.count = count;
  pods.phase.fill(PHASE.running);
  pods.ready.fill(READY.true);
  pods.startTime.fill(LONG_AGO);
  pods.readySince.fill(LONG_AGO);
  samples.value.fill(cpu);
  samples.time.fill(now);
  samples.window.fill(15 * SECOND);
  samples.resourceRequest.fill(1000);
  return { now, wanted: count, existing: count, floor, pods, cpu: samples, custom: [] };
}

const create = (max: number) =>
  remembering(hpa({ minReplicas: 2, maxReplicas: max }, DEFAULT_HPA_CONTROLLER));

describe('the HPA as an autoscaler', () => {
  it('aims at 80 % of the request by default: 4 pods at 100 % become 5', () => {
    expect(create(50)(observe(4, 1000)).desired).toBe(5);
  });

  it('remembers: a fall waits for the stabilization window', () => {
    const decide = create(50);
    expect(decide(observe(10, 800)).desired).toBe(10);
    expect(decide(observe(10, 100, { now: 60 * SECOND })).desired).toBe(10);
    expect(decide(observe(10, 100, { now: 400 * SECOND })).desired).toBeLessThan(10);
  });

  it('jumps to a scheduled floor at once, past policies, and never above maxReplicas', () => {
    expect(create(50)(observe(4, 100, { floor: 40 })).desired).toBe(40);
    expect(create(30)(observe(4, 100, { floor: 40 })).desired).toBe(30);
  });

  it('dates each metric: the samples of an adapter by when they were taken', () => {
    const object = {
      minReplicas: 2,
      maxReplicas: 50,
      metrics: [
        {
          type: 'Resource',
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
        { type: 'External', name: 'queue', target: { type: 'Value', value: 1000 } },
        { type: 'External', name: 'lag', target: { type: 'Value', value: 1000 } },
      ],
    } as const;
    const reading = { kind: 'values', values: [900] } as const;
    const sampled = { oldest: 3 * SECOND, newest: 4 * SECOND };
    const custom = [null, { reading, sampled }, { reading, sampled: null }];
    const observation = { ...observe(4, 800, { now: 9 * SECOND }), custom };
    const { grounds } = remembering(hpa(object, DEFAULT_HPA_CONTROLLER))(observation);
    expect(grounds?.metrics.map((metric) => metric.sampled)).toEqual([
      { oldest: 9 * SECOND, newest: 9 * SECOND },
      sampled,
      null,
    ]);
    expect(grounds?.metrics.map(({ metric }) => metric)).toEqual(['cpu', 'queue', 'lag']);
    expect(grounds?.proposal).toBe(4);
    const alone = remembering(hpa(object, DEFAULT_HPA_CONTROLLER));
    const failed = { ...observation, custom: [null, { reading, sampled }, null] };
    // The CPU's samples are no answer for an External metric: it fails, and so does a scale-down.
    expect(alone(failed).desired).toBe(4);
  });
});
