/**
 * From a pod's readiness to the clients: EndpointSlice (the syncs of a service keep their distance,
 * and one sync carries all changes until then), then kube-proxy; or an external load balancer,
 * which checks a new target by itself. A newer change of the same pod replaces one that is still on
 * its way.
 *
 * @source kubernetes/kubernetes pkg/controller/endpointslice; AWS Application Load Balancer, health
 * checks and deregistration delay of a target group.
 */
import { delayFrom, lagFrom } from './delays.ts';
import { closeOutage, openOutage } from './outages.ts';
import type { Pod, World } from './world.ts';

/** When the EndpointSlice with a change of `now` is written, µs. */
function slicedAt(world: World, { deployment, draws }: Pod, now: number): number {
  const { slice, sliceInterval } = world.model.strategy.startup;
  const due = now + delayFrom(slice, draws.slice);
  // A sync that is still to come takes the change along.
  if (due > deployment.lastSlice) {
    deployment.lastSlice = Math.max(due, deployment.lastSlice + sliceInterval);
  }
  return deployment.lastSlice;
}

/** When clients have heard of a change of `now`, µs. */
export function heardAt(world: World, pod: Pod, now: number, isNew: boolean): number {
  const { startup } = world.model.strategy;
  const { loadBalancer, proxySync, proxy } = startup;
  const sliced = slicedAt(world, pod, now);
  if (loadBalancer === undefined) {
    return sliced + lagFrom(proxySync, pod.draws.proxySync) + delayFrom(proxy, pod.draws.proxy);
  }
  if (!isNew) return sliced;
  const { checkInterval, healthyThreshold } = loadBalancer;
  const first = lagFrom(checkInterval, pod.container.draws.check);
  return sliced + first + (healthyThreshold - 1) * checkInterval;
}

/** The pod is ready: clients shall send to it, as soon as NetworkPolicy lets them. */
export function listPod(world: World, pod: Pod, now: number): void {
  const networkPolicy = world.model.strategy.startup.security?.networkPolicy;
  const { container } = pod;
  const heard = heardAt(world, pod, now, true);
  const allowed =
    networkPolicy === undefined
      ? heard
      : (container.startedAt ?? now) + delayFrom(networkPolicy, container.draws.policy);
  container.listing += 1;
  const { listing } = container;
  world.calendar.schedule(Math.max(heard, allowed), { kind: 'pod', pod, stage: 'routed', listing });
}

/** Clients shall not send to the pod any more. */
export function unlistPod(world: World, pod: Pod, now: number): void {
  const { container } = pod;
  container.listing += 1;
  if (!container.isListed) return;
  const { listing } = container;
  const at = heardAt(world, pod, now, false);
  world.calendar.schedule(at, { kind: 'pod', pod, stage: 'unrouted', listing });
}

/** Clients send to the pod from now on. */
export function routePod(_world: World, pod: Pod, now: number): void {
  if (pod.state === 'draining' || pod.state === 'gone') return;
  const { container, deployment } = pod;
  pod.state = 'ready';
  if (pod.life.routed === undefined) pod.life.routed = now;
  else closeOutage(pod, now);
  if (container.isListed) return;
  container.isListed = true;
  deployment.model.plane.admit(pod.column, now);
}

/** No client sends to the pod any more; it may be gone by now. */
export function unroutePod(_world: World, pod: Pod, now: number): void {
  const { container, deployment } = pod;
  if (!container.isListed) return;
  container.isListed = false;
  deployment.model.plane.withdraw(pod.column);
  if (pod.state !== 'ready') return;
  // Its readiness probe failed; its container goes on.
  pod.state = 'starting';
  openOutage(pod, now);
}
