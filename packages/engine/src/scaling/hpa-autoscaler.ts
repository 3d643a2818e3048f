/**
 * The HPA as an autoscaler of the simulation: CPU readings in, replicas out. A pre-scale schedule
 * raises minReplicas while it holds, as a CronHPA does, up to maxReplicas.
 */
import type { Autoscaler } from './autoscaler.ts';
import { decide } from './hpa.ts';
import type { HpaController } from './hpa-controller.ts';
import { withDefaults } from './hpa-defaults.ts';
import { hpaGrounds } from './hpa-grounds.ts';
import { type HpaMemory, hpaMemory } from './hpa-memory.ts';
import type { HpaReading } from './hpa-observation.ts';
import type { HpaObjectSpec } from './hpa-spec.ts';

export function hpa(object: HpaObjectSpec, controller: HpaController): Autoscaler<HpaMemory> {
  const spec = withDefaults(object);
  const groundsOf = hpaGrounds(spec, controller);
  return {
    initial: hpaMemory(),
    decide: ({ now, wanted, existing, floor, pods, cpu }, memory) => {
      const minReplicas = Math.max(spec.minReplicas, Math.min(floor, spec.maxReplicas));
      const readings: HpaReading[] = spec.metrics.map(() => ({ kind: 'samples', samples: cpu }));
      const decision = decide(
        { ...spec, minReplicas },
        controller,
        { now, specReplicas: wanted, statusReplicas: existing, pods, readings },
        memory,
      );
      const { desired, reason } = decision;
      return { desired, reason, grounds: groundsOf(decision), memory: decision.memory };
    },
  };
}
