/**
 * A service's own queue, in front of its pods: an activator, or a pull queue.
 *
 *   arrival ─► queue (first come first served) ─► the pod with the fewest requests, if it has room
 *
 * Out of the path it takes what finds no pod that takes requests, and what comes while others wait
 * in it; in the path it takes everything. A pod has room up to `perPod` requests, in service and in
 * its own queue. Who waits here gives up as in a pod's queue; a full queue rejects. What is done
 * with it is in held.ts.
 */
const NONE = -1;

export interface HoldSpec {
  /** Requests that it holds at most. */
  readonly limit: number;
  readonly inPath: boolean;
  /** Requests in a pod, served and waiting there, up to which it takes from the queue. */
  readonly perPod: number;
}

/** A linked list of request rows, through `requests.next`; the first one's client still waits. */
export interface Hold {
  readonly limit: number;
  readonly perPod: number;
  inPath: boolean;
  first: number;
  last: number;
  /** Of those whose clients still wait. */
  length: number;
  /** By row: the draw that breaks ties between pods. */
  draw: Int32Array;
}

/** `room` = what a pod has room for at most, in its slots and its queue. */
export function createHold({ limit, perPod, inPath }: HoldSpec, room: number): Hold {
  return {
    limit,
    perPod: Math.min(perPod, room),
    inPath,
    first: NONE,
    last: NONE,
    length: 0,
    draw: new Int32Array(64),
  };
}

export function growHold(hold: Hold, rows: number): void {
  const { draw } = hold;
  hold.draw = new Int32Array(rows);
  hold.draw.set(draw);
}
