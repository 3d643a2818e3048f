/**
 * compile: Scenario, strategy, replication → Model. Policies become functions, columns are sized,
 * random streams named. A model is what `simulate` runs once; it cannot be serialised.
 */

import { clusterNotes, fleetNote } from './compile/notes.ts';
import { PLANS, type PlanName } from './finance/index.ts';
import type { InstanceType } from './finance/price-book.ts';
import { drawArrivals } from './flow/arrivals.ts';
import { BALANCERS, type BalancerName } from './flow/balancers/index.ts';
import { createGeneralPlane } from './flow/general-plane.ts';
import { assert } from './kernel/assert.ts';
import { createStream } from './kernel/random.ts';
import type { ClusterModel, Machines, Model, ServiceModel } from './model.ts';
import { type FleetSize, sizePeakFleet } from './queueing/sizing.ts';
import type {
  KubernetesStrategy,
  Scenario,
  Service,
  Strategy,
  VmPeakStrategy,
} from './scenario/scenario.ts';
import { LAWS, type LawName } from './service/index.ts';
import type { Law } from './service/law.ts';
import { loadCurve } from './traffic/index.ts';
import { poissonProcess } from './traffic/poisson.ts';
import { peakRate, type RateCurve, rateAt, scaleCurve } from './traffic/rate.ts';

/** Kubernetes’ default limit of pods per node (kubelet maxPods). */
const PODS_PER_NODE = 110;
const ROWS_MAX = 3600;

/** @throws InvariantError for a strategy that the scenario does not have. */
export function compile(scenario: Scenario, strategyName: string, replication: number): Model {
  const strategy = scenario.strategies.find((s) => s.name === strategyName);
  assert(strategy !== undefined, `scenario ${scenario.name} has no strategy ${strategyName}`);
  const horizon = scenario.clock.duration;
  const stream = (path: string) => createStream(scenario.seed, replication, path);
  const machines = machinesOf(scenario, strategy);
  const services = scenario.services.map((service) =>
    serviceModel(scenario, strategy, service, machines.instance, stream),
  );
  const flows = services.map(({ plane }) => plane);
  const common = {
    scenario,
    strategy,
    replication,
    horizon,
    step: rowStep(horizon),
    services,
    flows,
  };
  if (strategy.kind === 'vm-peak') {
    const sizes = services.map((service) => fleetSize(scenario, strategy, service));
    const counts = sizes.map((size) => (typeof size === 'number' ? size : size.machines));
    const notes = sizes.map((size, i) =>
      fleetNote(strategy, services[i], size, fleetPeak(scenario, strategy, services[i])),
    );
    return { ...common, provision: { kind: 'fleet', machines, counts }, notes, stream };
  }
  return {
    ...common,
    provision: clusterModel(scenario, strategy, machines),
    notes: clusterNotes(scenario, strategy, services),
    stream,
  };
}

/** Rows of 1 s while there are few enough of them, else the next round length. */
function rowStep(horizon: number): number {
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];
  const fit = seconds.find((s) => horizon <= s * 1e6 * ROWS_MAX);
  return (fit ?? 86_400) * 1e6;
}

function machinesOf(scenario: Scenario, strategy: Strategy): Machines {
  const type = strategy.kind === 'vm-peak' ? strategy.vm.type : strategy.nodes.type;
  const instance = scenario.prices.types[type];
  assert(instance !== undefined, `no instance type ${type} in the price book`);
  const perHour = instance.perHour[strategy.billing];
  assert(perHour !== undefined, `no ${strategy.billing} price for ${type} in the price book`);
  return {
    type,
    instance,
    plan: PLANS[strategy.billing as PlanName],
    planName: strategy.billing,
    perHour,
  };
}

function serviceModel(
  scenario: Scenario,
  strategy: Strategy,
  service: Service,
  instance: InstanceType,
  stream: Model['stream'],
): ServiceModel {
  const law = LAWS[service.time.dist as LawName](service.time);
  const loads = scenario.load.filter((load) => (load.route[service.name] ?? 0) > 0);
  const curves = loads.map((load) =>
    scaleCurve(loadCurve(load, scenario.clock.duration), load.route[service.name]),
  );
  const slots = slotsPerUnit(service, strategy, law, instance);
  const balancer = BALANCERS[service.balancer as BalancerName];
  const plane = createGeneralPlane({
    slots,
    queueLimit: service.queue.limit,
    latencyObjective: scenario.objectives.latency,
    timeouts: loads.map((load) => load.client.timeout),
    choose: balancer.choose,
    ranked: balancer.ranked,
    arrivals: drawArrivals({
      processes: curves.map((curve, i) =>
        poissonProcess(curve, stream(`arrivals/${loads[i].name}/${service.name}`)),
      ),
      law,
      serviceStream: stream(`service/${service.name}`),
      balancerStream: stream(`balancer/${service.name}`),
    }),
  });
  return { service, plane, law, curves, slots, coresPerSlot: service.cpuPerRequest / law.mean };
}

/** CPU that a pod may use, millicores: its limit, else its request, else one core. */
function podCpu(service: Service): number {
  return service.workload.cpuLimit ?? service.workload.cpuRequest ?? 1000;
}

/**
 * Slots of a pod or VM. Without an explicit concurrency as many as its CPU carries; a VM has as
 * many per core as a pod.
 */
function slotsPerUnit(
  service: Service,
  strategy: Strategy,
  law: Law,
  instance: InstanceType,
): number {
  const pod = podCpu(service);
  const cpu = strategy.kind === 'vm-peak' ? instance.cpu - strategy.vm.reservedCpu : pod;
  const slots =
    service.concurrency === undefined
      ? ((cpu / 1000) * law.mean) / service.cpuPerRequest
      : (service.concurrency * cpu) / pod;
  // 1e-9: 0.1·30/3 must not lose a slot to rounding.
  return Math.max(1, Math.floor(slots + 1e-9));
}

function fleetSize(
  scenario: Scenario,
  strategy: VmPeakStrategy,
  model: ServiceModel,
): FleetSize | number {
  if (strategy.count !== undefined) return strategy.count;
  return sizePeakFleet({
    arrivalRate: fleetPeak(scenario, strategy, model),
    meanServiceTime: model.law.mean * 1e-6,
    cv: model.law.cv,
    slotsPerMachine: model.slots,
    headroom: strategy.headroom,
    latencyTarget: scenario.objectives.latency * 1e-6,
    attainment: scenario.objectives.attainment,
  });
}

/** Peak rate of a service: its share of the peak given, else the highest of its own curves. */
function fleetPeak(scenario: Scenario, strategy: VmPeakStrategy, model: ServiceModel): number {
  const own = highestRate(model.curves, scenario.clock.duration);
  if (strategy.peak === undefined) return own;
  const all = scenario.load.map((load) => loadCurve(load, scenario.clock.duration));
  const total = highestRate(all, scenario.clock.duration);
  return total === 0 ? 0 : (strategy.peak * own) / total;
}

/** Highest sum of the curves: each is linear between the joints, so a joint has it. */
export function highestRate(curves: readonly RateCurve[], horizon: number): number {
  if (curves.length === 1) return peakRate(curves[0]);
  let highest = 0;
  for (const { start } of curves) {
    for (const joint of start) {
      // Rates may jump at a joint: look just before it as well.
      for (const time of [Math.max(0, joint - 1), Math.min(joint, horizon)]) {
        highest = Math.max(
          highest,
          curves.reduce((sum, curve) => sum + rateAt(curve, time), 0),
        );
      }
    }
  }
  return highest;
}

function clusterModel(
  scenario: Scenario,
  strategy: KubernetesStrategy,
  machines: Machines,
): ClusterModel {
  const { nodes } = strategy;
  return {
    kind: 'cluster',
    machines,
    strategy,
    metrics: scenario.metrics,
    hpaController: scenario.hpaController,
    allocatable: {
      cpu: machines.instance.cpu - nodes.reservedCpu,
      memory: machines.instance.memory - nodes.reservedMemory,
      pods: PODS_PER_NODE,
    },
  };
}
