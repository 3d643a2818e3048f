/**
 * Runs of one service whose start-up chain has no chance in it: every stage takes its median, and
 * one more pod than at the start is wanted at 30 s. For tests of what a kubelet does.
 */
import { compile } from '../../../packages/engine/src/compile.ts';
import type { PodLife } from '../../../packages/engine/src/ledger/ledger.ts';
import type {
  KubernetesStrategy,
  Scenario,
  Service,
  Workload,
} from '../../../packages/engine/src/scenario/scenario.ts';
import { type Run, simulate } from '../../../packages/engine/src/simulate.ts';
import { kubernetes, loadOf, SECOND, scenarioOf, serviceOf } from '../../fixtures/scenario.ts';

export const seconds = (value: number) => ({ median: value * SECOND, sigma: 0 });

export interface ChainSpec {
  readonly workload?: Partial<Workload>;
  readonly service?: Partial<Service>;
  readonly startup?: Partial<KubernetesStrategy['startup']>;
  readonly nodes?: Partial<KubernetesStrategy['nodes']>;
  /** At the start, from 30 s on, and from 120 s on. */
  readonly replicas?: readonly [number, number, number?];
  readonly faults?: Scenario['faults'];
  /** Requests per second, evenly spaced. */
  readonly rate?: number;
  readonly length?: number;
  readonly latency?: number;
}

export function chain(spec: ChainSpec): Scenario {
  const [before, after, late = after] = spec.replicas ?? [1, 2];
  const base = serviceOf();
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 10_000 },
    cpuPerRequest: 10,
    concurrency: 10,
    hpa: { minReplicas: 1, maxReplicas: 500 },
    ...spec.service,
    workload: { ...base.workload, replicas: 1, cpuRequest: 100, ...spec.workload },
  });
  const schedule = [
    { at: 0, until: 30 * SECOND, minReplicas: before },
    { at: 30 * SECOND, until: 120 * SECOND, minReplicas: after },
    { at: 120 * SECOND, minReplicas: late },
  ];
  const startup = {
    create: seconds(0.3),
    schedule: seconds(0.05),
    container: seconds(1.5),
    app: seconds(18),
    status: 0,
    slice: seconds(0.2),
    proxySync: 0,
    proxy: seconds(0.3),
    ...spec.startup,
  };
  const strategy = kubernetes({
    name: 'chain',
    replicas: before,
    autoscaler: 'hpa',
    schedule,
    startup,
    nodes: { provisioner: 'fixed', min: 1, max: 1, ...spec.nodes },
  });
  const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };
  const { rate = 10, length = 300, faults } = spec;
  return scenarioOf({
    seconds: length,
    load: [loadOf({ rate, process: { kind: 'deterministic' }, client: { timeout: 1e12 } })],
    services: [{ ...service, hpa: { ...service.hpa, behavior } as NonNullable<Service['hpa']> }],
    strategies: [strategy],
    ...(faults === undefined ? {} : { faults }),
  });
}

export function runChain(spec: ChainSpec): Run {
  return simulate(compile(chain(spec), 'chain', 0));
}

/** Lives of the pods that were wanted during the run, in that order. */
export function newcomers({ ledger }: Run): readonly PodLife[] {
  return ledger.pods.filter(({ wanted }) => wanted > 0);
}

/** From one stage of a life to another, seconds. */
export function between(life: PodLife, from: keyof PodLife, to: keyof PodLife): number {
  return (Number(life[to]) - Number(life[from])) / SECOND;
}
