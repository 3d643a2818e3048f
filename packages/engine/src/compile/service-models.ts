/**
 * The services of a strategy made runnable: how many slots a pod or VM has, which mechanism serves
 * the requests, and which services run on together between two control events.
 */
import type { InstanceType } from '../finance/price-book.ts';
import { createPlane, type PlaneSpec } from '../flow/columns.ts';
import type { DataPlane, Flow } from '../flow/data-plane.ts';
import { generalPlane, groupFlow } from '../flow/general-plane.ts';
import { joinClients } from '../flow/links.ts';
import { choosePlane, type PathOptions, whyGeneral } from '../flow/plane-choice.ts';
import type { Model, ServiceModel } from '../model.ts';
import { holdTime } from '../scenario/hold-time.ts';
import { plannedCurve } from '../scenario/planned-load.ts';
import type {
  Load,
  Scenario,
  Service,
  Strategy,
  VmGroupStrategy,
  VmPeakStrategy,
} from '../scenario/scenario.ts';
import { createLaw } from '../service/index.ts';
import type { Law } from '../service/law.ts';
import { type RateCurve, scaleCurve } from '../traffic/rate.ts';
import { closedClients } from './closed-clients.ts';
import { forecastLoads } from './forecast.ts';
import { knativeOf, withQueueProxy } from './knative.ts';
import {
  callTimeouts,
  hasUsers,
  linkServices,
  serviceGroups,
  withCalls,
} from './linked-services.ts';
import { planeSpec } from './service-plane.ts';
import { addedLatency, sidecarOf, withLatency, withSidecar } from './sidecar.ts';

/** Where CPU is shared and nothing else is said: Apache Tomcat 10, maxThreads. */
const SHARING_CONCURRENCY = 200;

export interface ServiceContext {
  readonly scenario: Scenario;
  readonly strategy: Strategy;
  readonly instance: InstanceType;
  readonly stream: Model['stream'];
  readonly paths: PathOptions;
}

interface Part {
  readonly service: Service;
  readonly law: Law;
  readonly loads: readonly Load[];
  readonly slots: number;
  readonly holdTime: number;
  readonly spec: PlaneSpec;
}

export function serviceModels(context: ServiceContext): {
  readonly services: readonly ServiceModel[];
  readonly flows: readonly Flow[];
} {
  const { scenario } = context;
  const own = new Map(
    scenario.services.map((service) => [service.name, ownCurves(context, service)]),
  );
  const planned = withCalls(scenario, own);
  const forecast = forecastCurves(context);
  const models = new Map<string, ServiceModel>();
  const flows: Flow[] = [];
  for (const group of serviceGroups(scenario)) {
    const parts = group.map((service) => partOf(context, service, own.get(service.name) ?? []));
    const isAlone = parts.length === 1 && !hasUsers(scenario, group[0]);
    const made = isAlone ? alone(context, parts[0]) : linked(context, parts);
    flows.push(made.flow);
    for (const model of made.models) {
      const { name, fixed } = model.service;
      const seen = forecast?.get(name);
      const curves = planned.get(name) ?? [];
      models.set(name, { ...model, curves, ...(seen === undefined ? {} : { forecast: seen }) });
      for (let pod = 0; pod < (fixed?.replicas ?? 0); pod++) model.plane.admit(pod);
    }
  }
  const services = scenario.services.flatMap(({ name }) => models.get(name) ?? []);
  return { services, flows };
}

/** Open ones first. */
function ownLoads({ scenario }: ServiceContext, { name }: Service): readonly Load[] {
  const own = scenario.load.filter((load) => (load.route[name] ?? 0) > 0);
  const isOpen = ({ closed }: Load) => closed === undefined;
  return [...own.filter(isOpen), ...own.filter((load) => !isOpen(load))];
}

/** The planned rates as a forecast knows them; null = the strategy does not forecast. */
function forecastCurves(context: ServiceContext) {
  const { scenario, strategy, stream } = context;
  const load = forecastLoads(scenario.load, strategy, stream);
  if (load === null) return null;
  const known = { ...scenario, load };
  const inKnown = { ...context, scenario: known };
  return withCalls(
    known,
    new Map(known.services.map((service) => [service.name, ownCurves(inKnown, service)])),
  );
}

function ownCurves(context: ServiceContext, service: Service): readonly RateCurve[] {
  const { duration } = context.scenario.clock;
  return ownLoads(context, service).map((load) =>
    scaleCurve(plannedCurve(load, context.scenario.services, duration), load.route[service.name]),
  );
}

function partOf(context: ServiceContext, service: Service, curves: readonly RateCurve[]): Part {
  const { scenario, strategy, instance, stream } = context;
  const sidecar = sidecarOf(service, strategy);
  const law = withLatency(createLaw(service.time), addedLatency(sidecar));
  const loads = ownLoads(context, service);
  const cpu = cpuOfUnit(service, strategy, instance);
  const servers = ((cpu / 1000) * law.mean) / service.cpuPerRequest;
  const kpa = knativeOf(service, strategy);
  const held = kpa?.containerConcurrency || Number.POSITIVE_INFINITY;
  const concurrency = Math.min(held, concurrencyOf(service, cpu, servers));
  const timeouts = callTimeouts(scenario, service);
  const spec = planeSpec({
    scenario,
    service,
    law,
    loads,
    curves,
    concurrency,
    cores: cpu / 1000,
    servers,
    hasQuota: service.throttling === 'cfs' && !runsOnVm(service, strategy),
    ...(timeouts === undefined ? {} : { callTimeouts: timeouts }),
    variableSpeed: isSlowed(service, strategy),
    ...(kpa === undefined
      ? {}
      : { hold: { limit: kpa.activatorQueue, inPath: false, perPod: held } }),
    stream,
  });
  const own = carried(context, service, { law, concurrency, servers });
  const proxied = kpa === undefined ? service : withQueueProxy(service);
  return { service: withSidecar(proxied, sidecar), law, loads, spec, ...own };
}

/** Starts slow what its pods serve. */
function isSlowed({ fixed }: Service, strategy: Strategy): boolean {
  if (fixed !== undefined || strategy.kind !== 'kubernetes') return false;
  return strategy.startup.slowsRequests === true;
}

/** What a pod carries, slots ÷ hold time: by its CPU where that is shared, or its concurrency. */
function carried(
  { scenario, strategy }: ServiceContext,
  service: Service,
  { law, concurrency, servers }: { law: Law; concurrency: number; servers: number },
): { slots: number; holdTime: number } {
  const hold = holdTime(scenario.services, service) + addedLatency(sidecarOf(service, strategy));
  const byCpu = service.sharing === 'processor' && servers / law.mean < concurrency / hold;
  return byCpu ? { slots: servers, holdTime: law.mean } : { slots: concurrency, holdTime: hold };
}

interface Made {
  readonly models: readonly ServiceModel[];
  readonly flow: Flow;
}

function alone(context: ServiceContext, part: Part): Made {
  const { plane, kernel, reason } = choosePlane(part.spec, context.paths);
  const flow = { service: part.service.name, path: plane.path, kernel, reason };
  return { models: [{ ...headOf(part, plane), flow }], flow: plane };
}

function linked(context: ServiceContext, parts: readonly Part[]): Made {
  const planes = parts.map(({ spec }) => createPlane(spec));
  const group = linkServices(
    parts.map(({ service, loads, spec }, i) => ({
      service,
      plane: planes[i],
      loads: loads.length,
      timeouts: spec.timeouts.slice(loads.length),
    })),
    context.stream,
  );
  for (const clients of closedClients(context.scenario, parts, context.stream)) {
    joinClients(group, clients);
  }
  const models = parts.map((part, i): ServiceModel => {
    const { service, spec } = part;
    const reason = whyGeneral(spec);
    const flow = { service: service.name, path: 'general', kernel: null, reason } as const;
    const head = { ...headOf(part, generalPlane(planes[i])), flow };
    const fromLoads = planes[i].links?.fromLoads;
    // Alone, all of its requests are from loads.
    return fromLoads === undefined || parts.length === 1 ? head : { ...head, fromLoads };
  });
  return { models, flow: groupFlow(group) };
}

function headOf({ service, law, slots, holdTime }: Part, plane: DataPlane) {
  return {
    service,
    plane,
    law,
    curves: [],
    slots,
    holdTime,
    coresPerSlot: service.cpuPerRequest / law.mean,
  };
}

/** CPU that a pod may use, millicores: its limit, else its request, else one core. */
export function podCpu({ workload, fixed }: Service): number {
  if (fixed !== undefined) return fixed.cpu;
  return workload.cpuLimit ?? workload.cpuRequest ?? 1000;
}

/** A service of fixed size has pods in every strategy. */
function runsOnVm(
  { fixed }: Service,
  strategy: Strategy,
): strategy is VmPeakStrategy | VmGroupStrategy {
  if (strategy.kind === 'kubernetes' || fixed !== undefined) return false;
  return strategy.kind !== 'vm-peak' || strategy.packing !== 'shared';
}

/** CPU of a pod or VM, millicores. */
function cpuOfUnit(service: Service, strategy: Strategy, instance: InstanceType): number {
  if (!runsOnVm(service, strategy)) return podCpu(service);
  return instance.cpu - strategy.vm.reservedCpu;
}

/**
 * Requests in service at once in a pod or VM. Without an explicit concurrency as many as its CPU
 * carries at full speed, or many where they share it; a VM has as many per core as a pod.
 */
function concurrencyOf(service: Service, cpu: number, servers: number): number {
  const { sharing, concurrency = sharing === 'processor' ? SHARING_CONCURRENCY : undefined } =
    service;
  const slots = concurrency === undefined ? servers : (concurrency * cpu) / podCpu(service);
  // 1e-9: 0.1·30/3 must not lose a slot to rounding.
  return Math.max(1, Math.floor(slots + 1e-9));
}
