/**
 * Autoscalers with clocks of their own beside the HPA's queue: what each deployment needs for its
 * strategy's, and the first turns of their loops.
 */
import type { ClusterModel, Model, ServiceModel } from '../model.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import type { HpaObjectSpec } from '../scaling/hpa-spec.ts';
import { kedaHpa } from '../scaling/keda.ts';
import { triggersOf } from '../scaling/keda-triggers/index.ts';
import { startCpuSamples } from './cpu-samples.ts';
import type { Measured } from './custom-measures.ts';
import { type Adapter, createAdapters } from './custom-metrics.ts';
import { createForecast, startForecast } from './forecast-loop.ts';
import { createKeda, restingKeda, startKeda } from './keda-loop.ts';
import { restingKpa, startKpa } from './kpa-loop.ts';
import { carryTotals, createKpa } from './kpa-state.ts';
import type { Deployment, World } from './world.ts';

type Phase = (loop: string, period: number) => number;

/** The HPA that decides on a service's pods: its own, or the one that KEDA makes. */
export function hpaObjectOf({ strategy }: ClusterModel, { service }: ServiceModel): HpaObjectSpec {
  const { keda } = strategy;
  if (keda === undefined) return service.hpa ?? DEFAULT_HPA;
  return kedaHpa(keda, triggersOf(keda.triggers, service.name), service.hpa?.behavior);
}

/** What autoscalers read; every deployment gets what its own needs. */
export function equipScalers(
  models: { readonly model: Model; readonly cluster: ClusterModel },
  deployments: readonly Deployment[],
  phase: Phase,
): { readonly adapters: readonly Adapter[]; readonly measured: readonly Measured[] } {
  const { model, cluster } = models;
  const { adapters, measured } = createAdapters(models, deployments, phase);
  const all = [...adapters];
  for (const deployment of deployments) {
    if (deployment.isPause) continue;
    switch (cluster.strategy.autoscaler) {
      case 'kpa':
        deployment.kpa = createKpa(model, cluster, deployment.model);
        break;
      case 'keda':
        deployment.keda = createKeda(models, deployment, measured, phase);
        all.push(...deployment.keda.adapters);
        break;
      case 'predictive':
        deployment.forecast = createForecast(model, cluster, deployment.model);
        break;
    }
  }
  return { adapters: all, measured };
}

/** Pods at time 0, where the autoscaler is neither an HPA nor fixed; null = it is. */
export function restingScale(deployment: Deployment): number | null {
  const { kpa, keda } = deployment;
  if (kpa !== null) return restingKpa(deployment, kpa);
  return keda === null ? null : restingKeda(deployment, keda);
}

/** The first turns of the loops, once the standing pods are there. */
export function startScalers(world: World, phase: Phase): void {
  startCpuSamples(world);
  for (const deployment of world.deployments) {
    const { kpa, keda, forecast } = deployment;
    if (kpa !== null) startKpa(world, deployment, kpa, phase);
    if (keda !== null) startKeda(world, deployment, keda);
    if (forecast !== null) startForecast(world, deployment, forecast);
  }
}

/** The requests' statistics are about to begin anew. */
export function carryScalers({ deployments }: World): void {
  for (const { kpa, model } of deployments) if (kpa !== null) carryTotals(kpa, model);
}
