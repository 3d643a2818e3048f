// Shared pieces for the C reference programs (native and wasm32 builds).
#pragma once
#include <stdint.h>
#include <stddef.h>
#ifdef __wasm__
  #define INLINE static inline __attribute__((always_inline))
  double js_exp(double); double js_log(double);   // imported, used for table set-up and tails only
  #define EXP js_exp
  #define LOG js_log
  #define SQRT __builtin_sqrt
#else
  #include <math.h>
  #include <stdio.h>
  #include <stdlib.h>
  #include <string.h>
  #include <time.h>
  #include <sys/resource.h>
  #define INLINE static inline __attribute__((always_inline))
  #define EXP exp
  #define LOG log
  #define SQRT sqrt
#endif

// ---------- xoshiro256++ seeded by splitmix64 ----------
typedef struct { uint64_t a, b, c, d; } rng_t;
INLINE uint64_t rotl64(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
INLINE uint64_t rng_next(rng_t *r) {
  uint64_t res = rotl64(r->a + r->d, 23) + r->a, t = r->b << 17;
  r->c ^= r->a; r->d ^= r->b; r->b ^= r->c; r->a ^= r->d; r->c ^= t; r->d = rotl64(r->d, 45);
  return res;
}
static uint64_t splitmix(uint64_t *x) {
  uint64_t z = (*x += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL; z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL; return z ^ (z >> 31);
}
static void rng_seed(rng_t *r, uint64_t s) { r->a = splitmix(&s); r->b = splitmix(&s); r->c = splitmix(&s); r->d = splitmix(&s); }
INLINE double u01(rng_t *r) { return (double)(rng_next(r) >> 11) * 0x1p-53; }
INLINE uint32_t below32(uint32_t r32, uint32_t n) { return (uint32_t)(((uint64_t)r32 * n) >> 32); }

// ---------- Ziggurat (Marsaglia-Tsang tables, separate bits for layer and value) ----------
static double ze_x[257], ze_f[257], zn_x[257], zn_f[257];
static void zig_init(void) {
  { // exponential, 256 layers
    const double R = 7.69711747013104972, V = 3.9496598225815571993e-3;
    ze_x[0] = V / EXP(-R); ze_x[1] = R; ze_x[256] = 0;
    for (int i = 2; i < 256; i++) ze_x[i] = -LOG(EXP(-ze_x[i-1]) + V / ze_x[i-1]);
    for (int i = 0; i < 257; i++) ze_f[i] = EXP(-ze_x[i]);
  }
  { // normal (half), 256 layers
    const double R = 3.6541528853610088, V = 4.92867323399e-3;
    zn_x[0] = V / EXP(-0.5 * R * R); zn_x[1] = R; zn_x[256] = 0;
    for (int i = 2; i < 256; i++) zn_x[i] = SQRT(-2 * LOG(V / zn_x[i-1] + EXP(-0.5 * zn_x[i-1] * zn_x[i-1])));
    for (int i = 0; i < 257; i++) zn_f[i] = EXP(-0.5 * zn_x[i] * zn_x[i]);
  }
}
static __attribute__((noinline)) double zexp_slow(rng_t *r, uint32_t i, double x) {
  for (;;) {
    if (i == 0) return ze_x[1] - LOG(1.0 - u01(r));
    if (ze_f[i] + u01(r) * (ze_f[i+1] - ze_f[i]) < EXP(-x)) return x;
    uint64_t b = rng_next(r); i = b & 255; x = (double)(b >> 11) * 0x1p-53 * ze_x[i];
    if (x < ze_x[i+1]) return x;
  }
}
INLINE double zexp(rng_t *r) {
  uint64_t b = rng_next(r); uint32_t i = b & 255;
  double x = (double)(b >> 11) * 0x1p-53 * ze_x[i];
  if (__builtin_expect(x < ze_x[i+1], 1)) return x;
  return zexp_slow(r, i, x);
}
static __attribute__((noinline)) double znorm_slow(rng_t *r, uint32_t i, double x) {
  for (;;) {
    if (i == 0) {
      double xx, yy;
      do { xx = -LOG(1.0 - u01(r)) / zn_x[1]; yy = -LOG(1.0 - u01(r)); } while (yy + yy < xx * xx);
      return x > 0 ? zn_x[1] + xx : -zn_x[1] - xx;
    }
    if (zn_f[i] + u01(r) * (zn_f[i+1] - zn_f[i]) < EXP(-0.5 * x * x)) return x;
    uint64_t b = rng_next(r); i = b & 255; x = (double)((int64_t)b >> 11) * 0x1p-52 * zn_x[i];
    if ((x < 0 ? -x : x) < zn_x[i+1]) return x;
  }
}
INLINE double znorm(rng_t *r) {
  uint64_t b = rng_next(r); uint32_t i = b & 255;
  double x = (double)((int64_t)b >> 11) * 0x1p-52 * zn_x[i];
  if (__builtin_expect((x < 0 ? -x : x) < zn_x[i+1], 1)) return x;
  return znorm_slow(r, i, x);
}
// ---------- table exp (needed in wasm, close to correctly rounded; native uses libm) ----------
static double fx_t[64];
static void fexp_init(void) { for (int i = 0; i < 64; i++) fx_t[i] = EXP(i * 0.010830424696249145); }
INLINE double fexp(double x) {
  double n = (x * 92.332482616893657 + 6755399441055744.0) - 6755399441055744.0;
  double r = x - n * 0.01083042469326756 - n * 2.981585266239174e-12;
  int32_t k = (int32_t)n;
  union { uint64_t u; double d; } p; p.u = (uint64_t)((k >> 6) + 1023) << 52;
  return fx_t[k & 63] * p.d * (1 + r * (1 + r * (0.5 + r * (1.0/6 + r * (1.0/24 + r * (1.0/120))))));
}
#ifdef __wasm__
  #define LEXP fexp
#else
  #define LEXP exp
#endif

// ---------- log-bucket histogram: 128 buckets per octave (0.78% wide) straight from float bits ----------
#define HB_SHIFT 45
#define HB_LO ((1023ULL - 30) << 7)          // 2^-30
#define HB_N (45 * 128)                        // up to 2^15
typedef struct { uint64_t n; double sum, max; uint32_t b[HB_N]; } hist_t;
INLINE void hist_add(hist_t *h, double x) {
  union { double d; uint64_t u; } v; v.d = x;
  int64_t i = (int64_t)(v.u >> HB_SHIFT) - (int64_t)HB_LO;
  if (i < 0) i = 0; if (i >= HB_N) i = HB_N - 1;
  h->b[i]++; h->n++; h->sum += x; h->max = x > h->max ? x : h->max;
}
static double hist_q(const hist_t *h, double q) {
  uint64_t want = (uint64_t)(q * (double)h->n), c = 0; int i = 0;
  for (i = 0; i < HB_N; i++) { c += h->b[i]; if (c > want) break; }
  union { double d; uint64_t u; } a, b; a.u = ((uint64_t)i + HB_LO) << HB_SHIFT; b.u = ((uint64_t)i + 1 + HB_LO) << HB_SHIFT;
  return 0.5 * (a.d + b.d);
}

// ---------- W3 rate: piecewise-constant 0.1 s slices ----------
#ifndef W3_SLICES
#define W3_SLICES 12000
#endif
#define W3_DT 0.1
static double w3_rate[W3_SLICES];
static void w3_rate_init(double peak) {
  for (int i = 0; i < W3_SLICES; i++) {
    double t = (i + 0.5) * W3_DT;
    w3_rate[i] = t < 10 ? 500 + (peak - 500) * t / 10 : 500 + (peak - 500) * EXP(-(t - 10) / 240.0);
  }
}
#define LN_SIGMA 0.83255461115769775635   /* sqrt(ln 2): cv = 1 */
#define LN_MU (-3.8531314875925815)       /* ln(0.03) - ln(2)/2 */

#ifndef __wasm__
static double now_s(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
static double cpu_s(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
static long rss_kb(void) { struct rusage u; getrusage(RUSAGE_SELF, &u); return u.ru_maxrss; }
static void report(const char *wl, const char *impl, uint64_t n, uint64_t events, double wall, double cpu, const hist_t *h, uint64_t timeouts) {
  printf("{\"wl\":\"%s\",\"impl\":\"%s\",\"n\":%llu,\"events\":%llu,\"wall\":%.4f,\"cpu\":%.4f,\"ns\":%.2f,\"rss_mb\":%.1f,\"mean\":%.6g,\"p50\":%.5g,\"p95\":%.5g,\"p99\":%.5g,\"max\":%.5g,\"timeouts\":%llu}\n",
    wl, impl, (unsigned long long)n, (unsigned long long)events, wall, cpu, 1e9 * cpu / n, rss_kb() / 1024.0,
    h->sum / h->n, hist_q(h, .5), hist_q(h, .95), hist_q(h, .99), h->max, (unsigned long long)timeouts);
}
#endif
