/** The pools of a cluster with what each of their nodes offers and costs. */
import { PLANS, type PlanName } from '../finance/index.ts';
import { assert } from '../kernel/assert.ts';
import type { Machines, NodeOffering, NodePool } from '../model.ts';
import { karpenterTypes } from '../scenario/instance-types.ts';
import type { KubernetesStrategy, Scenario } from '../scenario/scenario.ts';
import type { NodePoolSpec, NodesSpec } from '../scenario/schema.ts';
import { serverlessPool } from './serverless-pool.ts';

/** Kubernetes’ default limit of pods per node (kubelet maxPods). */
const PODS_PER_NODE = 110;
/** Where nobody says anything about zones or pools. */
const ONLY_ZONE = '';
const ONLY_POOL = 'nodes';

/** In the order written; without any, one of the fields of `nodes`. */
export function nodePools(scenario: Scenario, strategy: KubernetesStrategy): readonly NodePool[] {
  const { nodes, billing } = strategy;
  if (nodes.provisioner === 'serverless') return [serverlessPool(scenario, strategy)];
  const { min, pools = [{ name: ONLY_POOL, min, weight: 0 }] } = nodes;
  return pools.map((pool) => ({
    name: pool.name,
    min: pool.min,
    max: pool.max ?? nodes.max,
    priority: pool.weight,
    offerings: offeringsOf(scenario, nodes, pool, pool.billing ?? billing),
  }));
}

/** Each type in each zone, types first. */
function offeringsOf(
  scenario: Scenario,
  nodes: NodesSpec,
  pool: NodePoolSpec,
  plan: string,
): readonly NodeOffering[] {
  const zones = pool.zone === undefined ? (nodes.zones ?? [ONLY_ZONE]) : [pool.zone];
  return typesOf(scenario, nodes, pool, plan).flatMap((type) => {
    const machines = pricedMachines(scenario, type, plan);
    const allocatable = {
      cpu: machines.instance.cpu - nodes.reservedCpu,
      memory: machines.instance.memory - nodes.reservedMemory,
      pods: nodes.maxPods ?? PODS_PER_NODE,
    };
    const { perHour } = machines;
    return zones.map((zone) => ({ type, zone, plan, perHour, allocatable, machines }));
  });
}

/** Of a pool of Karpenter what it may launch, else its one type. */
function typesOf(
  { prices }: Scenario,
  nodes: NodesSpec,
  { type, types }: NodePoolSpec,
  plan: string,
): readonly string[] {
  const { karpenter, reservedCpu, reservedMemory } = nodes;
  if (karpenter === undefined) return [type ?? nodes.type];
  const instanceTypes = types ?? (type === undefined ? karpenter.instanceTypes : [type]);
  const wanted = { type: type ?? nodes.type, reservedCpu, reservedMemory };
  const choice = instanceTypes === undefined ? wanted : { ...wanted, instanceTypes };
  return karpenterTypes(prices, choice, plan);
}

/** @throws InvariantError when the price book has no such price: `parse` has checked it. */
export function pricedMachines(scenario: Scenario, type: string, plan: string): Machines {
  const instance = scenario.prices.types[type];
  assert(instance !== undefined, `no instance type ${type} in the price book`);
  const perHour = instance.perHour[plan];
  assert(perHour !== undefined, `no ${plan} price for ${type} in the price book`);
  return { type, instance, plan: PLANS[plan as PlanName], planName: plan, perHour };
}
