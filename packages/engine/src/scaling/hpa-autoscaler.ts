/**
 * The HPA as an autoscaler of the simulation: readings in, replicas out. A pre-scale schedule
 * raises minReplicas while it holds, as a CronHPA does, up to maxReplicas.
 */
import type { Grounds } from '../ledger/decision-runs.ts';
import type { Autoscaler, ScalingObservation } from './autoscaler.ts';
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
    decide: ({ now, wanted, existing, floor, pods, cpu, custom }, memory) => {
      const minReplicas = Math.max(spec.minReplicas, Math.min(floor, spec.maxReplicas));
      const readings: HpaReading[] = spec.metrics.map(
        (_, i) => custom[i]?.reading ?? { kind: 'samples', samples: cpu },
      );
      const decision = decide(
        minReplicas === spec.minReplicas ? spec : { ...spec, minReplicas },
        controller,
        { now, specReplicas: wanted, statusReplicas: existing, pods, readings },
        memory,
      );
      const { desired, reason } = decision;
      const grounds = withTimes(groundsOf(decision), custom);
      return { desired, reason, grounds, memory: decision.memory };
    },
  };
}

/** An answer of an adapter has no time of its own; its samples have. */
function withTimes(grounds: Grounds, custom: ScalingObservation['custom']): Grounds {
  if (custom.length === 0) return grounds;
  const metrics = grounds.metrics.map((metric, i) => {
    const sampled = custom[i]?.sampled;
    return sampled === undefined ? metric : { ...metric, sampled };
  });
  return { ...grounds, metrics };
}
