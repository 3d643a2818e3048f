/**
 * What holds for every autoscaler of the registry: the result is within the bounds, the same
 * observation and memory give the same decision, the order of the pods means nothing, and a
 * constant load comes to rest. Each is driven through one small border: load in, replicas out.
 */
import { describe, expect, test } from 'vitest';
import type { ScalingObservation } from '../../packages/engine/src/scaling/autoscaler.ts';
import { fixed } from '../../packages/engine/src/scaling/fixed.ts';
import { hpa } from '../../packages/engine/src/scaling/hpa-autoscaler.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../packages/engine/src/scaling/hpa-controller.ts';
import {
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../../packages/engine/src/scaling/hpa-observation.ts';
import { AUTOSCALERS, type AutoscalerName } from '../../packages/engine/src/scaling/index.ts';
import { decideKeda, kedaHpa, kedaMemory } from '../../packages/engine/src/scaling/keda.ts';
import { decideKpa } from '../../packages/engine/src/scaling/kpa.ts';
import { type KpaMemory, kpaMemory } from '../../packages/engine/src/scaling/kpa-memory.ts';
import { type KpaRevision, scaleOf } from '../../packages/engine/src/scaling/kpa-serving.ts';
import { KPA_DEFAULTS, kpaSpec } from '../../packages/engine/src/scaling/kpa-spec.ts';
import { forecastReplicas } from '../../packages/engine/src/scaling/predictive.ts';
import fc from '../fixtures/fast-check.ts';

const SECOND = 1e6;
const MIN = 2;
const MAX = 40;

/** A service as every autoscaler can see it. */
interface Scene {
  readonly now: number;
  readonly replicas: number;
  /** What one pod carries at its target is 100. */
  readonly load: number;
  /** Shares of the load, one per pod, in some order. */
  readonly shares: readonly number[];
}

interface Driver<Memory> {
  readonly start: Memory;
  readonly min: number;
  readonly max: number;
  readonly decide: (scene: Scene, memory: Memory) => { desired: number; memory: Memory };
}

function observation({ now, replicas, load, shares }: Scene, floor = 0): ScalingObservation {
  const pods = hpaPods(replicas);
  const cpu = hpaSamples(replicas);
  pods.count = replicas;
  pods.phase.fill(PHASE.running);
  pods.ready.fill(READY.true);
  pods.startTime.fill(-3600 * SECOND);
  pods.readySince.fill(-3600 * SECOND);
  cpu.value.set(shares.map((share) => Math.round(load * share)));
  cpu.time.fill(now);
  cpu.window.fill(15 * SECOND);
  cpu.resourceRequest.fill(125);
  return { now, wanted: replicas, existing: replicas, floor, pods, cpu, custom: [null] };
}

const HPA = hpa({ minReplicas: MIN, maxReplicas: MAX }, DEFAULT_HPA_CONTROLLER);

const SECTION = {
  cooldownPeriod: 300 * SECOND,
  initialCooldownPeriod: 0,
  minReplicas: MIN,
  maxReplicas: MAX,
};
const RATE = {
  kind: 'request-rate',
  threshold: 100,
  activationThreshold: 0,
  useCachedMetrics: false,
  window: 120 * SECOND,
  resolution: 15 * SECOND,
} as const;
const KEDA_HPA = hpa(kedaHpa(SECTION, [RATE]), DEFAULT_HPA_CONTROLLER);

const KPA_SETTINGS = { ...KPA_DEFAULTS, minScale: MIN, maxScale: MAX };
const KPA = kpaSpec({ ...KPA_SETTINGS, target: 100, targetUtilization: 1 });
const REVISION: KpaRevision = {
  state: 'active',
  since: 0,
  initialized: true,
  proxySince: null,
  activatorAnswers: false,
};

/** Every name of the registry must have one: a new autoscaler does not compile without. */
const DRIVERS: { readonly [Name in AutoscalerName]: Driver<unknown> } = {
  hpa: driver({
    start: HPA.initial,
    decide: (scene, memory) => HPA.decide(observation(scene), memory),
  }),
  fixed: driver({
    start: fixed().initial as number | null,
    min: 0,
    decide: (scene, memory) => fixed().decide(observation(scene), memory),
  }),
  keda: driver({
    start: { hpa: KEDA_HPA.initial, keda: kedaMemory(0) },
    decide: (scene, memory) => {
      const { now, replicas, load } = scene;
      const isActive = load > 0;
      const poll = decideKeda(SECTION, { now, replicas, isActive, isError: false }, memory.keda);
      const values = [Math.round(load * 1000)];
      const custom = [{ reading: { kind: 'values', values } as const, sampled: null }];
      const seen = { ...observation({ ...scene, replicas: poll.desired }), custom };
      const { desired, memory: after } = KEDA_HPA.decide(seen, memory.hpa);
      return { desired, memory: { hpa: after, keda: poll.memory } };
    },
  }),
  predictive: driver({
    start: HPA.initial,
    decide: (scene, memory) => {
      const spec = {
        lead: 60 * SECOND,
        resolution: 60 * SECOND,
        error: 0,
        errorPer: 'run',
      } as const;
      const planned = () => scene.load;
      const floor = Math.min(
        MAX,
        forecastReplicas(spec, planned, 100, scene.now, () => 0),
      );
      return HPA.decide(observation(scene, floor), memory);
    },
  }),
  kpa: driver({
    start: kpaMemory(KPA, 0, 0) as KpaMemory,
    decide: ({ now, replicas, load }, memory) => {
      const averages = { stable: load, panic: load };
      const decision = decideKpa(KPA, { now, readyPods: replicas, averages }, memory);
      const scale = scaleOf(KPA_SETTINGS, decision.desired, REVISION, now);
      return { desired: scale.replicas ?? replicas, memory: decision.memory };
    },
  }),
};

function driver<Memory>(
  given: Pick<Driver<Memory>, 'start' | 'decide'> & Partial<Driver<Memory>>,
): Driver<unknown> {
  return { min: MIN, max: MAX, ...given } as Driver<unknown>;
}

function sceneOf(now: number, replicas: number, load: number): Scene {
  return { now, replicas, load, shares: new Array<number>(replicas).fill(1 / replicas) };
}

const scenes = fc
  .record({
    now: fc.integer({ min: 1, max: 7200 }).map((second) => second * SECOND),
    replicas: fc.integer({ min: MIN, max: MAX }),
    load: fc.integer({ min: 0, max: 20_000 }),
    seed: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: MAX, maxLength: MAX }),
  })
  .map(({ now, replicas, load, seed }): Scene => {
    const own = seed.slice(0, replicas);
    const sum = own.reduce((total, part) => total + part, 0);
    return { now, replicas, load, shares: own.map((part) => part / sum) };
  });

test('every autoscaler of the registry has a driver', () => {
  expect(Object.keys(DRIVERS).sort()).toEqual(Object.keys(AUTOSCALERS).sort());
});

describe.each(Object.entries(DRIVERS))('%s', (_, { start, min, max, decide }) => {
  test('decides within its bounds', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { desired } = decide(scene, start);
        expect(Number.isInteger(desired)).toBe(true);
        expect(desired).toBeGreaterThanOrEqual(min);
        expect(desired).toBeLessThanOrEqual(max);
      }),
      { numRuns: 60 },
    );
  });

  test('the same observation and memory give the same decision', () => {
    fc.assert(
      fc.property(scenes, scenes, (first, second) => {
        const { memory } = decide(first, start);
        const later = { ...second, now: first.now + second.now };
        expect(decide(later, memory)).toEqual(decide(later, memory));
      }),
      { numRuns: 40 },
    );
  });

  test('the order of the pods means nothing', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const turned = { ...scene, shares: [...scene.shares].reverse() };
        expect(decide(turned, start).desired).toBe(decide(scene, start).desired);
      }),
      { numRuns: 40 },
    );
  });

  test('comes to rest under a constant load', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: MIN, max: MAX }),
        fc.integer({ min: 0, max: 3800 }),
        (from, load) => {
          let memory = start;
          let replicas = from;
          const seen: number[] = [];
          for (let i = 1; i <= 60; i++) {
            const decision = decide(sceneOf(i * 15 * SECOND, replicas, load), memory);
            memory = decision.memory;
            replicas = decision.desired;
            seen.push(replicas);
          }
          // Five minutes of stabilization and a panic are over: the last minutes are alike.
          expect(new Set(seen.slice(-10)).size).toBe(1);
        },
      ),
      { numRuns: 30 },
    );
  });
});
