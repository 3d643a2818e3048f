/** Times in which a pod that had been serving did not: after a crash, or out of the endpoints. */
import type { Pod } from './world.ts';

export function openOutage({ life }: Pod, now: number): void {
  if (life.routed === undefined) return;
  life.outages ??= [];
  if (life.outages.at(-1)?.to === null) return;
  life.outages.push({ from: now, to: null });
}

export function closeOutage({ life }: Pod, now: number): void {
  const last = life.outages?.at(-1);
  if (last !== undefined && last.to === null) last.to = now;
}
