/**
 * compile: Scenario, strategy, replication → Model. Policies become functions, columns are sized,
 * random streams named. A model is what `simulate` runs once; it cannot be serialised.
 */

import { fleetModel, packingNotes } from './compile/fleet.ts';
import { nodePools, pricedMachines } from './compile/node-pools.ts';
import { clusterNotes, fleetNote, loadNotes } from './compile/notes.ts';
import { serviceModels } from './compile/service-models.ts';
import { vmGroupModel, vmGroupNotes } from './compile/vm-groups.ts';
import type { PathOptions } from './flow/plane-choice.ts';
import { assert } from './kernel/assert.ts';
import { createStream } from './kernel/random.ts';
import type { ClusterModel, Machines, Model, ServiceModel } from './model.ts';
import { type FleetSize, sizePeakFleet } from './queueing/sizing.ts';
import { plannedCurve } from './scenario/planned-load.ts';
import type {
  KubernetesStrategy,
  Scenario,
  Strategy,
  VmPeakStrategy,
} from './scenario/scenario.ts';
import { peakRate, type RateCurve, rateAt } from './traffic/rate.ts';

const ROWS_MAX = 3600;

/** @throws InvariantError for a strategy that the scenario does not have. */
export function compile(
  scenario: Scenario,
  strategyName: string,
  replication: number,
  paths: PathOptions = {},
): Model {
  const strategy = scenario.strategies.find((s) => s.name === strategyName);
  assert(strategy !== undefined, `scenario ${scenario.name} has no strategy ${strategyName}`);
  const horizon = scenario.clock.duration;
  const stream = (path: string) => createStream(scenario.seed, replication, path);
  const machines = machinesOf(scenario, strategy);
  const { instance } = machines;
  const { services, flows } = serviceModels({ scenario, strategy, instance, stream, paths });
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
    const notes = sizes.flatMap((size, i) => {
      if (services[i].service.fixed !== undefined) return [];
      return fleetNote(strategy, services[i], size, fleetPeak(scenario, strategy, services[i]));
    });
    const provision = fleetModel(strategy, machines, services, counts);
    return {
      ...common,
      provision,
      notes: [...notes, ...packingNotes(strategy, provision), ...loadNotes(scenario)],
      stream,
    };
  }
  if (strategy.kind === 'vm-group') {
    return {
      ...common,
      provision: vmGroupModel(strategy, machines),
      notes: [...vmGroupNotes(strategy, services), ...loadNotes(scenario)],
      stream,
    };
  }
  return {
    ...common,
    provision: clusterModel(scenario, strategy),
    notes: [...clusterNotes(scenario, strategy, services), ...loadNotes(scenario)],
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
  if (strategy.kind !== 'kubernetes') {
    return pricedMachines(scenario, strategy.vm.type, strategy.billing);
  }
  const [pool] = nodePools(scenario, strategy);
  return pool.offerings[0].machines;
}

function fleetSize(
  scenario: Scenario,
  strategy: VmPeakStrategy,
  model: ServiceModel,
): FleetSize | number {
  if (model.service.fixed !== undefined) return 0;
  if (strategy.count !== undefined) return strategy.count;
  return sizePeakFleet({
    arrivalRate: fleetPeak(scenario, strategy, model),
    // A pod whose CPU carries less than one slot serves one request more slowly.
    meanServiceTime: (model.holdTime * 1e-6) / Math.min(1, model.slots),
    cv: model.law.cv,
    slotsPerMachine: Math.max(1, Math.floor(model.slots + 1e-9)),
    headroom: strategy.headroom,
    latencyTarget: scenario.objectives.latency * 1e-6,
    attainment: scenario.objectives.attainment,
  });
}

/** Peak rate of a service: its share of the peak given, else the highest of its own curves. */
function fleetPeak(scenario: Scenario, strategy: VmPeakStrategy, model: ServiceModel): number {
  const own = highestRate(model.curves, scenario.clock.duration);
  if (strategy.peak === undefined) return own;
  const all = scenario.load.map((load) =>
    plannedCurve(load, scenario.services, scenario.clock.duration),
  );
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

function clusterModel(scenario: Scenario, strategy: KubernetesStrategy): ClusterModel {
  const pools = nodePools(scenario, strategy);
  const [{ machines, allocatable }] = pools[0].offerings;
  return {
    kind: 'cluster',
    machines,
    pools,
    strategy,
    metrics: scenario.metrics,
    hpaController: scenario.hpaController,
    allocatable,
  };
}
