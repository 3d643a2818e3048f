// The dialect of the WebAssembly build: twin of packages/engine/src/kernel/dialect.ts.
// Columns are plain pointers into the memory; the host lays them out and checks their lengths.

@unmanaged
class I32 {
  // @ts-ignore: decorator
  @inline @operator("[]")
  at(i: i32): i32 { return load<i32>(changetype<usize>(this) + (usize(i) << 2)); }
  // @ts-ignore: decorator
  @inline @operator("[]=")
  put(i: i32, value: i32): void { store<i32>(changetype<usize>(this) + (usize(i) << 2), value); }
}

@unmanaged
class F64 {
  // @ts-ignore: decorator
  @inline @operator("[]")
  at(i: i32): f64 { return load<f64>(changetype<usize>(this) + (usize(i) << 3)); }
  // @ts-ignore: decorator
  @inline @operator("[]=")
  put(i: i32, value: f64): void { store<f64>(changetype<usize>(this) + (usize(i) << 3), value); }
}

// Compiled ahead of time: one call for all.
const STRIDE: i32 = 1 << 30;

// @ts-ignore: decorator
@inline
function toInt(x: f64): i32 {
  // Adding 1.5·2^52 leaves the integer in the low bits; i32(x) would look for overflow.
  return i32(reinterpret<u64>(x + 6755399441055744));
}

// @ts-ignore: decorator
@inline
function nearest(x: f64): f64 { return floor<f64>(x + 0.5); }

// @ts-ignore: decorator
@inline
function absolute(x: f64): f64 { return abs<f64>(x); }

// @ts-ignore: decorator
@inline
function unsigned(bits: i32): f64 { return f64(u64(bits) & 0xffff_ffff); }

// @ts-ignore: decorator
@inline
function indexBelow(bits: i32, n: i32): i32 {
  // The mask makes the bits unsigned: u64(u32(bits)) extends the sign when `bits` is a load.
  return i32(((u64(bits) & 0xffff_ffff) * u64(n)) >> 32);
}

// @ts-ignore: decorator
@inline
function isLess(a: f64, b: f64): i32 { return i32(a < b); }

// @ts-ignore: decorator
@inline
function lesser(a: f64, b: f64): f64 { return select<f64>(a, b, a < b); }

// @ts-ignore: decorator
@inline
function greater(a: f64, b: f64): f64 { return select<f64>(a, b, a > b); }

// @ts-ignore: decorator
@inline
function leadingZeros(x: i32): i32 { return clz<i32>(x); }

// @ts-ignore: decorator
@inline
function countAbove(values: I32, at: i32, bound: i32): i32 {
  const from = changetype<usize>(values) + (usize(at) << 2);
  const b = i32x4.splat(bound);
  const low = i32x4.gt_s(v128.load(from), b);
  const high = i32x4.gt_s(v128.load(from, 16), b);
  return popcnt<i32>(i32x4.bitmask(low) | (i32x4.bitmask(high) << 4));
}

// @ts-ignore: decorator
@inline
function smallest(values: I32, at: i32): i32 {
  const from = changetype<usize>(values) + (usize(at) << 2);
  const four = i32x4.min_s(v128.load(from), v128.load(from, 16));
  const two = i32x4.min_s(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
  return i32x4.extract_lane(i32x4.min_s(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}
