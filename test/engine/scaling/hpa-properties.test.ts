/** What holds for any HPA, any pods and any history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../packages/engine/src/scaling/hpa.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import type { HpaObjectSpec } from '../../../packages/engine/src/scaling/hpa-spec.ts';
import { validate } from '../../../packages/engine/src/scaling/hpa-validation.ts';
import { cpuAt, observe, type PodScene, pods } from './hpa-scenes.ts';

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

const objects: fc.Arbitrary<HpaObjectSpec> = fc
  .record(
    {
      minReplicas: fc.integer({ min: 1, max: 10 }),
      maxReplicas: fc.integer({ min: 10, max: 60 }),
      metrics: fc.constant([cpuAt(50), { ...cpuAt(80), name: 'memory' }]),
      behavior: fc.record({ scaleUp: rules, scaleDown: rules }, { requiredKeys: [] }),
    },
    { requiredKeys: ['maxReplicas'] },
  )
  .filter((object) => validate(object).length === 0);

const somePods: fc.Arbitrary<PodScene[]> = fc.array(
  fc.record({
    phase: fc.constantFrom('pending' as const, 'running' as const, 'failed' as const),
    deleted: fc.constantFrom(false, false, false, true),
    start: fc.option(fc.integer({ min: -600, max: 0 }), { nil: null }),
    ready: fc.constantFrom('true' as const, 'true' as const, 'false' as const, 'none' as const),
    since: fc.integer({ min: -600, max: 0 }),
    cpu: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: null }),
    request: fc.integer({ min: 1, max: 2000 }),
  }),
  { maxLength: 30 },
);

const worlds = fc.array(somePods, { minLength: 1, maxLength: 12 });

/** Runs the object over the worlds, 15 s apart, its own decision as the next spec.replicas. */
function* run(object: HpaObjectSpec, list: readonly PodScene[][], start: number) {
  const spec = withDefaults(object);
  let replicas = start;
  let memory = hpaMemory();
  for (const [i, scene] of list.entries()) {
    const shifted = scene.map((pod) => ({
      ...pod,
      start: pod.start == null ? null : pod.start + i * 15,
      since: (pod.since ?? 0) + i * 15,
    }));
    const world = { now: i * 15, spec: replicas, pods: shifted };
    const observation = observe(world, spec.metrics.length);
    const decision = decide(spec, DEFAULT_HPA_CONTROLLER, observation, memory);
    yield { spec, world, observation, memory, decision };
    ({ memory } = decision);
    replicas = decision.desired;
  }
}

const starts = fc.integer({ min: 1, max: 80 });

describe('any HPA', () => {
  it('is within its bounds after the first reconcile, and stays there', () => {
    fc.assert(
      fc.property(objects, worlds, starts, (object, list, start) => {
        for (const { spec, decision } of run(object, list, start)) {
          expect(decision.desired).toBeGreaterThanOrEqual(spec.minReplicas);
          expect(decision.desired).toBeLessThanOrEqual(spec.maxReplicas);
        }
      }),
    );
  });

  it('decides the same from the same observation and memory, and changes neither', () => {
    fc.assert(
      fc.property(objects, worlds, starts, (object, list, start) => {
        for (const { spec, observation, memory, decision } of run(object, list, start)) {
          const before = structuredClone({ observation, memory });
          expect(decide(spec, DEFAULT_HPA_CONTROLLER, observation, memory)).toEqual(decision);
          expect({ observation, memory }).toEqual(before);
        }
      }),
    );
  });

  it('does not depend on the order of the pods', () => {
    const shuffled = fc.tuple(objects, somePods, starts).chain(([object, list, start]) =>
      fc.record({
        object: fc.constant(object),
        list: fc.constant(list),
        start: fc.constant(start),
        order: fc.shuffledSubarray(
          list.map((_, i) => i),
          { minLength: list.length },
        ),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ object, list, start, order }) => {
        const spec = withDefaults(object);
        const other = order.map((i) => list[i] as PodScene);
        const [one, two] = [list, other].map((scene) => {
          const observation = observe({ spec: start, pods: scene }, spec.metrics.length);
          return decide(spec, DEFAULT_HPA_CONTROLLER, observation, hpaMemory());
        });
        expect(two).toEqual(one);
      }),
    );
  });

  it('says the same in desired, rescaled and its conditions', () => {
    fc.assert(
      fc.property(objects, worlds, starts, (object, list, start) => {
        for (const { world, decision } of run(object, list, start)) {
          expect(decision.rescaled).toBe(decision.desired !== world.spec);
          const { reason } = decision.conditions.ableToScale ?? {};
          expect(reason === 'SucceededRescale').toBe(decision.rescaled);
        }
      }),
    );
  });

  it('comes to rest under a constant load', () => {
    const loads = fc.integer({ min: 100, max: 20_000 });
    fc.assert(
      fc.property(loads, starts, fc.constantFrom({}, { behavior: {} }), (load, start, behavior) => {
        const spec = withDefaults({ maxReplicas: 100, metrics: [cpuAt(50)], ...behavior });
        let memory = hpaMemory();
        let replicas = start;
        const seen: number[] = [];
        // A minute per reconcile: new pods are ready and measured by then.
        for (let now = 0; now < 1800; now += 60) {
          const scene = { now, pods: pods(replicas, { cpu: Math.ceil(load / replicas) }) };
          const decision = decide(spec, DEFAULT_HPA_CONTROLLER, observe(scene), memory);
          ({ memory, desired: replicas } = decision);
          seen.push(replicas);
        }
        const last = seen.slice(-10);
        expect(new Set(last).size).toBe(1);
        // At rest the load per pod is within the tolerance of the target, or a bound binds. One
        // percent is cut off a utilization; a whole pod is the grain of a small count.
        const utilization = Math.trunc(Math.ceil(load / replicas) / 10);
        if (replicas > 1 && replicas < 100) expect(utilization).toBeLessThanOrEqual(55);
        if (replicas > 1) expect(Math.trunc(load / (replicas - 1) / 10)).toBeGreaterThanOrEqual(45);
      }),
    );
  });
});
