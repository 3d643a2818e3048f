/** Services: one complete description of the service time, and the pods they run in. */
import { createLaw } from '../service/index.ts';
import { readCalls } from './calls.ts';
import { DEFAULT_WORKLOAD } from './deployment.ts';
import { type CheckContext, entriesOf, isWritten, type ServiceDraft } from './draft.ts';
import type { ScenarioFiles } from './files.ts';
import { readLaw } from './laws.ts';
import type { Manifests } from './manifests.ts';
import { checkMemory } from './pod-checks.ts';
import type { Service } from './scenario.ts';
import { readServiceParts } from './service-parts.ts';
import type { Path } from './source.ts';

export async function readServices(
  context: CheckContext,
  manifests: Manifests,
  files: ScenarioFiles,
): Promise<readonly (Service | undefined)[]> {
  const services = entriesOf<ServiceDraft>(context.draft.services);
  return Promise.all(
    services.map(([name, service]) => readService(name, service, context, manifests, files)),
  );
}

async function readService(
  name: string,
  service: ServiceDraft,
  context: CheckContext,
  manifests: Manifests,
  files: ScenarioFiles,
): Promise<Service | undefined> {
  const path = ['services', name];
  const time = await readLaw(service.time, [...path, 'time'], context, files);
  const parts = readServiceParts(service, path, context);
  const names = entriesOf(context.draft.services).map(([other]) => other);
  const calls = readCalls(service, path, context, names);
  const { cpuPerRequest, concurrency, queue, balancer } = service;
  checkMemory(name, service, context, manifests);
  const complete =
    time !== undefined &&
    parts !== undefined &&
    calls !== undefined &&
    cpuPerRequest !== undefined &&
    queue?.limit !== undefined &&
    balancer !== undefined;
  const broken = !manifests.complete || isBroken(context, [...path, 'concurrency'], concurrency);
  if (!complete || broken) return undefined;
  const hpa = manifests.hpas.get(name)?.spec;
  return {
    name,
    time,
    cpuPerRequest,
    ...(concurrency === undefined ? {} : { concurrency }),
    queue: { limit: queue.limit },
    balancer,
    ...parts,
    ...(calls.length === 0 ? {} : { calls }),
    workload: manifests.deployments.get(name)?.workload ?? DEFAULT_WORKLOAD,
    ...(hpa === undefined ? {} : { hpa }),
  };
}

/** Written, but reported: what depends on it must not be reported as well. */
function isBroken({ root }: CheckContext, path: Path, value: unknown): boolean {
  return value === undefined && isWritten(root, path);
}

/** µs; the mean of the law that will be simulated. */
export function meanServiceTime(service: Service): number {
  return createLaw(service.time).mean;
}
