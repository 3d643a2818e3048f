/** A prediction in words: table rows for every page, and CSV. */
import { formatNumber, type Locale } from '../report/format.ts';
import type { Observed, Prediction, Quantity, QuantityUnit, Tolerance } from './experiment.ts';
import { local } from './local-text.ts';

export interface QuantityRow {
  readonly id: string;
  readonly label: string;
  readonly predicted: string;
  /** 5 % to 95 % of the simulated values; '' = a single value. */
  readonly range: string;
  readonly observed: string;
  readonly observedNote: string;
  readonly tolerance: string;
  readonly verdict: string;
  readonly within: boolean | null;
}

const UNITS: Readonly<Record<QuantityUnit, ReturnType<typeof local>>> = {
  s: local('s', '秒'),
  min: local('min', '分钟'),
  ms: local('ms', '毫秒'),
  '%': local('%', '%'),
  pods: local('pods', '个 Pod'),
  VMs: local('VMs', '台'),
  requests: local('requests', '个请求'),
  '': local('', ''),
};

export const ROW_WORDS = {
  quantity: local('Quantity', '量'),
  predicted: local('Simulated, median', '仿真中位数'),
  range: local('5 % to 95 %', '5% 至 95%'),
  observed: local('Observed', '实测'),
  tolerance: local('Allowed', '允许'),
  verdict: local('Verdict', '判定'),
  within: local('within', '在内'),
  outside: local('outside', '在外'),
  unjudged: local('–', '–'),
  of: {
    mean: local('mean', '均值'),
    p50: local('median', '中位数'),
    all: local('all', '全部'),
  },
};

/** Three digits, or all before the point. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return formatNumber(value);
  return formatNumber(value, size >= 10 ? 1 : 2);
}

export function quantityRows(prediction: Prediction, locale: Locale): readonly QuantityRow[] {
  return prediction.quantities.map((quantity) => quantityRow(quantity, locale));
}

function quantityRow(quantity: Quantity, locale: Locale): QuantityRow {
  const { id, label, unit, predicted, observed, tolerance, within } = quantity;
  const withUnit = (text: string) =>
    `${text}${unit === '%' ? '' : ' '}${UNITS[unit][locale]}`.trim();
  // The mean of shares of 0 % and 100 % is what their share is.
  const isShare = unit === '%' && tolerance?.of === 'mean';
  const { p50, mean, p5, p95, min, max } = predicted;
  const isSingle = isShare || min === max;
  return {
    id,
    label: label[locale],
    predicted: withUnit(formatValue(isShare ? mean : p50)),
    range: isSingle ? '' : `${formatValue(p5)}–${formatValue(p95)}`,
    observed: observed === null ? '' : withUnit(observedText(observed)),
    observedNote: observed === null ? '' : observed.text[locale],
    tolerance: tolerance === null ? '' : toleranceText(tolerance, locale),
    verdict: ROW_WORDS[verdictOf(within)][locale],
    within,
  };
}

function observedText({ low, mid, high }: Observed): string {
  if (low === high) return formatValue(mid);
  return `${formatValue(mid)} (${formatValue(low)}–${formatValue(high)})`;
}

function toleranceText({ of, low, high }: Tolerance, locale: Locale): string {
  const range = low === high ? formatValue(low) : `${formatValue(low)}–${formatValue(high)}`;
  return `${ROW_WORDS.of[of][locale]} ${range}`;
}

function verdictOf(within: boolean | null): 'within' | 'outside' | 'unjudged' {
  if (within === null) return 'unjudged';
  return within ? 'within' : 'outside';
}

/** How many quantities are judged, and how many of them lie within their tolerance. */
export function verdictCounts({ quantities }: Prediction): {
  readonly within: number;
  readonly judged: number;
} {
  const judged = quantities.filter(({ within }) => within !== null);
  return { within: judged.filter(({ within }) => within).length, judged: judged.length };
}

/** Quantities, then every point of every curve; RFC 4180, numbers unrounded. */
export function predictionCsv({ quantities, panels }: Prediction): string {
  const lines = [['kind', 'id', 'curve', 'x', 'mean', 'p5', 'p50', 'p95', 'observed']];
  for (const { id, predicted, observed } of quantities) {
    const { mean, p5, p50, p95 } = predicted;
    lines.push(['quantity', id, '', '', ...texts([mean, p5, p50, p95, observed?.mid])]);
  }
  for (const { id, curves } of panels) {
    for (const { label, kind, x, y, band } of curves) {
      x.forEach((at, i) => {
        const simulated = kind === 'predicted';
        const numbers = simulated ? [y[i], band?.low[i], undefined, band?.high[i]] : NO_NUMBERS;
        lines.push([
          'series',
          id,
          label.en,
          ...texts([at, ...numbers, simulated ? undefined : y[i]]),
        ]);
      });
    }
  }
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

const NO_NUMBERS = [undefined, undefined, undefined, undefined];

function texts(numbers: readonly (number | undefined)[]): readonly string[] {
  return numbers.map((value) => (value === undefined ? '' : String(value)));
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
