/**
 * 5 000 pods on 1 000 nodes: a sale for which 4 500 pods are made ahead of time, on nodes that come
 * for them. It weighs the control plane alone, so it is no row of the table.
 */
import { benchScenario, cluster } from './scenario.mjs';

const PODS = 5000;
const CPU_60 = {
  type: 'Resource',
  name: 'cpu',
  target: { type: 'Utilization', averageUtilization: 60 },
};

/** `size` scales pods, nodes and load. Five pods fit on a node. */
export function bigCluster(size) {
  const pods = Math.ceil(PODS * size);
  const elastic = cluster('big-cluster', [{ at: 60e6, until: 900e6, minReplicas: pods }]);
  const scenario = benchScenario('big-cluster', {
    seconds: 1200,
    load: {
      flashSale: {
        base: 9000 * size,
        peak: 300_000 * size,
        at: 700e6,
        surge: 5e6,
        plateau: 60e6,
        decay: 120e6,
      },
      client: { timeout: 2_000_000 },
    },
    service: {
      time: { dist: 'lognormal', mean: 60_000, cv: 1 },
      cpuPerRequest: 20_000,
      balancer: 'power-of-two',
      hpa: { minReplicas: 6, maxReplicas: 6000, metrics: [CPU_60], behavior: {} },
    },
    strategies: [{ ...elastic, nodes: { ...elastic.nodes, max: Math.ceil(pods / 5) + 50 } }],
  });
  const [service] = scenario.services;
  const workload = { ...service.workload, cpuRequest: 3000, cpuLimit: 3000 };
  return { ...scenario, services: [{ ...service, workload }] };
}
