/**
 * Elementary functions from + − × ÷ and table look-ups alone. The language leaves the last bits of
 * `Math.exp`, `Math.log` and `Math.pow` to the implementation, and V8 versions, CPU architectures
 * and browsers do differ; these give the same bits everywhere.
 *
 * exp: x = (64·m + j)·ln2/64 + r, exp(x) = 2^m · 2^(j/64) · p(r); error below 2 ulp.
 * log: fdlibm's e_log.c (Sun Microsystems, 1993) without bit tricks; error below 1 ulp.
 */
import { EXPONENTIAL, expOf, logOf, POWERS, ROOTS, SMALLEST_EXPONENT } from './draws.ts';

/** 2^(j/64), j = 0..63, correctly rounded. */
const ROOT = Float64Array.of(
  1.0,
  1.0108892860517005,
  1.0218971486541166,
  1.0330248790212284,
  1.0442737824274138,
  1.0556451783605572,
  1.0671404006768237,
  1.0787607977571199,
  1.0905077326652577,
  1.102382583307841,
  1.1143867425958924,
  1.1265216186082418,
  1.1387886347566916,
  1.1511892299529827,
  1.1637248587775775,
  1.1763969916502812,
  1.189207115002721,
  1.202156731452703,
  1.215247359980469,
  1.22848053610687,
  1.241857812073484,
  1.255380757024691,
  1.2690509571917332,
  1.2828700160787783,
  1.2968395546510096,
  1.3109612115247644,
  1.3252366431597413,
  1.339667524053303,
  1.3542555469368927,
  1.3690024229745905,
  1.383909881963832,
  1.3989796725383112,
  1.4142135623730951,
  1.42961333839197,
  1.4451808069770467,
  1.460917794180647,
  1.4768261459394993,
  1.4929077282912648,
  1.5091644275934228,
  1.5255981507445384,
  1.5422108254079407,
  1.559004400237837,
  1.5759808451078865,
  1.593142151342267,
  1.6104903319492543,
  1.6280274218573478,
  1.645755478153965,
  1.6636765803267364,
  1.681792830507429,
  1.7001063537185235,
  1.718619298122478,
  1.7373338352737062,
  1.7562521603732995,
  1.7753764925265212,
  1.7947090750031072,
  1.8142521755003989,
  1.8340080864093424,
  1.8539791250833855,
  1.8741676341103,
  1.8945759815869656,
  1.9152065613971474,
  1.9360617934922943,
  1.9571441241754002,
  1.978456026387951,
);

/** The first part of the tables of draws.ts: the roots, then 2^k for k = −1074..1023. */
export const ELEMENTARY_TABLES = elementaryTables();

function elementaryTables(): Float64Array {
  const tables = new Float64Array(EXPONENTIAL);
  tables.set(ROOT, ROOTS);
  // Powers of two are exact, so the products are.
  const one = POWERS - SMALLEST_EXPONENT;
  tables[one] = 1;
  for (let at = one + 1; at < EXPONENTIAL; at++) tables[at] = tables[at - 1] * 2;
  for (let at = one - 1; at >= POWERS; at--) tables[at] = tables[at + 1] / 2;
  return tables;
}

/** e^x; 0 below −745.13, Infinity above 709.78, NaN for NaN. */
export function exp(x: number): number {
  if (!(x > -745.2)) return Number.isNaN(x) ? x : 0;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  return expOf(ELEMENTARY_TABLES, x);
}

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  return x === Number.POSITIVE_INFINITY ? x : logOf(ELEMENTARY_TABLES, x);
}

/** x^y for x > 0 as exp(y·log x): relative error about |y·log x| ulp. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  return exp(y * log(x));
}
