/**
 * The figure of an experiment: its panels over their whole length, simulated with the band in which
 * nine of ten runs lie and observed as points; without panels, a bar per quantity from 5 % to 95 %
 * with its median, and what was observed below it.
 */
import type { Locale } from '../report/format.ts';
import type { Curve, Experiment, Panel, Prediction, Quantity } from './experiment.ts';
import { local } from './local-text.ts';
import { formatValue } from './rows.ts';
import {
  INKS,
  type Inks,
  lineAt,
  pathOf,
  px,
  type Scale,
  type Scheme,
  scaleOf,
  svgOf,
  textAt,
} from './svg.ts';

export interface FigureOptions {
  readonly locale: Locale;
  readonly scheme: Scheme;
}

const WIDTH = 720;
const MARGIN = 16;
const LEFT = 60;
const HEAD = 30;
const FOOT = 34;
const PANEL = 150;
const BAR = 34;
const LABEL = 330;
/** Room for what a bar that is cut says. */
const BEYOND = 50;
/** Bars end at so many times the largest median: a few nodes took 25 minutes. */
const LARGEST_RATIO = 2.5;

const WORDS = {
  simulated: local('simulated, 5 % to 95 %', '仿真（5% 至 95%）'),
  observed: local('observed', '实测'),
};

export function experimentFigure(
  { title }: Pick<Experiment, 'title'>,
  { panels, quantities }: Prediction,
  options: FigureOptions,
): string {
  const inks = INKS[options.scheme];
  const about = { title: title[options.locale], inks };
  if (panels.length === 0) {
    const bars = quantities.filter(({ observed, unit }) => observed !== null && unit !== '%');
    const height = HEAD + bars.length * BAR + FOOT + MARGIN;
    return svgOf({ width: WIDTH, height }, barParts(bars, { ...options, inks }), about);
  }
  const parts = panels.flatMap((panel, i) =>
    panelParts(panel, i * (HEAD + PANEL + FOOT), { ...options, inks }),
  );
  const height = panels.length * (HEAD + PANEL + FOOT) + MARGIN;
  return svgOf({ width: WIDTH, height }, parts, about);
}

interface Drawing extends FigureOptions {
  readonly inks: Inks;
}

function panelParts(panel: Panel, top: number, { inks, locale }: Drawing): readonly string[] {
  const from = top + HEAD + 8;
  const to = from + PANEL - 8;
  const values = panel.curves.flatMap(({ y, band }) => [...y, ...(band?.high ?? [])]);
  const places = panel.curves.flatMap(({ x }) => x);
  const x = scaleOf(Math.min(...places), Math.max(...places), LEFT, WIDTH - MARGIN);
  const y = scaleOf(0, Math.max(...values), to, from);
  const many = panel.curves.length > 2;
  const ink = ({ kind }: Curve, i: number) =>
    kind === 'observed' ? inks.observed : inks.series[i % inks.series.length];
  return [
    textAt(MARGIN, top + 22, panel.title[locale], { fill: inks.text, size: 13, bold: true }),
    ...legend(panel.curves, top + 22, { ink, locale, text: inks.text }),
    ...y.ticks.flatMap((tick) => [
      lineAt([LEFT, y.at(tick)], [WIDTH - MARGIN, y.at(tick)], inks.grid),
      textAt(LEFT - 6, y.at(tick) + 4, formatValue(tick), { fill: inks.text, anchor: 'end' }),
    ]),
    ...axisX(x, to, panel.x[locale], inks),
    ...panel.curves.flatMap((curve, i) => curveParts(curve, { x, y, ink: ink(curve, i), many })),
  ];
}

function axisX(x: Scale, y: number, title: string, inks: Inks): readonly string[] {
  return [
    ...x.ticks.map((tick) =>
      textAt(x.at(tick), y + 15, formatValue(tick), { fill: inks.text, anchor: 'middle' }),
    ),
    textAt(WIDTH - MARGIN, y + 30, title, { fill: inks.text, anchor: 'end' }),
  ];
}

function legend(
  curves: readonly Curve[],
  y: number,
  { ink, locale, text }: { ink: (curve: Curve, i: number) => string; locale: Locale; text: string },
): readonly string[] {
  let right = WIDTH - MARGIN;
  return [...curves.entries()].reverse().flatMap(([i, curve]) => {
    const label = curve.label[locale];
    const width = 24 + 6.2 * label.length * (locale === 'en' ? 1 : 1.7);
    right -= width;
    return [
      `<rect x="${px(right)}" y="${px(y - 9)}" width="12" height="8" rx="2" fill="${ink(curve, i)}"/>`,
      textAt(right + 16, y, label, { fill: text }),
    ];
  });
}

function curveParts(
  { kind, x: places, y: values, band }: Curve,
  { x, y, ink, many }: { x: Scale; y: Scale; ink: string; many: boolean },
): readonly string[] {
  if (kind === 'observed') {
    return places.map(
      (place, i) =>
        `<circle cx="${px(x.at(place))}" cy="${px(y.at(values[i]))}" r="2.6" fill="${ink}"/>`,
    );
  }
  const point = (of: readonly number[]) => (place: number, i: number) =>
    [x.at(place), y.at(of[i])] as const;
  const line = pathOf(places.map(point(values)), `fill="none" stroke="${ink}" stroke-width="1.6"`);
  if (band === undefined || many) return [line];
  const area = [...places.map(point(band.high)), ...places.map(point(band.low)).reverse()];
  return [pathOf(area, `fill="${ink}" fill-opacity="0.18" stroke="none"`), line];
}

interface Bar {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Longest that is drawn. */
  readonly cut: number;
}

function barParts(quantities: readonly Quantity[], { inks, locale }: Drawing): readonly string[] {
  const most = Math.max(...quantities.map(({ predicted }) => predicted.p50));
  const cut = LARGEST_RATIO * most;
  const ends = quantities.flatMap(({ predicted, observed }) => [
    predicted.p95,
    observed?.high ?? 0,
  ]);
  const x = scaleOf(0, Math.min(cut, Math.max(...ends)), LABEL, WIDTH - MARGIN - BEYOND);
  const bottom = HEAD + quantities.length * BAR;
  return [
    `<rect x="${LABEL}" y="13" width="12" height="8" rx="2" fill="${inks.series[0]}"/>`,
    textAt(LABEL + 16, 21, WORDS.simulated[locale], { fill: inks.text }),
    `<rect x="${LABEL + 180}" y="13" width="12" height="8" rx="2" fill="${inks.observed}"/>`,
    textAt(LABEL + 196, 21, WORDS.observed[locale], { fill: inks.text }),
    ...x.ticks.map((tick) => lineAt([x.at(tick), HEAD], [x.at(tick), bottom], inks.grid)),
    ...axisX(x, bottom, '', inks),
    ...quantities.flatMap(({ label, unit, predicted, observed }, i) => {
      const y = HEAD + i * BAR + 10;
      const { p5, p50, p95 } = predicted;
      const name = unit === 's' || unit === '' ? label[locale] : `${label[locale]} (${unit})`;
      return [
        textAt(LABEL - 10, y + 10, name, { fill: inks.text, anchor: 'end' }),
        ...bar(x, y, { low: p5, mid: p50, high: p95, cut }, inks.series[0]),
        ...(observed === null ? [] : bar(x, y + 10, { ...observed, cut }, inks.observed)),
      ];
    }),
  ];
}

function bar(x: Scale, y: number, { low, mid, high, cut }: Bar, ink: string): readonly string[] {
  const end = x.at(Math.min(high, cut));
  const width = Math.max(1, end - x.at(low));
  const beyond =
    high > cut ? [textAt(end + 3, y + 7, `→ ${formatValue(high)}`, { fill: ink })] : [];
  return [
    `<rect x="${px(x.at(low))}" y="${px(y)}" width="${px(width)}" height="6" rx="2" fill="${ink}" fill-opacity="0.45"/>`,
    `<rect x="${px(x.at(mid) - 1.5)}" y="${px(y - 1)}" width="3" height="8" fill="${ink}"/>`,
    ...beyond,
  ];
}
