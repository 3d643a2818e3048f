/** Serverless pods as a pool: each pod is a machine of its own, as large as it requests. */
import { podPerHour, podSeconds } from '../finance/pod-seconds.ts';
import { assert } from '../kernel/assert.ts';
import type { Machines, NodeOffering, NodePool } from '../model.ts';
import type { KubernetesStrategy, Scenario, Service } from '../scenario/scenario.ts';

const GIBIBYTE = 2 ** 30;
/** The provider chooses the zone. */
const ANY_ZONE = 'zone';

/** One offering per service, in their order. */
export function serverlessPool(scenario: Scenario, strategy: KubernetesStrategy): NodePool {
  const scaled = scenario.services.filter(({ fixed }) => fixed === undefined);
  return {
    name: 'serverless',
    min: 0,
    max: Number.POSITIVE_INFINITY,
    priority: 0,
    offerings: scaled.map((service) => podOffering(scenario, strategy, service)),
  };
}

function podOffering(
  scenario: Scenario,
  strategy: KubernetesStrategy,
  service: Service,
): NodeOffering {
  const machines = podMachines(scenario, strategy, service);
  const { cpu, memory } = machines.instance;
  return {
    item: 'pod',
    type: machines.type,
    zone: ANY_ZONE,
    plan: machines.planName,
    perHour: machines.perHour,
    allocatable: { cpu, memory, pods: 1 },
    machines,
  };
}

function podMachines(
  { prices }: Scenario,
  { billing, startup }: KubernetesStrategy,
  { name, workload }: Service,
): Machines {
  assert(prices.pods !== undefined, `the price book ${prices.name} has no prices of pods`);
  const { sidecar } = startup.security ?? {};
  const cpu = (workload.cpuRequest ?? 0) + (sidecar?.cpuRequest ?? 0);
  const memory = workload.memoryRequest + (sidecar?.memoryRequest ?? 0);
  const perHour = podPerHour(prices.pods, { cpu, memory });
  return {
    type: `${name} (${cpu / 1000} vCPU, ${Math.round((memory / GIBIBYTE) * 100) / 100} GiB)`,
    instance: { cpu, memory, perHour: { [billing]: perHour } },
    plan: podSeconds(prices.pods.minimum),
    planName: billing,
    perHour,
  };
}
