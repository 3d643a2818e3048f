/**
 * A service's part of the data plane, as its scenario describes it: slots or shared CPU, queue,
 * deadlines, balancer, and what its requests draw, each from a stream of its own.
 */
import { type ArrivalSources, type DrawnPatience, drawArrivals } from '../flow/arrivals.ts';
import { type BalancerName, balancerOf } from '../flow/balancers/index.ts';
import type { PatienceSpec, PlaneSpec } from '../flow/columns.ts';
import type { ProcessorSpec } from '../flow/processor.ts';
import { createSample } from '../flow/sample.ts';
import { createStickiness } from '../flow/stickiness.ts';
import type { Model } from '../model.ts';
import type { Load, Scenario, Service } from '../scenario/scenario.ts';
import { createLaw } from '../service/index.ts';
import type { Law } from '../service/law.ts';
import type { RateCurve } from '../traffic/rate.ts';
import { loadProcess } from './load-process.ts';

/** Linux's default period of a CPU quota (cpu.max), and that of the kubelet. */
const CFS_PERIOD = 100_000;

/** Requests per service that are followed from arrival to end. */
const SAMPLE = 64;

export interface ServicePlane {
  readonly scenario: Scenario;
  readonly service: Service;
  readonly law: Law;
  /** Loads that go to the service, with their rates there. */
  readonly loads: readonly Load[];
  readonly curves: readonly RateCurve[];
  /** Requests in service at once, per pod. */
  readonly concurrency: number;
  /** Slots at full speed that a pod's CPU carries. */
  readonly servers: number;
  /** The pod's CPU limit is a quota per period; a VM has none: more cores than its own are none. */
  readonly hasQuota: boolean;
  /** Time-outs of the calls that other services make, µs; absent = none calls, none is called. */
  readonly callTimeouts?: readonly number[];
  readonly stream: Model['stream'];
}

export function planeSpec(plane: ServicePlane): PlaneSpec {
  const { scenario, service, loads, curves, law, concurrency, stream } = plane;
  const { callTimeouts = [] } = plane;
  const { choices, weights = [1], sticky } = service;
  const balancer = balancerOf({
    balancer: service.balancer as BalancerName,
    ...(choices === undefined ? {} : { choices }),
  });
  const patience = loads.map((load) => patienceOf(load));
  return {
    slots: concurrency,
    queueLimit: service.queue.limit,
    latencyObjective: scenario.objectives.latency,
    timeouts: [...loads.map((load) => load.client.timeout), ...callTimeouts],
    ...(patience.some((spec) => spec !== null) ? { patience } : {}),
    choose: balancer.choose,
    ranked: balancer.ranked,
    ...(choices === undefined ? {} : { choices }),
    ...(service.balancer === 'weighted' ? { weights } : {}),
    ...(sticky === undefined ? {} : { stickiness: createStickiness(sticky) }),
    ...(service.sharing === 'processor' ? { processor: processorOf(plane) } : {}),
    ...(plane.callTimeouts === undefined ? {} : { linked: true }),
    ...(loads.length === 0
      ? {}
      : { sample: createSample(SAMPLE, stream(`sample/${service.name}`)) }),
    arrivals: drawArrivals({
      processes: curves.map((curve, i) =>
        loadProcess(loads[i], service.name, curve, scenario.clock.duration, stream),
      ),
      ...requestDraws(service, law, stream),
      patience: loads.map((load) => drawnPatience(load, service, stream)),
    }),
  };
}

/** What every request of the service draws; `from` = the place of the calls that bring it. */
export function requestDraws(
  service: Service,
  law: Law,
  stream: Model['stream'],
  from = '',
): Omit<ArrivalSources, 'processes' | 'patience'> {
  const { name, choices } = service;
  return {
    law,
    serviceStream: stream(`service/${name}${from}`),
    balancerStream: stream(`balancer/${name}${from}`),
    ...(choices === undefined
      ? {}
      : { more: { choices, stream: stream(`choices/${name}${from}`) } }),
  };
}

function processorOf({ hasQuota, servers }: ServicePlane): ProcessorSpec {
  return hasQuota ? { servers, period: CFS_PERIOD } : { servers };
}

function patienceOf({ client: { patience } }: Load): PatienceSpec {
  if (patience === undefined) return null;
  return patience.dist === 'deterministic' ? createLaw(patience).mean : 'drawn';
}

function drawnPatience(
  load: Load,
  service: Service,
  stream: Model['stream'],
): DrawnPatience | null {
  const { patience } = load.client;
  if (patience === undefined || patience.dist === 'deterministic') return null;
  return { law: createLaw(patience), stream: stream(`patience/${load.name}/${service.name}`) };
}
