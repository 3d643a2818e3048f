import type { Scenario } from '../../packages/engine/src/scenario/scenario.ts';

type Workload = 'mm1-90' | 'flash-p2c-200' | 'second-kill-10m';

/** Name → the scenario at a size; 1 is the benchmark. */
export declare const WORKLOADS: Readonly<Record<Workload, (size: number) => Scenario>>;
