// The buckets of the histograms: twin of packages/engine/src/stats/buckets.ts. The exponent of a
// number and the leading bits of its fraction are its bucket's number already.

// @ts-ignore: decorator
@inline
function bucketOf(value: f64): i32 {
  if (value < 128) return toInt(value);
  return i32(reinterpret<u64>(value) >> 45) - ((1023 + 6) << 7);
}

function bucketMiddle(bucket: i32): f64 {
  if (bucket < 256) return bucket;
  const shift = (bucket >> 7) - 1;
  const low = (128 + (bucket & 127)) << shift;
  return 0.5 * low + 0.5 * (low + ((1 << shift) - 1));
}
