/**
 * Predictive scaling at work: once per period the forecast of `lead` ahead becomes the least number
 * of pods, at once where there are fewer; the HPA does the rest at its syncs.
 */
import { nextNormal, type StreamState } from '../kernel/random.ts';
import { recordSync } from '../ledger/decision-runs.ts';
import type { ClusterModel, Model, ServiceModel } from '../model.ts';
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { forecastReplicas } from '../scaling/predictive.ts';
import type { PredictiveSection } from '../scenario/schema.ts';
import { highestBetween } from '../traffic/rate.ts';
import { scaleTo } from './replica-set.ts';
import type { Deployment, World } from './world.ts';

export interface ForecastState {
  readonly section: PredictiveSection;
  /** Requests/s. */
  readonly perPod: number;
  readonly max: number;
  readonly errors: StreamState;
  /** Standard normal; of the run, or of the period. */
  error: number;
  /** In force now. */
  replicas: number;
}

export function createForecast(
  model: Model,
  { strategy }: ClusterModel,
  service: ServiceModel,
): ForecastState {
  const section = strategy.predictive as PredictiveSection;
  const { name, hpa } = service.service;
  const errors = model.stream(`forecast/${name}`);
  const forecast = {
    section,
    perPod: section.perPod ?? (section.utilization * service.slots) / (service.holdTime * 1e-6),
    max: (hpa ?? DEFAULT_HPA).maxReplicas,
    errors,
    error: nextNormal(errors),
    replicas: 0,
  };
  forecast.replicas = lookAhead(forecast, service, 0);
  return forecast;
}

function lookAhead(forecast: ForecastState, { curves, ...model }: ServiceModel, now: number) {
  const { section, perPod, max, error } = forecast;
  const planned = (from: number, to: number) => highestBetween(model.forecast ?? curves, from, to);
  return Math.min(
    max,
    forecastReplicas(section, planned, perPod, now, () => error),
  );
}

export function startForecast(world: World, deployment: Deployment, forecast: ForecastState): void {
  const { resolution, errorPer, lead } = forecast.section;
  const turn = (now: number): void => {
    if (errorPer === 'period') forecast.error = nextNormal(forecast.errors);
    forecast.replicas = lookAhead(forecast, deployment.model, now);
    const { desired: from } = deployment;
    const to = Math.max(from, forecast.replicas);
    const service = deployment.model.service.name;
    const reason = { key: 'predictive.forecast', params: { from, to, ahead: now + lead } };
    const sync = { at: now, service, from, to, reason, grounds: null };
    recordSync(world.ledger.decisions, deployment.runs, sync);
    if (to !== from) scaleTo(world, deployment, to, now);
    world.calendar.schedule(now + resolution, { kind: 'scaler', turn });
  };
  world.calendar.schedule(resolution, { kind: 'scaler', turn });
}
