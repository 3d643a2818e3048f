/**
 * A proxy beside every application, as the requests and the cluster meet it: the pod requests and
 * uses more CPU, and every request takes longer by what the proxy adds, which is a constant on top
 * of the service time. So a slot is held for longer: where the concurrency follows from the CPU
 * there are more slots accordingly, and where it is written the worker waits for its proxy.
 */
import type { Service, Strategy } from '../scenario/scenario.ts';
import type { SidecarSpec } from '../scenario/schema.ts';
import type { Law } from '../service/law.ts';

/** The sidecar of a service’s pods; absent = they have none. */
export function sidecarOf({ fixed }: Service, strategy: Strategy): SidecarSpec | undefined {
  if (strategy.kind !== 'kubernetes' || fixed !== undefined) return undefined;
  return strategy.startup.security?.sidecar;
}

/** Time that the sidecar adds to a request, µs. */
export function addedLatency(sidecar: SidecarSpec | undefined): number {
  return sidecar === undefined ? 0 : sidecar.latency + sidecar.mtls;
}

/** The service time with a constant on top, µs. */
export function withLatency(law: Law, added: number): Law {
  if (added === 0) return law;
  const mean = law.mean + added;
  return {
    mean,
    cv: (law.cv * law.mean) / mean,
    fill: (stream, out, from, to) => {
      law.fill(stream, out, from, to);
      for (let i = from; i < to; i++) out[i] += added;
    },
  };
}

/** The service as the cluster sees its pods: requests, limit and use of both containers. */
export function withSidecar(service: Service, sidecar: SidecarSpec | undefined): Service {
  if (sidecar === undefined) return service;
  const { workload } = service;
  const { cpuRequest, cpuLimit, memoryRequest } = workload;
  return {
    ...service,
    cpuPerRequest: service.cpuPerRequest + sidecar.cpuPerRequest,
    workload: {
      ...workload,
      cpuRequest: cpuRequest === null ? null : cpuRequest + sidecar.cpuRequest,
      cpuLimit: cpuLimit === null ? null : cpuLimit + sidecar.cpuLimit,
      memoryRequest: memoryRequest + sidecar.memoryRequest,
    },
  };
}
