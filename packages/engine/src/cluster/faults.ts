/** Faults that the scenario asks for: pods that serve, drawn at random, lose their process. */
import { nextUniform } from '../kernel/random.ts';
import type { Fault } from '../scenario/scenario.ts';
import { failContainer } from './restarts.ts';
import type { World } from './world.ts';

export function strike(world: World, { service, count }: Fault, now: number): void {
  for (const { index, model, pods } of world.deployments) {
    if (service !== undefined && service !== model.service.name) continue;
    const serving = pods.filter(({ state }) => state === 'ready');
    for (let hit = 0; hit < count && serving.length > 0; hit++) {
      const at = Math.floor(nextUniform(world.faultStreams(index)) * serving.length);
      const [pod] = serving.splice(at, 1);
      failContainer(world, pod, now, 'crash');
    }
  }
}
