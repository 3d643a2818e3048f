/**
 * The figure of a timeline: which share of the bursts had help after how many seconds, simulated as
 * a staircase, and the quantiles of the chain drawn without a simulator as points.
 */
import type { Locale } from '../report/format.ts';
import { formatValue } from './rows.ts';
import { INKS, lineAt, pathOf, px, type Scheme, scaleOf, svgOf, textAt } from './svg.ts';
import type { Timeline } from './timelines.ts';

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 40;
const RIGHT = 346;
const TOP = 14;
const BOTTOM = 112;
const SHARES = [0.05, 0.5, 0.9, 0.99];

export function timelineFigure(
  { title, drawn }: Timeline,
  seconds: readonly number[],
  { locale, scheme }: { readonly locale: Locale; readonly scheme: Scheme },
): string {
  const inks = INKS[scheme];
  const sorted = [...seconds].sort((a, b) => a - b);
  const x = scaleOf(0, Math.max(sorted[sorted.length - 1], drawn[3]), LEFT, RIGHT);
  const y = scaleOf(0, 1, BOTTOM, TOP);
  const stairs = sorted.flatMap((value, i) => [
    [x.at(value), y.at(i / sorted.length)] as const,
    [x.at(value), y.at((i + 1) / sorted.length)] as const,
  ]);
  const { text, grid, series, observed } = inks;
  const parts = [
    ...[0, 0.5, 1].flatMap((share) => [
      lineAt([LEFT, y.at(share)], [RIGHT, y.at(share)], grid),
      textAt(LEFT - 6, y.at(share) + 4, `${share * 100} %`, {
        fill: text,
        anchor: 'end',
        size: 10,
      }),
    ]),
    ...x.ticks.map((tick) =>
      textAt(x.at(tick), BOTTOM + 14, formatValue(tick), {
        fill: text,
        anchor: 'middle',
        size: 10,
      }),
    ),
    textAt(RIGHT, BOTTOM + 30, title[locale], { fill: text, anchor: 'end', size: 11 }),
    pathOf(stairs, `fill="none" stroke="${series[0]}" stroke-width="1.6"`),
    ...drawn.map(
      (value, i) =>
        `<circle cx="${px(x.at(value))}" cy="${px(y.at(SHARES[i]))}" r="3.2" fill="${observed}"/>`,
    ),
  ];
  return svgOf({ width: WIDTH, height: HEIGHT }, parts, { title: title[locale], inks });
}
