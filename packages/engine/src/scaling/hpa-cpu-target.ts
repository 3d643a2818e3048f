/** What an HPA wants of the CPU of a pod: what several readers of its metrics need to know. */
import type { HpaSpec } from './hpa-spec.ts';

/** Both may be set: the HPA then follows the one that asks for more replicas. */
export interface CpuTarget {
  /** Share of the request, 1 = all of it; null = no target of type Utilization. */
  readonly utilization: number | null;
  /** Cores per pod; null = no target of type AverageValue. */
  readonly cores: number | null;
}

/** The first target of each type among the metrics on cpu, of the pod or of its one container. */
export function cpuTargetOf({ metrics }: HpaSpec): CpuTarget {
  let utilization: number | null = null;
  let cores: number | null = null;
  for (const { type, name, target } of metrics) {
    if ((type !== 'Resource' && type !== 'ContainerResource') || name !== 'cpu') continue;
    if (target.type === 'Utilization') utilization ??= target.averageUtilization / 100;
    else if (target.type === 'AverageValue') cores ??= target.averageValue / 1000;
  }
  return { utilization, cores };
}
