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

export function rankIn(pods: Pods, pod: number): void {
  if (pods.ranking !== null) enter(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
}

export function rankOut(pods: Pods, pod: number): void {
  if (pods.ranking !== null) leave(pods.ranking, pod, pods.busy[pod] + pods.queueLength[pod]);
}

/**
 * Adds a pod at the end of its block: every higher block moves its first pod to its end, which
 * shifts the block by one. As many steps as there are counts, however many pods.
 */
export function enter(ranking: Ranking, pod: number, outstanding: number): void {
  while (outstanding + 2 >= ranking.blockStart.length) growBlocks(ranking);
  const { order, position, blockStart } = ranking;
  let hole = blockStart[blockStart.length - 1];
  for (let block = blockStart.length - 1; block > outstanding; block--) {
    const first = blockStart[block];
    if (first < hole) {
      order[hole] = order[first];
      position[order[hole]] = hole;
      hole = first;
    }
    blockStart[block] = first + 1;
  }
  order[hole] = pod;
  position[pod] = hole;
}

/** Takes a pod out: from its block up, the last pod of each fills the place that is left. */
export function leave(ranking: Ranking, pod: number, outstanding: number): void {
  if (ranking.position[pod] < 0) return;
  const { order, position, blockStart } = ranking;
  let hole = position[pod];
  position[pod] = -1;
  for (let block = outstanding + 1; block < blockStart.length; block++) {
    const last = blockStart[block] - 1;
    if (last > hole) {
      order[hole] = order[last];
      position[order[hole]] = hole;
      hole = last;
    }
    blockStart[block] = last;
  }
}
