/**
 * A pool of connections per pod of the caller: a call that finds none free waits its turn, in the
 * order in which calls came. A linked list per pod, its nodes reused.
 */
const NONE = -1;

export interface Connections {
  readonly limit: number;
  /** By pod of the caller. */
  inUse: Int32Array;
  first: Int32Array;
  last: Int32Array;
  /** By node: the request row that waits, and the node behind it. */
  row: Int32Array;
  next: Int32Array;
  unused: number;
}

export function createConnections(limit: number): Connections {
  return {
    limit,
    inUse: new Int32Array(16),
    first: new Int32Array(16).fill(NONE),
    last: new Int32Array(16).fill(NONE),
    row: new Int32Array(64),
    next: chain(new Int32Array(64), 0),
    unused: 0,
  };
}

/** Takes a connection for the pod, or lets the row wait for one. */
export function takeConnection(pool: Connections, pod: number, row: number): boolean {
  if (pod >= pool.inUse.length) growPods(pool, pod);
  if (pool.inUse[pod] < pool.limit) {
    pool.inUse[pod] += 1;
    return true;
  }
  const node = pool.unused === NONE ? growNodes(pool) : pool.unused;
  pool.unused = pool.next[node];
  pool.row[node] = row;
  pool.next[node] = NONE;
  if (pool.last[pod] === NONE) pool.first[pod] = node;
  else pool.next[pool.last[pod]] = node;
  pool.last[pod] = node;
  return false;
}

/** A connection of the pod is free: the row that has waited longest, which takes it, or NONE. */
export function passConnection(pool: Connections, pod: number): number {
  const node = pool.first[pod];
  if (node === NONE) {
    pool.inUse[pod] -= 1;
    return NONE;
  }
  pool.first[pod] = pool.next[node];
  if (pool.first[pod] === NONE) pool.last[pod] = NONE;
  pool.next[node] = pool.unused;
  pool.unused = node;
  return pool.row[node];
}

/** Links the nodes from `from` on into a list that ends with the last. */
function chain(next: Int32Array, from: number): Int32Array {
  for (let node = from; node < next.length; node++) next[node] = node + 1;
  next[next.length - 1] = NONE;
  return next;
}

function growNodes(pool: Connections): number {
  const size = pool.row.length;
  const row = new Int32Array(size * 2);
  const next = new Int32Array(size * 2);
  row.set(pool.row);
  next.set(pool.next);
  pool.row = row;
  pool.next = chain(next, size);
  return size;
}

function growPods(pool: Connections, pod: number): void {
  let size = pool.inUse.length;
  while (size <= pod) size *= 2;
  const inUse = new Int32Array(size);
  const first = new Int32Array(size).fill(NONE);
  const last = new Int32Array(size).fill(NONE);
  inUse.set(pool.inUse);
  first.set(pool.first);
  last.set(pool.last);
  pool.inUse = inUse;
  pool.first = first;
  pool.last = last;
}
