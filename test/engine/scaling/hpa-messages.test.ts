import { describe, expect, it } from 'vitest';
import type { Message } from '../../../packages/engine/src/outcome.ts';
import { HPA_MESSAGES } from '../../../packages/engine/src/scaling/hpa-messages.ts';
import type { HpaReading } from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type {
  HpaMetricSpec,
  HpaObjectSpec,
} from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { controllerFor, cpuAt, hpa50, type PodScene, pods, starting } from './hpa-scenes.ts';

const placeholders = (text: string) =>
  new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]));

/** Reconciles at 15 s intervals from `spec.replicas` as given; the reason of the last. */
function reasonOf(
  object: Partial<HpaObjectSpec>,
  steps: readonly { spec?: number; pods: readonly PodScene[]; readings?: readonly HpaReading[] }[],
): Message {
  const reconcile = controllerFor();
  const reasons = steps.map((step, i) => reconcile(hpa50(object), { now: i * 15, ...step }).reason);
  return reasons[reasons.length - 1] as Message;
}

const failed: HpaReading = { kind: 'failed' };
const at = (cpu: number, count = 4) => ({ pods: pods(count, { cpu }) });
const window = (stabilizationWindowSeconds: number) => ({ stabilizationWindowSeconds });
const disabled = { scaleUp: { selectPolicy: 'Disabled' as const } };
const slow = [{ type: 'Pods' as const, value: 1, periodSeconds: 60 }];
const quick = { behavior: { scaleDown: window(0) } };
const value: HpaMetricSpec = {
  type: 'Resource',
  name: 'cpu',
  target: { type: 'AverageValue', averageValue: 500 },
};
const queue: HpaMetricSpec = {
  type: 'External',
  name: 'queue',
  target: { type: 'AverageValue', averageValue: 100 },
};

const CASES: Readonly<Record<string, () => Message>> = {
  'hpa.scaled-up': () => reasonOf({}, [at(1000)]),
  'hpa.scaled-up-limited': () => reasonOf({}, [at(9000)]),
  'hpa.scaled-up-stabilized': () =>
    reasonOf({ behavior: { scaleUp: window(20) } }, [at(500), at(700), at(1000)]),
  'hpa.scaled-up-remembered': () => reasonOf({}, [at(9000), at(500, 4)]),
  'hpa.scaled-to-max': () => reasonOf({ maxReplicas: 6 }, [at(1000)]),
  'hpa.scaled-down': () => reasonOf(quick, [at(250)]),
  'hpa.scaled-down-limited': () =>
    reasonOf({ behavior: { scaleDown: { ...window(0), policies: slow } } }, [at(100)]),
  'hpa.scaled-down-stabilized': () =>
    reasonOf({ behavior: { scaleDown: window(20) } }, [at(500), at(300), at(200)]),
  'hpa.scaled-to-min': () => reasonOf({ ...quick, minReplicas: 3 }, [at(100)]),
  'hpa.within-tolerance': () => reasonOf({}, [at(520)]),
  'hpa.steady': () => reasonOf({}, [{ spec: 4, pods: pods(3, { cpu: 600 }) }]),
  'hpa.unknown-pods': () => reasonOf({}, [{ pods: [{ cpu: 700 }, starting()] }]),
  'hpa.stabilized': () => reasonOf({}, [at(100)]),
  'hpa.limited-by-policy': () => reasonOf({ behavior: disabled }, [at(1000)]),
  'hpa.at-max': () => reasonOf({ maxReplicas: 4 }, [at(1000)]),
  'hpa.at-min': () => reasonOf({ ...quick, minReplicas: 4 }, [at(100)]),
  'hpa.scaled-up-value': () => reasonOf({ metrics: [value] }, [at(1000)]),
  'hpa.above-max': () => reasonOf({ maxReplicas: 3 }, [at(1)]),
  'hpa.below-min': () => reasonOf({ minReplicas: 5 }, [at(1)]),
  'hpa.disabled': () => reasonOf({}, [{ spec: 0, pods: [] }]),
  'hpa.blocked': () =>
    reasonOf({ metrics: [cpuAt(50), queue] }, [
      { pods: pods(4, {}), readings: [failed, { kind: 'values', values: [100] }] },
    ]),
  'hpa.no-metrics': () => reasonOf({}, [{ pods: pods(4, {}), readings: [failed] }]),
  'hpa.no-pods': () => reasonOf({}, [{ spec: 4, pods: [] }]),
  'hpa.no-ready-pods': () => reasonOf({}, [{ pods: pods(2, starting()) }]),
  'hpa.no-resource-request': () => reasonOf({}, [{ pods: [{ cpu: 1, request: Number.NaN }] }]),
  'hpa.invalid-target': () =>
    reasonOf({ metrics: [{ ...value, target: { type: 'Value', value: 1 } }] }, [at(1)]),
};

describe('reasons', () => {
  it.each(Object.entries(CASES))('%s', (key, reason) => {
    const message = reason();
    expect(message.key).toBe(key);
    for (const texts of Object.values(HPA_MESSAGES)) {
      const names = placeholders(texts[key] ?? '');
      expect(texts).toHaveProperty([key]);
      for (const name of names) expect(message.params).toHaveProperty(name as string);
    }
  });

  it('covers every sentence; those for values are the same cases', () => {
    const sentences = Object.keys(HPA_MESSAGES.en).map((key) => key.replace(/-value$/, ''));
    const covered = Object.keys(CASES).map((key) => key.replace(/-value$/, ''));
    expect(new Set(covered)).toEqual(new Set(sentences));
  });

  it('has the same keys and placeholders in both languages', () => {
    const shape = (texts: Readonly<Record<string, string>>) =>
      Object.entries(texts).map(([key, text]) => [key, [...placeholders(text)].sort()]);
    expect(shape(HPA_MESSAGES['zh-CN'])).toEqual(shape(HPA_MESSAGES.en));
  });

  it.each([
    ['en', /^[A-Z{].*[^ ]\.$/],
    ['zh-CN', /^[^ ].*[^ ]。$/],
  ] as const)('is made of whole sentences: %s', (locale, sentence) => {
    for (const text of Object.values(HPA_MESSAGES[locale])) {
      expect(text).toMatch(sentence);
      expect(text).not.toMatch(/ {2}/);
    }
  });

  it('puts the reading of the metric before what it asks for', () => {
    const steady = (locale: 'en' | 'zh-CN', suffix = '') =>
      HPA_MESSAGES[locale][`hpa.steady${suffix}`];
    expect(steady('en')).toBe(
      '{metric} at {utilization|percent} of its request (target {target|percent}, {ready|count} ready {ready|plural:pod,pods}) asks for {proposal|count} replicas, as there are.',
    );
    expect(steady('en', '-value')).toBe(
      '{metric} at {value} (target {target}) asks for {proposal|count} replicas, as there are.',
    );
    expect(steady('zh-CN')).toBe(
      '{metric} 为请求量的 {utilization|percent}（目标 {target|percent}，{ready|count} 个就绪 Pod），需要 {proposal|count} 个副本，与现有数量相同。',
    );
    expect(steady('zh-CN', '-value')).toBe(
      '{metric} 为 {value}（目标 {target}），需要 {proposal|count} 个副本，与现有数量相同。',
    );
  });

  it('gives shares and durations in the units of the catalogue', () => {
    expect(reasonOf({}, [at(1000)]).params).toEqual({
      metric: 'cpu',
      utilization: 1,
      target: 0.5,
      ready: 4,
      unready: 0,
      missing: 0,
      proposal: 8,
      stabilized: 8,
      from: 4,
      to: 8,
    });
    expect(reasonOf({ metrics: [value] }, [at(1000)])).toEqual({
      key: 'hpa.scaled-up-value',
      params: {
        metric: 'cpu',
        value: '1',
        target: '0.5',
        ready: 4,
        unready: 0,
        missing: 0,
        proposal: 8,
        stabilized: 8,
        from: 4,
        to: 8,
      },
    });
  });

  it('names the window that holds, and the target of the metric that decides', () => {
    expect(CASES['hpa.scaled-up-stabilized']?.().params.window).toBe(20e6);
    expect(CASES['hpa.scaled-down-stabilized']?.().params.window).toBe(20e6);
    expect(CASES['hpa.scaled-up']?.().params).not.toHaveProperty('window');
    const memory = { ...cpuAt(70), name: 'memory' };
    const depth: HpaMetricSpec = {
      type: 'Object',
      name: 'queue',
      target: { type: 'Value', value: 300 },
    };
    const metrics = [memory, cpuAt(50), depth, queue];
    const of = (one: number, two: number) =>
      reasonOf({ metrics }, [
        {
          pods: pods(4, {}),
          readings: [
            failed,
            failed,
            { kind: 'values', values: [one] },
            { kind: 'values', values: [two] },
          ],
        },
      ]).params;
    expect(of(900, 400)).toMatchObject({ metric: 'queue', value: '0.9', target: '0.3' });
    expect(of(300, 1200)).toMatchObject({ metric: 'queue', value: '0.3', target: '0.1' });
    expect(reasonOf({ metrics: [memory, cpuAt(50)] }, [at(1000)]).params).toMatchObject({
      metric: 'cpu',
      target: 0.5,
    });
    expect(reasonOf({ metrics: [cpuAt(50), cpuAt(20)] }, [at(1000)]).params.target).toBe(0.2);
  });

  it('says so too of a scale-down that no policy allows', () => {
    const scaleDown = { ...window(0), selectPolicy: 'Disabled' as const };
    expect(reasonOf({ behavior: { scaleDown } }, [at(100)]).key).toBe('hpa.limited-by-policy');
  });

  it('a limit of an older proposal is no cause of what is asked for now', () => {
    // 180 were proposed; now 4 are enough, and the limit of a scale-up to 180 says nothing.
    const grown = reasonOf({}, [at(9000), { spec: 8, ...at(300, 8) }]);
    expect(grown.key).toBe('hpa.scaled-up-remembered');
    const kept = reasonOf({ maxReplicas: 4 }, [at(9000), at(500)]);
    expect(kept.key).toBe('hpa.within-tolerance');
  });
});
