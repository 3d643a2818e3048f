/**
 * Waiting requests by the instant at which they lose their patience, where patience is drawn: a
 * binary heap of request rows. A row that starts or is lost leaves it at once, so it never holds
 * more than the queues do.
 *
 * Order is total: instant, then source, then the order of arrival.
 */
const NONE = -1;

export interface PatienceQueue {
  length: number;
  rows: Int32Array;
  /** By row: where it stands in `rows`, −1 = nowhere. */
  position: Int32Array;
  /** By row, µs. */
  instant: Float64Array;
  source: Uint16Array;
  arrived: Float64Array;
  /** Rows that ever joined. */
  joined: number;
}

export function createPatienceQueue(size: number): PatienceQueue {
  return {
    length: 0,
    rows: new Int32Array(size),
    position: new Int32Array(size).fill(NONE),
    instant: new Float64Array(size),
    source: new Uint16Array(size),
    arrived: new Float64Array(size),
    joined: 0,
  };
}

export function joinPatience(
  queue: PatienceQueue,
  row: number,
  instant: number,
  source: number,
): void {
  if (row >= queue.rows.length) grow(queue, row);
  queue.instant[row] = instant;
  queue.source[row] = source;
  queue.arrived[row] = queue.joined++;
  rise(queue, queue.length++, row);
}

/** Takes the row out, if it is there. */
export function leavePatience(queue: PatienceQueue, row: number): void {
  if (row >= queue.position.length) return;
  const at = queue.position[row];
  if (at === NONE) return;
  queue.position[row] = NONE;
  const last = queue.rows[--queue.length];
  if (last === row) return;
  if (at > 0 && before(queue, last, queue.rows[(at - 1) >> 1])) rise(queue, at, last);
  else sink(queue, at, last);
}

function before(queue: PatienceQueue, a: number, b: number): boolean {
  const { instant, source, arrived } = queue;
  if (instant[a] !== instant[b]) return instant[a] < instant[b];
  if (source[a] !== source[b]) return source[a] < source[b];
  return arrived[a] < arrived[b];
}

function rise(queue: PatienceQueue, from: number, row: number): void {
  const { rows, position } = queue;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(queue, row, rows[parent])) break;
    rows[at] = rows[parent];
    position[rows[at]] = at;
    at = parent;
  }
  rows[at] = row;
  position[row] = at;
}

function sink(queue: PatienceQueue, from: number, row: number): void {
  const { rows, position, length } = queue;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && before(queue, rows[child + 1], rows[child])) child++;
    if (!before(queue, rows[child], row)) break;
    rows[at] = rows[child];
    position[rows[at]] = at;
    at = child;
  }
  rows[at] = row;
  position[row] = at;
}

function grow(queue: PatienceQueue, row: number): void {
  let size = queue.rows.length;
  while (size <= row) size *= 2;
  const old = createPatienceQueue(size);
  old.rows.set(queue.rows);
  old.position.set(queue.position);
  old.instant.set(queue.instant);
  old.source.set(queue.source);
  old.arrived.set(queue.arrived);
  queue.rows = old.rows;
  queue.position = old.position;
  queue.instant = old.instant;
  queue.source = old.source;
  queue.arrived = old.arrived;
}
