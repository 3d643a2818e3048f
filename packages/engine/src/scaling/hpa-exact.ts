/**
 * Exact integer arithmetic on milli-units. The controller counts in signed 64-bit integers, and a
 * sum of memory in milli-bytes times 100 passes 2^53 at 84 GiB; so a sum keeps two parts, and
 * bigint is used only where a plain number would not be exact.
 *
 * Invariant: operands are integers, at least 0 and below 2^53.
 */
const PART = 2 ** 52;

/** A sum of integers, kept as high · 2^52 + low without rounding. */
export class ExactSum {
  high = 0;
  low = 0;

  add(value: number): void {
    const sum = this.low + value;
    if (sum < PART) this.low = sum;
    else this.#carry(value);
  }

  /** A value that the low part does not hold alone. */
  #carry(value: number): void {
    let rest = value;
    if (rest >= PART) {
      this.high += 1;
      rest -= PART;
    }
    this.low += rest;
    if (this.low >= PART) {
      this.high += 1;
      this.low -= PART;
    }
  }

  addSum(other: ExactSum): void {
    this.high += other.high;
    this.add(other.low);
  }

  isZero(): boolean {
    return this.high === 0 && this.low === 0;
  }

  /** The nearest double. */
  toNumber(): number {
    return this.high * PART + this.low;
  }

  toBigInt(): bigint {
    return BigInt(this.high) * BigInt(PART) + BigInt(this.low);
  }
}

/** trunc(a ÷ b) of integers below 2^53: the remainder and what is left of a are exact. */
export function truncDivide(a: number, b: number): number {
  return (a - (a % b)) / b;
}

/** trunc(part · 100 ÷ whole), an integer percentage. */
export function percentOf(part: ExactSum, whole: ExactSum): number {
  if (part.high === 0 && whole.high === 0) {
    const scaled = part.low * 100;
    if (scaled <= Number.MAX_SAFE_INTEGER) return truncDivide(scaled, whole.low);
  }
  return Number((part.toBigInt() * 100n) / whole.toBigInt());
}

/** trunc(sum ÷ count) */
export function averageOf(sum: ExactSum, count: number): number {
  if (sum.high === 0) return truncDivide(sum.low, count);
  return Number(sum.toBigInt() / BigInt(count));
}

/** trunc(value · percent ÷ 100) */
export function percentage(value: number, percent: number): number {
  const scaled = value * percent;
  if (scaled <= Number.MAX_SAFE_INTEGER) return truncDivide(scaled, 100);
  return Number((BigInt(value) * BigInt(percent)) / 100n);
}
