/**
 * Memory of the pods whose service says what it needs: a base, and more for each request that the
 * pod holds. Above the limit of its Deployment its container is killed. Looked at once a second;
 * memory of the node itself is not watched.
 */
import { failContainer } from './restarts.ts';
import type { Deployment, World } from './world.ts';

/** Pods that may be killed for their memory; bytes. */
interface Watched {
  readonly deployment: Deployment;
  readonly base: number;
  readonly perRequest: number;
  readonly limit: number;
}

export function watchedInMemory({ deployments }: World): readonly Watched[] {
  return deployments.flatMap((deployment) => {
    const { memory, workload } = deployment.model.service;
    const { memoryLimit: limit } = workload;
    return memory === undefined || limit === undefined ? [] : [{ deployment, ...memory, limit }];
  });
}

export function watchMemory(world: World, watched: readonly Watched[], now: number): void {
  for (const { deployment, base, perRequest, limit } of watched) {
    const { model, pods } = deployment;
    // Killed pods stay in the list, unless they are on their way out.
    for (const pod of [...pods]) {
      if (!pod.container.isUp) continue;
      const held = model.plane.outstanding(pod.column, now);
      if (base + held * perRequest <= limit) continue;
      failContainer(world, pod, now, 'oom');
    }
  }
}
