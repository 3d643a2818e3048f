/**
 * Keep-alive connections: each request comes over one of the clients' connections, uniformly, and
 * a connection stays with the pod that it was opened to, a ready one at random. It is opened anew
 * when its pod takes no more requests, has carried its number of requests or lived its time.
 * So load stays where it was when pods come: kube-proxy and L4 balancers place connections.
 */
import { indexBelow } from '../../kernel/random.ts';
import type { Arrivals } from '../arrival-columns.ts';
import type { Pods } from '../columns.ts';
import type { Stickiness } from '../stickiness.ts';

export function sticky(
  pods: Pods,
  draw1: number,
  draw2: number,
  arrivals: Arrivals,
  i: number,
): number {
  const { pod, used, opened, requests, lifetime } = pods.stickiness as Stickiness;
  const connection = indexBelow(draw1, pod.length);
  const now = arrivals.time[i];
  const pinned = pod[connection];
  const isOpen =
    pinned >= 0 &&
    pods.isReady[pinned] === 1 &&
    used[connection] < requests &&
    now - opened[connection] < lifetime;
  if (isOpen) {
    used[connection] += 1;
    return pinned;
  }
  const chosen = pods.ready[indexBelow(draw2, pods.readyCount)];
  pod[connection] = chosen;
  used[connection] = 1;
  opened[connection] = now;
  return chosen;
}
