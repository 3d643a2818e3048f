/**
 * The series of a prediction as tables: a row per instant, a column per curve; panels over the same
 * instants share a table. A row that says what the one before says is left out.
 */
import type { Locale } from '../report/format.ts';
import type { Curve, Panel, Prediction } from './experiment.ts';
import { formatValue } from './rows.ts';

export interface SeriesTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function seriesTables({ panels }: Prediction, locale: Locale): readonly SeriesTable[] {
  const groups: Panel[][] = [];
  for (const panel of panels) {
    const group = groups.find(([first]) => isAlike(first, panel));
    if (group === undefined) groups.push([panel]);
    else group.push(panel);
  }
  return groups.map((group) => tableOf(group, locale));
}

/** One curve is simulated in each, over the same instants. */
function isAlike(a: Panel, b: Panel): boolean {
  const simulated = (panel: Panel) => panel.curves.filter(({ kind }) => kind === 'predicted');
  if (simulated(a).length !== 1 || simulated(b).length !== 1) return false;
  return a.x.en === b.x.en && instants(a).length === instants(b).length;
}

function instants({ curves }: Panel): readonly number[] {
  return curves.reduce<readonly number[]>((most, { x }) => (x.length > most.length ? x : most), []);
}

function tableOf(group: readonly Panel[], locale: Locale): SeriesTable {
  const [first] = group;
  const columns = group.flatMap(({ title, curves }) =>
    curves.map((curve) => ({
      curve,
      title: group.length > 1 ? `${title[locale]}, ${curve.label[locale]}` : curve.label[locale],
    })),
  );
  const rows = instants(first).map((at) => [
    formatValue(at),
    ...columns.map(({ curve }) => cellOf(curve, at)),
  ]);
  const telling = rows.filter((row, i) => {
    const before = rows[i - 1];
    return (
      before === undefined || row.some((cell, column) => column > 0 && cell !== before[column])
    );
  });
  const corner = group.length > 1 ? first.x[locale] : `${first.title[locale]}: ${first.x[locale]}`;
  return { head: [corner, ...columns.map(({ title }) => title)], rows: telling };
}

function cellOf({ x, y, band }: Curve, at: number): string {
  const i = x.indexOf(at);
  if (i < 0) return '';
  const value = formatValue(y[i]);
  if (band === undefined || band.low[i] === band.high[i]) return value;
  return `${value} (${formatValue(band.low[i])}–${formatValue(band.high[i])})`;
}
