/** When the node autoscaler has its next turn: one at a time, the newest word counts. */
import type { World } from './world.ts';

export function scheduleTurn({ nodeLoop, calendar }: World, at: number): void {
  nodeLoop.turn += 1;
  calendar.schedule(at, { kind: 'scan', turn: nodeLoop.turn });
}

/** A pod has found no node. */
export function askForNode(world: World, now: number): void {
  const { nodeLoop } = world;
  if (nodeLoop.isAsked) return;
  nodeLoop.isAsked = true;
  if (nodeLoop.onPending && nodeLoop.decision === null) scheduleTurn(world, now);
}
