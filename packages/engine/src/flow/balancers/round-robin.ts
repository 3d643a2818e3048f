/** The ready pods in turn: nginx's default method. */
import type { Pods } from '../columns.ts';

export function roundRobin(pods: Pods, _draw1: number, _draw2: number): number {
  const at = pods.cursor < pods.readyCount ? pods.cursor : 0;
  pods.cursor = at + 1;
  return pods.ready[at];
}
