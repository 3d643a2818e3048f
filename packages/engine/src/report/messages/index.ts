/**
 * Messages in words: a key of the catalogue and raw numbers become a sentence in a locale.
 * Templates name the unit of each number (`{p99|duration}`): the sender formats nothing.
 *
 * `{name}` takes text as it is and numbers as counts; `{n|plural:one,many}` chooses by n = 1;
 * `{x|percentInterval}` reads x, xLow and xHigh; `{s|strategy}` shows a strategy's title.
 */
import type { Comparison, Message } from '../../outcome.ts';
import {
  formatBounds,
  formatClock,
  formatCount,
  formatDuration,
  formatMoney,
  formatRate,
  formatShare,
  type Locale,
  type WallClock,
} from '../format.ts';
import { CATALOGUE } from './catalogue.ts';

export { CATALOGUE } from './catalogue.ts';

export interface RenderContext {
  readonly currency: string;
  /** Without it an instant reads "+5 min". */
  readonly clock?: WallClock;
  /** Strategy name → title in the message's locale; without it the name is shown. */
  readonly titles?: ReadonlyMap<string, string>;
}

type Params = Message['params'];
type UnitFormat = (value: number, locale: Locale, context: RenderContext) => string;

const UNITS: Readonly<Record<string, UnitFormat>> = {
  money: (value, _, { currency }) => formatMoney(value, currency),
  duration: (value, locale) => formatDuration(value, locale),
  percent: (value, locale) => formatShare(value, locale),
  rate: (value, locale) => formatRate(value, locale),
  count: (value) => formatCount(value),
  clock: (value, locale, { clock }) =>
    clock === undefined ? `+${formatDuration(value, locale)}` : formatClock(value, clock),
};

const PLACEHOLDER = /\{(\w+)(?:\|(\w+)(?::([^,}]*),([^}]*))?)?\}/g;

/** A key that the catalogue lacks is shown as it is: a report never fails for a missing word. */
export function renderMessage(
  message: Message,
  locale: Locale,
  context: string | RenderContext,
): string {
  const template = templateOf(message.key, locale);
  if (template === undefined) return message.key;
  const full = typeof context === 'string' ? { currency: context } : context;
  const text = template.replace(PLACEHOLDER, (whole, name, unit, one, many) => {
    const value = own(message.params, name);
    if (value === undefined) return whole;
    if (unit === 'plural') return value === 1 ? one : many;
    if (unit === 'strategy') return strategyTitle(String(value), full);
    if (typeof value === 'string') return value;
    if (unit === 'percentInterval') return percentInterval(message.params, name, locale);
    const format = unit === undefined ? UNITS.count : (UNITS[unit] ?? UNITS.count);
    return format(value, locale, full);
  });
  return locale === 'zh-CN' ? spacedUnits(text) : text;
}

/** "560 ms 后": a Latin unit stands apart from the Chinese character after it. */
function spacedUnits(text: string): string {
  return text.replace(/(\d (?:ms|µs))(?=[\u4e00-\u9fff])/g, '$1 ');
}

/** A label or sentence of the catalogue; for parameters with units use `renderMessage`. */
export function label(key: string, locale: Locale, params: Params = {}): string {
  return renderMessage({ key, params }, locale, '');
}

/** What the messages of a comparison need to be rendered. */
export function renderContext(comparison: Comparison, locale: Locale): Required<RenderContext> {
  return {
    currency: comparison.scenario.currency,
    clock: comparison.scenario.clock,
    titles: new Map(comparison.strategies.map(({ name, title }) => [name, title[locale]])),
  };
}

function templateOf(key: string, locale: Locale): string | undefined {
  const templates = CATALOGUE[locale];
  return Object.hasOwn(templates, key) ? templates[key] : undefined;
}

function own(params: Params, name: string): string | number | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** A title is a phrase of its own and needs quotes inside a sentence; a name is a plain word. */
function strategyTitle(name: string, { titles }: RenderContext): string {
  const title = titles?.get(name);
  return title === undefined || title === name ? name : `“${title}”`;
}

function percentInterval(params: Params, name: string, locale: Locale): string {
  const mean = Number(params[name]);
  const low = Number(own(params, `${name}Low`) ?? mean);
  const high = Number(own(params, `${name}High`) ?? mean);
  const text = (value: number) => formatShare(value, locale);
  const bounds = formatBounds({ mean, low, high }, text);
  // The unit once is enough: 44.4 % [43.9, 44.8].
  return bounds === null ? text(mean) : `${text(mean)} ${bounds.replace(/ ?%/g, '')}`;
}
