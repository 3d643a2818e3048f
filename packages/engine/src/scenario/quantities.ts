/**
 * Quantities as text: Kubernetes quantities (`500m`, `1.5Gi`, `1e3`), sizes (`380MB`, `512MiB`),
 * rates (`200/s`) and shares (`30%`). Kubernetes quantities are read exactly, in integers.
 *
 * @source Kubernetes, apimachinery pkg/api/resource/quantity.go: sign, number, then one of
 * `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei` or a decimal exponent, never two.
 */
import type { Reading } from './durations.ts';

const LONGEST_TEXT = 64;
const DECIMAL_COMMA = 'write a decimal point, not a comma';

/** Suffix → multiplier in thousandths, so that n, u and m stay integers where they can. */
const SUFFIXES: ReadonlyMap<string, bigint> = new Map([
  ['', 1000n],
  ['m', 1n],
  ['k', 10n ** 6n],
  ['M', 10n ** 9n],
  ['G', 10n ** 12n],
  ['T', 10n ** 15n],
  ['P', 10n ** 18n],
  ['E', 10n ** 21n],
  ['Ki', 1000n << 10n],
  ['Mi', 1000n << 20n],
  ['Gi', 1000n << 30n],
  ['Ti', 1000n << 40n],
  ['Pi', 1000n << 50n],
  ['Ei', 1000n << 60n],
]);

/** Sizes as people write them, besides the suffixes of Kubernetes. */
const SIZE_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['kB', 'k'],
  ['MB', 'M'],
  ['GB', 'G'],
  ['TB', 'T'],
  ['KiB', 'Ki'],
  ['MiB', 'Mi'],
  ['GiB', 'Gi'],
  ['TiB', 'Ti'],
]);

interface Thousandths {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The quantity in thousandths of its unit, exactly. */
function readThousandths(text: string): Reading<Thousandths> {
  if (text.length > LONGEST_TEXT) return { code: 'E_QUANTITY' };
  if (/\d,\d/.test(text)) return { code: 'E_TYPE', hint: DECIMAL_COMMA };
  const match =
    /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (match === null) return { code: 'E_QUANTITY', ...repair(text) };
  const [whole, decimals = ''] = match[2].split('.');
  const digits = BigInt(`${whole}${decimals}`);
  const suffix = match[3] ?? '';
  let numerator = (match[1] === '-' ? -digits : digits) * (SUFFIXES.get(suffix) ?? 1n);
  let denominator = 10n ** BigInt(decimals.length);
  if (suffix === 'u') denominator *= 1000n;
  if (suffix === 'n') denominator *= 1_000_000n;
  const exponent = Number(match[4] ?? '0');
  if (exponent >= 0) numerator *= 10n ** BigInt(exponent);
  else denominator *= 10n ** BigInt(-exponent);
  return { value: { numerator, denominator } };
}

function ceilDivide(numerator: bigint, denominator: bigint): number {
  const quotient = numerator / denominator;
  const up = numerator % denominator > 0n ? 1n : 0n;
  return Number(quotient + up);
}

/** @unit millicores; Kubernetes takes CPU to a precision of 1m, no finer. */
export function readCpu(text: string): Reading<number> {
  const read = readThousandths(text);
  if (!('value' in read)) return read;
  const { numerator, denominator } = read.value;
  if (numerator % denominator !== 0n) {
    return { code: 'E_QUANTITY', problem: 'finer than 1m, the precision of CPU in Kubernetes' };
  }
  return safe(Number(numerator / denominator));
}

/** @unit bytes; fractions of a byte are rounded up as in Kubernetes. */
export function readMemory(text: string): Reading<number> {
  const read = readThousandths(text);
  if (!('value' in read)) return read;
  if (text.endsWith('m')) {
    return { code: 'E_QUANTITY', problem: 'm means thousandths of a byte', ...repair(text) };
  }
  return safe(ceilDivide(read.value.numerator, read.value.denominator * 1000n));
}

/** @unit milli-units, rounded up, as the HPA counts metric values. */
export function readMilli(text: string): Reading<number> {
  const read = readThousandths(text);
  if (!('value' in read)) return read;
  return safe(ceilDivide(read.value.numerator, read.value.denominator));
}

/**
 * @unit the quantity itself, as a controller makes a double of what the API server keeps: a whole
 * number of 1, m, u or n, times that power of ten. `0.018` is kept as 18m, and 18 · 10⁻³ is not the
 * double next to 0.018.
 *
 * @source Kubernetes, quantity.go: ParseQuantity, CanonicalizeBytes, AsApproximateFloat64.
 */
export function readDouble(text: string): Reading<number> {
  const read = readThousandths(text);
  if (!('value' in read)) return read;
  const { numerator, denominator } = read.value;
  let [mantissa, decimals] = [numerator, 0];
  while (mantissa % (denominator * 1000n) !== 0n && decimals < 9) {
    mantissa *= 1000n;
    decimals += 3;
  }
  return { value: ceilDivide(mantissa, denominator * 1000n) * Number(`1e-${decimals}`) };
}

/** @unit bytes; the unit is required. */
export function readBytes(text: string): Reading<number> {
  const suffix = /^[+-]?[\d.]+([A-Za-z]*)$/.exec(text)?.[1];
  const kubernetes = suffix === undefined ? undefined : SIZE_SUFFIXES.get(suffix);
  if (suffix !== undefined && kubernetes !== undefined) {
    return readMemory(`${text.slice(0, -suffix.length)}${kubernetes}`);
  }
  if (suffix === '' && Number(text) !== 0) {
    return {
      code: 'E_QUANTITY',
      problem: 'a size needs a unit',
      hint: `write ${text}Mi or ${text}MB`,
    };
  }
  return readMemory(text);
}

/** @unit bytes per second */
export function readByteRate(text: string): Reading<number> {
  if (!text.endsWith('/s')) {
    return { code: 'E_QUANTITY', hint: 'write a size per second, such as 70MB/s' };
  }
  return readBytes(text.slice(0, -2));
}

const RATE_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };

/** @unit requests per second */
export function readRate(text: string): Reading<number> {
  if (/\d,\d/.test(text)) return { code: 'E_TYPE', hint: DECIMAL_COMMA };
  const hint = 'write requests per second with the unit: 200/s (also /m, /h)';
  const match = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?)\/(s|m|min|h)$/.exec(text);
  if (match === null || text.length > LONGEST_TEXT) return { code: 'E_QUANTITY', hint };
  const value = Number(match[1]) / RATE_SECONDS[match[2]];
  return Number.isFinite(value) ? { value } : { code: 'E_NOT_FINITE' };
}

/** @unit 0..1 */
export function readShare(text: string): Reading<number> {
  if (/\d,\d/.test(text)) return { code: 'E_TYPE', hint: DECIMAL_COMMA };
  const match = /^([+-]?\d+(?:\.\d+)?)\s?%$/.exec(text);
  if (match === null || text.length > LONGEST_TEXT) {
    return { code: 'E_QUANTITY', hint: 'write a share as 30% or 0.3' };
  }
  return { value: Number(match[1]) / 100 };
}

function safe(value: number): Reading<number> {
  if (Number.isSafeInteger(value)) return { value };
  return { code: 'E_QUANTITY', problem: 'too large to be meant', hint: 'use a smaller quantity' };
}

/** What the writer probably meant: `1Gib` → `1Gi`, `2 cores` → `2`, `512mb` → `512M`. */
function repair(text: string): { hint?: string } {
  const match = /^([+-]?[\d.]+)\s*([A-Za-z]+)$/.exec(text.trim());
  if (match === null) return {};
  const word = match[2].toLowerCase();
  if (/^(v?cpus?|cores?)$/.test(word)) return { hint: `did you mean ${match[1]}?` };
  const binary = /^([kmgtpe])i?b?$/.exec(word);
  if (binary === null) return {};
  const letter = binary[1].toUpperCase();
  const suffix = word.includes('i') || word === 'm' ? `${letter}i` : letter === 'K' ? 'k' : letter;
  return { hint: `did you mean ${match[1]}${suffix}?` };
}
