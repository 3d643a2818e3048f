/**
 * The services of a strategy made runnable: how many slots a pod or VM has, which mechanism serves
 * the requests, and which services run on together between two control events.
 */
import type { InstanceType } from '../finance/price-book.ts';
import { createPlane, type PlaneSpec } from '../flow/columns.ts';
import type { DataPlane, Flow } from '../flow/data-plane.ts';
import { generalPlane, groupFlow } from '../flow/general-plane.ts';
import { choosePlane, type PathOptions } from '../flow/plane-choice.ts';
import type { Model, ServiceModel } from '../model.ts';
import type { Load, Scenario, Service, Strategy, VmPeakStrategy } from '../scenario/scenario.ts';
import { createLaw } from '../service/index.ts';
import type { Law } from '../service/law.ts';
import { loadCurve } from '../traffic/index.ts';
import { type RateCurve, scaleCurve } from '../traffic/rate.ts';
import {
  callTimeouts,
  holdTime,
  linkServices,
  serviceGroups,
  withCalls,
} from './linked-services.ts';
import { planeSpec } from './service-plane.ts';

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
  const models = new Map<string, ServiceModel>();
  const flows: Flow[] = [];
  for (const group of serviceGroups(scenario)) {
    const parts = group.map((service) => partOf(context, service, own.get(service.name) ?? []));
    const made = parts.length === 1 ? alone(context, parts[0]) : linked(context, parts);
    flows.push(made.flow);
    for (const model of made.models) {
      const { name, fixed } = model.service;
      models.set(name, { ...model, curves: planned.get(name) ?? [] });
      for (let pod = 0; pod < (fixed?.replicas ?? 0); pod++) model.plane.admit(pod);
    }
  }
  const services = scenario.services.flatMap(({ name }) => models.get(name) ?? []);
  return { services, flows };
}

function ownLoads({ scenario }: ServiceContext, { name }: Service): readonly Load[] {
  return scenario.load.filter((load) => (load.route[name] ?? 0) > 0);
}

function ownCurves(context: ServiceContext, service: Service): readonly RateCurve[] {
  const { duration } = context.scenario.clock;
  return ownLoads(context, service).map((load) =>
    scaleCurve(loadCurve(load, duration), load.route[service.name]),
  );
}

function partOf(context: ServiceContext, service: Service, curves: readonly RateCurve[]): Part {
  const { scenario, strategy, instance, stream } = context;
  const law = createLaw(service.time);
  const loads = ownLoads(context, service);
  const cpu = cpuOfUnit(service, strategy, instance);
  const servers = ((cpu / 1000) * law.mean) / service.cpuPerRequest;
  const concurrency = concurrencyOf(service, cpu, servers);
  const timeouts = callTimeouts(scenario, service);
  const spec = planeSpec({
    scenario,
    service,
    law,
    loads,
    curves,
    concurrency,
    servers,
    hasQuota: service.throttling === 'cfs' && !runsOnVm(service, strategy),
    ...(timeouts === undefined ? {} : { callTimeouts: timeouts }),
    stream,
  });
  return { service, law, loads, spec, ...carried(context, service, { law, concurrency, servers }) };
}

/** What a pod carries, slots ÷ hold time: by its CPU where that is shared, or its concurrency. */
function carried(
  { scenario }: ServiceContext,
  service: Service,
  { law, concurrency, servers }: { law: Law; concurrency: number; servers: number },
): { slots: number; holdTime: number } {
  const hold = holdTime(scenario, service);
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
  const models = parts.map((part, i): ServiceModel => {
    const flow = {
      service: part.service.name,
      path: 'general',
      kernel: null,
      reason: 'calls',
    } as const;
    const head = { ...headOf(part, generalPlane(planes[i])), flow };
    const fromLoads = planes[i].links?.fromLoads;
    return fromLoads === undefined ? head : { ...head, fromLoads };
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
function podCpu({ workload, fixed }: Service): number {
  if (fixed !== undefined) return fixed.cpu;
  return workload.cpuLimit ?? workload.cpuRequest ?? 1000;
}

/** A service of fixed size has pods in every strategy. */
function runsOnVm({ fixed }: Service, strategy: Strategy): strategy is VmPeakStrategy {
  return strategy.kind === 'vm-peak' && fixed === undefined;
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
