/** What holds for any HPA, any pods and any history. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../../packages/engine/src/scaling/hpa.ts';
import {
  DEFAULT_HPA_CONTROLLER,
  type HpaController,
} from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import type {
  HpaObservation,
  HpaReading,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';
import type {
  HpaMetricSpec,
  HpaObjectSpec,
  HpaScalingRules,
  HpaSpec,
} from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { validate } from '../../../packages/engine/src/scaling/hpa-validation.ts';
import fc from '../../fixtures/fast-check.ts';
import { cpuAt, observe, type PodScene, pods, seconds, values } from './hpa-scenes.ts';

const rules = fc.record(
  {
    stabilizationWindowSeconds: fc.integer({ min: 0, max: 600 }),
    selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
    policies: fc.array(
      fc.record({
        type: fc.constantFrom('Pods' as const, 'Percent' as const),
        value: fc.integer({ min: 1, max: 200 }),
        periodSeconds: fc.integer({ min: 1, max: 120 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    tolerance: fc.double({ min: 0, max: 0.5, noNaN: true }),
  },
  { requiredKeys: [] },
);

const METRICS: readonly HpaMetricSpec[] = [
  cpuAt(50),
  { ...cpuAt(80), name: 'memory' },
  { type: 'Resource', name: 'cpu', target: { type: 'AverageValue', averageValue: 400 } },
  { type: 'Pods', name: 'rate', target: { type: 'AverageValue', averageValue: 900 } },
  { type: 'External', name: 'queue', target: { type: 'AverageValue', averageValue: 700 } },
  { type: 'Object', name: 'depth', target: { type: 'Value', value: 5000 } },
];

const objects: fc.Arbitrary<HpaObjectSpec> = fc
  .record(
    {
      minReplicas: fc.integer({ min: 1, max: 10 }),
      maxReplicas: fc.integer({ min: 10, max: 60 }),
      metrics: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 3 }),
      behavior: fc.record({ scaleUp: rules, scaleDown: rules }, { requiredKeys: [] }),
    },
    { requiredKeys: ['maxReplicas'] },
  )
  .filter((object) => validate(object).length === 0);

const somePods: fc.Arbitrary<PodScene[]> = fc.array(
  fc.record({
    phase: fc.constantFrom('pending', 'running', 'running', 'failed', 'succeeded'),
    deleted: fc.constantFrom(false, false, false, true),
    start: fc.option(fc.integer({ min: -600, max: 0 }), { nil: null }),
    ready: fc.constantFrom('true', 'true', 'false', 'unknown', 'none'),
    since: fc.integer({ min: -600, max: 0 }),
    cpu: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: null }),
    request: fc.integer({ min: 1, max: 2000 }),
  }),
  { maxLength: 30 },
);

interface World {
  readonly pods: PodScene[];
  /** What Object and External metrics read; null = they fail. */
  readonly signal: number | null;
}

const worlds: fc.Arbitrary<World[]> = fc.array(
  fc.record({
    pods: somePods,
    signal: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Any release, and the flags that decide about pods and windows. */
const controllers: fc.Arbitrary<HpaController> = fc.record({
  tolerance: fc.constantFrom(0, 0.1, 0.3),
  downscaleStabilization: fc.constantFrom(0, 45, 300).map(seconds),
  cpuInitializationPeriod: fc.constantFrom(0, 300).map(seconds),
  initialReadinessDelay: fc.constantFrom(0, 30).map(seconds),
  compat: fc.constantFrom('current', '1.28'),
});

interface Reconcile {
  readonly now: number;
  readonly replicas: number;
  readonly world: World;
}

function observed({ metrics }: HpaSpec, { now, replicas, world }: Reconcile): HpaObservation {
  const seen = observe({ now, spec: replicas, pods: world.pods }, metrics.length);
  const { signal } = world;
  const read = signal === null ? ({ kind: 'failed' } as const) : values(signal);
  const readings = metrics.map(({ type }, i) =>
    type === 'Object' || type === 'External' ? read : (seen.readings[i] as HpaReading),
  );
  return { ...seen, readings };
}

/** Runs the object over the worlds, 15 s apart, its own decision as the next spec.replicas. */
function* run(
  object: HpaObjectSpec,
  controller: HpaController,
  list: readonly World[],
  start: number,
) {
  const spec = withDefaults(object);
  let replicas = start;
  let memory = hpaMemory();
  for (const [i, { pods: scene, signal }] of list.entries()) {
    const shifted = scene.map((pod) => ({
      ...pod,
      start: pod.start == null ? null : pod.start + i * 15,
      since: (pod.since ?? 0) + i * 15,
    }));
    const reconcile = { now: i * 15, replicas, world: { pods: shifted, signal } };
    const observation = observed(spec, reconcile);
    const decision = decide(spec, controller, observation, memory);
    yield { spec, reconcile, observation, memory, decision };
    ({ memory } = decision);
    replicas = decision.desired;
  }
}

const starts = fc.integer({ min: 1, max: 80 });

describe('any HPA', () => {
  it('is within its bounds after the first reconcile, and stays there', () => {
    fc.assert(
      fc.property(objects, controllers, worlds, starts, (object, controller, list, start) => {
        for (const { spec, decision } of run(object, controller, list, start)) {
          expect(decision.desired).toBeGreaterThanOrEqual(spec.minReplicas);
          expect(decision.desired).toBeLessThanOrEqual(spec.maxReplicas);
        }
      }),
    );
  });

  it('decides the same from the same observation and memory, and changes neither', () => {
    fc.assert(
      fc.property(objects, controllers, worlds, starts, (object, controller, list, start) => {
        for (const { spec, observation, memory, decision } of run(
          object,
          controller,
          list,
          start,
        )) {
          const before = structuredClone({ observation, memory });
          expect(decide(spec, controller, observation, memory)).toEqual(decision);
          expect({ observation, memory }).toEqual(before);
        }
      }),
    );
  });

  it('does not depend on the order of the pods, in any state of its memory', () => {
    const order = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(
        objects,
        controllers,
        worlds,
        starts,
        order,
        (object, controller, list, start, numbers) => {
          for (const { spec, reconcile, memory, decision } of run(
            object,
            controller,
            list,
            start,
          )) {
            const { world } = reconcile;
            const keyed = world.pods.map((pod) => ({ pod, key: numbers.next().value ?? 0 }));
            const pods = keyed.sort((a, b) => a.key - b.key).map(({ pod }) => pod);
            const observation = observed(spec, { ...reconcile, world: { ...world, pods } });
            expect(decide(spec, controller, observation, memory)).toEqual(decision);
          }
        },
      ),
    );
  });

  it('says the same in desired, rescaled and its conditions', () => {
    fc.assert(
      fc.property(objects, controllers, worlds, starts, (object, controller, list, start) => {
        for (const { reconcile, decision } of run(object, controller, list, start)) {
          expect(decision.rescaled).toBe(decision.desired !== reconcile.replicas);
          const { reason } = decision.conditions.ableToScale ?? {};
          expect(reason === 'SucceededRescale').toBe(decision.rescaled);
        }
      }),
    );
  });

  it('comes to rest under a constant load', () => {
    const loads = fc.integer({ min: 100, max: 20_000 });
    const behaviors = fc.record(
      { scaleUp: moving(rules), scaleDown: moving(rules) },
      { requiredKeys: [] },
    );
    const behavior = fc.option(behaviors, { nil: undefined });
    const compat = fc.constantFrom('current' as const, '1.28' as const);
    fc.assert(
      fc.property(loads, starts, behavior, compat, (load, start, given, release) => {
        const object = { maxReplicas: 100, metrics: [cpuAt(50)] };
        const spec = withDefaults(given === undefined ? object : { ...object, behavior: given });
        const controller = { ...DEFAULT_HPA_CONTROLLER, compat: release };
        let memory = hpaMemory();
        let replicas = start;
        let last = 0;
        // A minute per reconcile: new pods are ready and measured by then. The slowest policy moves
        // one pod in two minutes.
        for (let minute = 0; minute < 240; minute++) {
          const scene = {
            now: minute * 60,
            pods: pods(replicas, { cpu: Math.ceil(load / replicas) }),
          };
          const decision = decide(spec, controller, observe(scene), memory);
          ({ memory } = decision);
          if (decision.rescaled) last = minute;
          replicas = decision.desired;
        }
        expect(last).toBeLessThan(225);
        // At rest the load per pod is within the tolerance of the target, or a bound binds. One
        // percent is cut off a utilization; a whole pod is the grain of a small count.
        const utilization = Math.trunc(Math.ceil(load / replicas) / 10);
        if (replicas > 1 && replicas < 100) expect(utilization).toBeLessThanOrEqual(55);
        if (replicas > 1) expect(Math.trunc(load / (replicas - 1) / 10)).toBeGreaterThanOrEqual(45);
      }),
    );
  });
});

/** Rules that let the count move at all, within the tolerance of the cluster. */
function moving(any: typeof rules): fc.Arbitrary<HpaScalingRules> {
  return any.map(({ tolerance: _, selectPolicy = 'Max', ...rest }) => ({
    ...rest,
    selectPolicy: selectPolicy === 'Disabled' ? 'Max' : selectPolicy,
  }));
}
