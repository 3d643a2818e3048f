/** Little charts as SVG text: axes, lines, bands, points. Sizes in pixels. */

export type Scheme = 'light' | 'dark';

/** Colours that are read on both grounds. */
export interface Inks {
  readonly text: string;
  readonly grid: string;
  readonly ground: string;
  readonly series: readonly string[];
  readonly observed: string;
}

export const INKS: Readonly<Record<Scheme, Inks>> = {
  light: {
    text: '#3b4252',
    grid: '#dfe3ea',
    ground: '#ffffff',
    series: ['#2f6fdb', '#0b8f7a', '#8a5cd6', '#b7791f', '#c2478a', '#5d6b7e'],
    observed: '#d9480f',
  },
  dark: {
    text: '#c9d1dc',
    grid: '#3a414d',
    ground: '#1b1f27',
    series: ['#6ea3ff', '#35c3ab', '#b493f5', '#e0a84a', '#ea82b8', '#9aa7b8'],
    observed: '#ff8a4c',
  },
};

/** Maps values to pixels. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

const TICKS = 4;
const STEPS = [1, 2, 2.5, 5, 10];

/** From 0 or `low` to a round number above `high`. */
export function scaleOf(low: number, high: number, from: number, to: number): Scale {
  const step = roundStep((high - low) / TICKS);
  const start = Math.floor(low / step) * step;
  const end = Math.max(start + step, Math.ceil(high / step) * step);
  const count = Math.round((end - start) / step);
  return {
    at: (value) => from + ((value - start) / (end - start)) * (to - from),
    ticks: Array.from({ length: count + 1 }, (_, i) => Number((start + i * step).toPrecision(12))),
  };
}

function roundStep(raw: number): number {
  if (raw <= 0) return 1;
  let magnitude = 1;
  while (magnitude > raw) magnitude /= 10;
  while (magnitude * 10 <= raw) magnitude *= 10;
  const factor = STEPS.find((step) => step * magnitude >= raw) ?? 10;
  return factor * magnitude;
}

/** Pixels, to a tenth. */
export function px(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface TextStyle {
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly bold?: boolean;
}

export function textAt(x: number, y: number, text: string, style: TextStyle): string {
  const { fill, anchor = 'start', size = 11, bold = false } = style;
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${px(x)}" y="${px(y)}" fill="${fill}" font-size="${size}" text-anchor="${anchor}"${weight}>${escaped(text)}</text>`;
}

export function lineAt(
  from: readonly [number, number],
  to: readonly [number, number],
  ink: string,
) {
  return `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke="${ink}"/>`;
}

/** A line through points; `closed` fills it instead. */
export function pathOf(points: readonly (readonly [number, number])[], attributes: string): string {
  const steps = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`);
  return `<path d="${steps.join('')}" ${attributes}/>`;
}

export function svgOf(
  size: { readonly width: number; readonly height: number },
  parts: readonly string[],
  about: { readonly title: string; readonly inks: Inks },
): string {
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(about.title).replaceAll('"', '&quot;')}" font-family="system-ui, sans-serif">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${about.inks.ground}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}
