/**
 * Thresholds: `<= 800ms`, `>= 99%`, `< 12.5`, or `< 50% of vm-peak`. The value is read in the unit
 * of its measure.
 */
import { MEASURES, type MeasureUnit } from '../measures.ts';
import { type Reading, readDuration } from './durations.ts';
import { MONEY_SCALE } from './field-values.ts';
import { readShare } from './quantities.ts';
import type { Threshold } from './scenario.ts';

export type Limit = Pick<Threshold, 'operator' | 'value' | 'relativeTo'>;

export const THRESHOLD_FORMS = '<= 800ms, >= 99%, < 12.5, or < 50% of vm-peak';

export function isMeasure(name: string): name is keyof typeof MEASURES {
  return Object.hasOwn(MEASURES, name);
}

export function readThreshold(measure: keyof typeof MEASURES, text: string): Reading<Limit> {
  const match = /^(<=|>=|<|>)\s*([^\s<>=]+)(?:\s+of\s+([^\s]+))?$/.exec(text.trim());
  if (match === null) return { code: 'E_THRESHOLD' };
  const operator = match[1] as Limit['operator'];
  const relativeTo = match[3];
  if (relativeTo !== undefined) {
    const factor = readShare(match[2]);
    return 'value' in factor ? { value: { operator, value: factor.value, relativeTo } } : factor;
  }
  const reading = READERS[MEASURES[measure].unit](match[2]);
  return 'value' in reading ? { value: { operator, value: reading.value } } : reading;
}

const READERS: Readonly<Record<MeasureUnit, (text: string) => Reading<number>>> = {
  duration: readDuration,
  share: (text) => (/^\d*\.?\d+$/.test(text) ? { value: Number(text) } : readShare(text)),
  count: readNumber,
  coreHours: readNumber,
  money: (text) => {
    const reading = readNumber(text);
    return 'value' in reading ? { value: Math.round(reading.value * MONEY_SCALE) } : reading;
  },
};

function readNumber(text: string): Reading<number> {
  if (/\d,\d/.test(text)) return { code: 'E_TYPE', hint: 'write a decimal point, not a comma' };
  if (/^\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  const hint = text.endsWith('%') ? { hint: `compare with a strategy: < ${text} of vm-peak` } : {};
  return { code: 'E_THRESHOLD', problem: 'this measure is a plain number', ...hint };
}
