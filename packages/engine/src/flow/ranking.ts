/**
 * Ready pods sorted by outstanding requests. Counts change by one at a time, so a change is one
 * swap with the edge of its block:
 *
 *   order       [ 3 0 | 2 5 1 | 4 ]     outstanding 0 0 | 1 1 1 | 2
 *   blockStart  [ 0,    2,      5, 6 …]
 */
import type { Pods, Ranking } from './columns.ts';

/** To be called before the pod's outstanding count rises from `outstanding`. */
export function rankUp(ranking: Ranking, pod: number, outstanding: number): void {
  const at = ranking.position[pod];
  if (at < 0) return;
  if (outstanding + 2 >= ranking.blockStart.length) growBlocks(ranking);
  const last = ranking.blockStart[outstanding + 1] - 1;
  swap(ranking, at, last);
  ranking.blockStart[outstanding + 1] = last;
}

/** To be called before the pod's outstanding count falls from `outstanding`. */
export function rankDown(ranking: Ranking, pod: number, outstanding: number): void {
  const at = ranking.position[pod];
  if (at < 0) return;
  const first = ranking.blockStart[outstanding];
  swap(ranking, at, first);
  ranking.blockStart[outstanding] = first + 1;
}

function swap(ranking: Ranking, a: number, b: number): void {
  const { order, position } = ranking;
  const podA = order[a];
  const podB = order[b];
  order[a] = podB;
  order[b] = podA;
  position[podB] = a;
  position[podA] = b;
}

/** Counts above the table have their (empty) block at the end of the order. */
function growBlocks(ranking: Ranking): void {
  const old = ranking.blockStart;
  const blockStart = new Int32Array(old.length * 2).fill(old[old.length - 1]);
  blockStart.set(old);
  ranking.blockStart = blockStart;
}

/** Ranks the ready pods anew, after the set of them has changed. */
export function rebuildRanking(pods: Pods): void {
  const { ranking } = pods;
  if (ranking === null) return;
  const ready = Array.from(pods.ready.subarray(0, pods.readyCount));
  const outstanding = (pod: number) => pods.busy[pod] + pods.queueLength[pod];
  ready.sort((a, b) => outstanding(a) - outstanding(b) || a - b);
  ranking.position.fill(-1);
  const highest = ready.length === 0 ? 0 : outstanding(ready[ready.length - 1]);
  const blocks = Math.max(ranking.blockStart.length, highest + 3);
  ranking.blockStart = new Int32Array(blocks).fill(ready.length);
  for (let i = ready.length - 1; i >= 0; i--) {
    ranking.order[i] = ready[i];
    ranking.position[ready[i]] = i;
  }
  let count = 0;
  for (let i = 0; i < ready.length; i++) {
    for (; count <= outstanding(ready[i]); count++) ranking.blockStart[count] = i;
  }
}
