import type { TableColumn } from '@peakless/engine';

/** Places of the columns, the baseline's first, the others in the scenario's order. */
export function baselineFirst(columns: readonly TableColumn[]): readonly number[] {
  const places = columns.map((_, index) => index);
  const isBaseline = (index: number) => columns[index]?.baseline ?? false;
  return [...places.filter(isBaseline), ...places.filter((index) => !isBaseline(index))];
}
