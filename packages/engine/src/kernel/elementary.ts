/**
 * Elementary functions from + − × ÷ and table look-ups alone. The language leaves the last bits of
 * `Math.exp`, `Math.log` and `Math.pow` to the implementation, and V8 versions, CPU architectures
 * and browsers do differ; these give the same bits everywhere.
 *
 * exp: x = (64·m + j)·ln2/64 + r, exp(x) = 2^m · 2^(j/64) · p(r); error below 2 ulp.
 * log: fdlibm's e_log.c (Sun Microsystems, 1993) without bit tricks; error below 1 ulp.
 */

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

const SMALLEST_EXPONENT = -1074;
/** 2^k for k = −1074..1023: powers of two are exact, so the products are. */
const POWER_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1023 - SMALLEST_EXPONENT + 1);
  powers[-SMALLEST_EXPONENT] = 1;
  for (let k = 1; k <= 1023; k++) {
    powers[k - SMALLEST_EXPONENT] = powers[k - 1 - SMALLEST_EXPONENT] * 2;
  }
  for (let k = -1; k >= SMALLEST_EXPONENT; k--) {
    powers[k - SMALLEST_EXPONENT] = powers[k + 1 - SMALLEST_EXPONENT] / 2;
  }
  return powers;
}

/** Adding and subtracting 1.5·2^52 rounds a double of moderate size to the nearest integer. */
const ROUNDER = 6755399441055744;
const STEPS_PER_UNIT = 92.33248261689366; // 64 / ln 2
/** ln 2 in two parts; the first has 32 trailing zero bits, so that its products are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const STEP_HIGH = LN2_HIGH / 64;
const STEP_LOW = LN2_LOW / 64;

/** e^x; 0 below −745.13, Infinity above 709.78, NaN for NaN. */
export function exp(x: number): number {
  if (!(x > -745.2)) return Number.isNaN(x) ? x : 0;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  const n = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const p = 1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
  const m = n >> 6;
  const fraction = ROOT[n & 63] * p;
  // Two factors where one would leave the range of normal numbers.
  if (m < -1021) return fraction * POWER_OF_TWO[m + 60 - SMALLEST_EXPONENT] * 2 ** -60;
  if (m > 1022) return fraction * 2 * POWER_OF_TWO[m - 1 - SMALLEST_EXPONENT];
  return fraction * POWER_OF_TWO[m - SMALLEST_EXPONENT];
}

const SQRT2 = 1.4142135623730951;

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let fraction = x;
  // Halve the distance of the exponent to 0: exact, since scaling by powers of two is.
  for (let step = 512; step >= 1; step >>= 1) {
    if (fraction >= POWER_OF_TWO[step - SMALLEST_EXPONENT]) {
      fraction *= POWER_OF_TWO[-step - SMALLEST_EXPONENT];
      k += step;
    } else if (fraction < POWER_OF_TWO[1 - step - SMALLEST_EXPONENT]) {
      fraction *= POWER_OF_TWO[step - SMALLEST_EXPONENT];
      k -= step;
    }
  }
  while (fraction < 1) {
    fraction *= 2;
    k--;
  }
  while (fraction >= 2) {
    fraction /= 2;
    k++;
  }
  if (fraction > SQRT2) {
    fraction /= 2;
    k++;
  }
  const f = fraction - 1;
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** x^y for x > 0 as exp(y·log x): relative error about |y·log x| ulp. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  return exp(y * log(x));
}
