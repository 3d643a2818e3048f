/**
 * What a pod requests of a resource, as the HPA counts it: the named container alone, or the
 * pod-level request, or the sum over containers and sidecars.
 *
 * @source Kubernetes, pkg/controller/podautoscaler (KEP-2837 for pod-level requests).
 */
import { HPA_RELEASES, type HpaRelease } from './hpa-release.ts';

export type ResourceRequests = Readonly<Record<string, number>>;

export interface RequestingContainer {
  readonly name: string;
  /** Resource → milli-units; absent = requests none of it. */
  readonly requests: ResourceRequests;
}

export interface RequestingPod {
  readonly containers: readonly RequestingContainer[];
  /** Restartable init containers. */
  readonly sidecars?: readonly RequestingContainer[];
  /** spec.resources.requests of the pod. */
  readonly podRequests?: ResourceRequests;
}

/** Milli-units; NaN = unknown: a container has no such request, or the named one does not exist. */
export function podResourceRequest(
  pod: RequestingPod,
  resource: string,
  container?: string,
  release: HpaRelease = HPA_RELEASES.current,
): number {
  if (release.requestsOfContainersAlone) return sumOfContainers(pod, resource, container);
  const containers = [...pod.containers, ...(pod.sidecars ?? [])];
  if (container !== undefined) {
    const named = containers.find(({ name }) => name === container);
    return named?.requests[resource] ?? Number.NaN;
  }
  const podLevel = Object.entries(pod.podRequests ?? {}).filter(([name]) => isPodLevel(name));
  const own = podLevel.find(([name]) => name === resource);
  if (own !== undefined) return own[1];
  const requests = containers.map(({ requests }) => requests[resource]);
  // With pod-level requests of another resource, containers may leave this one out.
  const counted = podLevel.length > 0 ? requests.filter((value) => value !== undefined) : requests;
  if (counted.length === 0) return Number.NaN;
  return counted.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0);
}

/** What a pod may request as a whole; anything else there makes no pod-level request. */
function isPodLevel(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-');
}

function sumOfContainers(
  { containers }: RequestingPod,
  resource: string,
  container: string | undefined,
): number {
  return containers
    .filter(({ name }) => container === undefined || name === container)
    .reduce((sum, { requests }) => sum + (requests[resource] ?? Number.NaN), 0);
}
