/**
 * A service's part of the data plane, as its scenario describes it: slots or shared CPU, queue,
 * deadlines, balancer, and what its requests draw, each from a stream of its own.
 */
import { type ArrivalSources, type DrawnPatience, drawArrivals } from '../flow/arrivals.ts';
import { type BalancerName, balancerOf } from '../flow/balancers/index.ts';
import type { PatienceSpec, PlaneSpec } from '../flow/columns.ts';
import type { HoldSpec } from '../flow/hold.ts';
import type { ProcessorSpec } from '../flow/processor.ts';
import { createSample } from '../flow/sample.ts';
import type { SlowStartSpec } from '../flow/slow-start.ts';
import { createStickiness } from '../flow/stickiness.ts';
import type { Model } from '../model.ts';
import type { Load, Scenario, Service } from '../scenario/scenario.ts';
import type { SlowStartSection } from '../scenario/schema.ts';
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
  /** Loads that go to the service, open ones first, with their rates there. */
  readonly loads: readonly Load[];
  readonly curves: readonly RateCurve[];
  /** Requests in service at once, per pod. */
  readonly concurrency: number;
  /** CPU of a pod. */
  readonly cores: number;
  /** Slots at full speed that it carries. */
  readonly servers: number;
  /** The pod's CPU limit is a quota per period; a VM has none: more cores than its own are none. */
  readonly hasQuota: boolean;
  /** Time-outs of the calls that other services make, µs; absent = it runs by itself. */
  readonly callTimeouts?: readonly number[];
  /** What starts on a node slows the pods there. */
  readonly variableSpeed: boolean;
  /** Its own queue in front of the pods; absent = it has none. */
  readonly hold?: HoldSpec;
  readonly stream: Model['stream'];
}

export function planeSpec(plane: ServicePlane): PlaneSpec {
  const { scenario, service, loads, curves, law, concurrency, stream } = plane;
  const { callTimeouts = [], cores } = plane;
  const coresPerSlot = service.cpuPerRequest / law.mean;
  const { choices, weights = [1], sticky } = service;
  const { warmUp, slowStart } = service;
  const balancer = balancerOf({
    balancer: service.balancer as BalancerName,
    slowStart: slowStart !== undefined,
    ...(choices === undefined ? {} : { choices }),
  });
  const patience = loads.map((load) => patienceOf(load));
  const open = loads.filter(({ closed }) => closed === undefined);
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
    ...(open.length === loads.length ? {} : { closed: true }),
    ...(plane.hold === undefined ? {} : { hold: plane.hold }),
    ...(plane.variableSpeed ? { variableSpeed: true } : {}),
    ...(warmUp === undefined ? {} : { warmUp: { ...warmUp, cores, coresPerSlot } }),
    ...(slowStart === undefined ? {} : { slowStart: slowStartOf(slowStart) }),
    ...(loads.length === 0
      ? {}
      : { sample: createSample(SAMPLE, stream(`sample/${service.name}`)) }),
    arrivals: drawArrivals({
      processes: open.map((load, i) =>
        loadProcess(load, service.name, curves[i], scenario.clock.duration, stream),
      ),
      ...requestDraws(service, law, stream),
      patience: open.map((load) => drawnPatience(load, service, stream)),
    }),
  };
}

/** What every request of the service draws; `from` = the calls, or the users, that bring it. */
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

function slowStartOf({ duration, aggression, minShare }: SlowStartSection): SlowStartSpec {
  return { duration, aggression, minimum: minShare };
}

function processorOf({ hasQuota, servers }: ServicePlane): ProcessorSpec {
  return hasQuota ? { servers, period: CFS_PERIOD } : { servers };
}

function patienceOf({ client: { patience } }: Load): PatienceSpec {
  if (patience === undefined) return null;
  return patience.dist === 'deterministic' ? createLaw(patience).mean : 'drawn';
}

export function drawnPatience(
  load: Load,
  service: Service,
  stream: Model['stream'],
): DrawnPatience | null {
  const { patience } = load.client;
  if (patience === undefined || patience.dist === 'deterministic') return null;
  return { law: createLaw(patience), stream: stream(`patience/${load.name}/${service.name}`) };
}
