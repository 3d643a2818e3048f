/**
 * What a trap looks at: one service as one HPA scales it. The numbers that several traps need are
 * derived here, from the model that is also simulated.
 */
import { compile, highestRate } from '../compile.ts';
import type { ServiceModel } from '../model.ts';
import type { DecisionRow } from '../outcome.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import type { HpaController } from '../scaling/hpa-controller.ts';
import { cpuTargetOf } from '../scaling/hpa-cpu-target.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import type { HpaObjectSpec, HpaSpec } from '../scaling/hpa-spec.ts';
import type { KubernetesStrategy, Scenario } from '../scenario/scenario.ts';

export interface TrapSubject {
  readonly service: string;
  readonly model: ServiceModel;
  /** As written, and with the API's defaults. */
  readonly object: HpaObjectSpec;
  readonly spec: HpaSpec;
  readonly controller: HpaController;
  readonly strategy: KubernetesStrategy;
  /** µs */
  readonly duration: number;
  /** Highest arrival rate of the service, requests/s. */
  readonly peak: number;
  /** What the scenario's custom metrics measure, by name. */
  readonly custom: NonNullable<Scenario['metrics']['custom']>;
  /** What somebody saw, a share of the request; undefined = nobody told. */
  readonly observed?: number;
}

/** A subject and what its autoscaler did. */
export interface RunSubject extends TrapSubject {
  /** Of this service, in order. */
  readonly decisions: readonly DecisionRow[];
}

export function subjectsOf(
  scenario: Scenario,
  strategy: KubernetesStrategy,
  observed?: number,
): readonly TrapSubject[] {
  if (strategy.autoscaler !== 'hpa') return [];
  const { duration } = scenario.clock;
  const { services } = compile(scenario, strategy.name, 0);
  const scaled = services.filter(({ service }) => service.fixed === undefined);
  return scaled.map((model) => {
    const object = model.service.hpa ?? DEFAULT_HPA;
    return {
      service: model.service.name,
      model,
      object,
      spec: withDefaults(object),
      controller: scenario.hpaController,
      strategy,
      duration,
      peak: highestRate(model.curves, duration),
      custom: scenario.metrics.custom ?? {},
      ...(observed === undefined ? {} : { observed }),
    };
  });
}

/** The CPU utilization target, 1 = all of the request; null = the HPA has none. */
export function targetOf({ spec }: TrapSubject): number | null {
  return cpuTargetOf(spec).utilization;
}

/** What limits the CPU that a pod can show. */
export interface Ceiling {
  /** Share of the request, as the HPA sees it. */
  readonly share: number;
  /** Millicores. */
  readonly cpu: number;
  readonly request: number;
  readonly by: 'limit' | 'slots';
}

/** null = no request, so there is no share. */
export function ceilingOf({ model }: TrapSubject): Ceiling | null {
  const { cpuRequest, cpuLimit } = model.service.workload;
  if (cpuRequest === null) return null;
  // While a request waits for its calls it holds a slot and uses no CPU.
  const busy = model.law.mean / model.holdTime;
  const slots = model.slots * busy * model.coresPerSlot * 1000;
  const limit = cpuLimit ?? Number.POSITIVE_INFINITY;
  // 1e-9: slots that are derived from the limit use all of it but for rounding.
  const by = limit <= slots * (1 + 1e-9) ? 'limit' : 'slots';
  const cpu = by === 'limit' ? limit : slots;
  return { share: cpu / cpuRequest, cpu, request: cpuRequest, by };
}
