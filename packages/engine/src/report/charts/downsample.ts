/**
 * Long series for small charts: rows are cut into equal buckets, of which each keeps its lowest and
 * highest value in their order of time, so that no peak and no gap vanishes. All columns share
 * the same instants (the bucket's first and middle row), so that a pointer reads one instant
 * everywhere; an extreme is shown at most one bucket away from where it was.
 */
const POINTS_MAX = 1000;

export type Column = readonly (number | null)[];

/** Rows per bucket; 1 = every row is kept. */
function bucketSize(rows: number): number {
  return rows <= POINTS_MAX ? 1 : Math.ceil(rows / (POINTS_MAX / 2));
}

/** The row at which each point of a downsampled column is drawn. */
export function pointRows(rows: number): number[] {
  const size = bucketSize(rows);
  const points: number[] = [];
  for (let row = 0; row < rows; row += size) {
    points.push(row);
    const second = secondRow(row, size, rows);
    if (second > row) points.push(second);
  }
  return points;
}

/** One value per point of `pointRows`; null where nothing is defined in the bucket. */
export function downsample(column: Column): (number | null)[] {
  const size = bucketSize(column.length);
  if (size === 1) return [...column];
  const values: (number | null)[] = [];
  for (let row = 0; row < column.length; row += size) {
    const [first, second] = extremes(column, row, Math.min(row + size, column.length));
    values.push(first);
    if (secondRow(row, size, column.length) > row) values.push(second);
  }
  return values;
}

/** Where a bucket's second point is drawn: its middle, in a short last bucket the last row. */
function secondRow(row: number, size: number, rows: number): number {
  return Math.min(row + Math.floor(size / 2), rows - 1);
}

/** Lowest and highest value of the rows [from, to), the earlier one first. */
function extremes(column: Column, from: number, to: number): [number | null, number | null] {
  let low = -1;
  let high = -1;
  for (let row = from; row < to; row++) {
    const value = column[row];
    if (value === null) continue;
    if (low < 0 || value < (column[low] as number)) low = row;
    if (high < 0 || value > (column[high] as number)) high = row;
  }
  if (low < 0) return [null, null];
  return [column[Math.min(low, high)], column[Math.max(low, high)]];
}
