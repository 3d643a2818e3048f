/**
 * Memory of the pods whose service says what it needs: a base, and more for each request that the
 * pod holds. Above the limit of its Deployment its container is killed. Looked at once a second;
 * memory of the node itself is not watched.
 */
import { failContainer } from './restarts.ts';
import type { Deployment, World } from './world.ts';

/** Those whose pods may be killed for it. */
export function limitedInMemory({ deployments }: World): readonly Deployment[] {
  return deployments.filter(({ model: { service } }) => {
    return service.memory !== undefined && service.workload.memoryLimit !== undefined;
  });
}

export function watchMemory(world: World, watched: readonly Deployment[], now: number): void {
  for (const { model, pods } of watched) {
    const { memory, workload } = model.service;
    const { memoryLimit } = workload;
    if (memory === undefined || memoryLimit === undefined) continue;
    // Killed pods stay in the list, unless they are on their way out.
    for (const pod of [...pods]) {
      if (!pod.container.isUp) continue;
      const held = model.plane.outstanding(pod.column, now);
      if (memory.base + held * memory.perRequest <= memoryLimit) continue;
      failContainer(world, pod, now, 'oom');
    }
  }
}
