/** How many VMs of a group serve, summed over time: what requests per VM are divided by. */
import type { VmGroup } from './vm-world.ts';

export function countServing(group: VmGroup, change: number, now: number): void {
  group.servingTime += group.serving * (now - group.servingAt);
  group.servingAt = now;
  group.serving += change;
}
