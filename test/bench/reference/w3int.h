// Integer-microsecond W3 p2c kernel: branch-free counts/minima, auto-vectorisable.
#pragma once
#include "common.h"
#define IMAXP 512
#define IRING 2048
static int32_t ifre[IMAXP * 8] __attribute__((aligned(64))), iring_[IMAXP * IRING]; static uint32_t ih[IMAXP], it_[IMAXP];
static int32_t iact[IMAXP];
INLINE int32_t ibusy(const int32_t *F, int32_t tk) { int32_t c = 0; for (int k = 0; k < 8; k++) c += F[k] > tk; return c; }
INLINE int32_t iqueue(int32_t p, int32_t t) { uint32_t h = ih[p], e = it_[p]; const int32_t *R = iring_ + (size_t)p * IRING; while (h != e && R[h & (IRING-1)] <= t) h++; ih[p] = h; return (int32_t)(e - h); }
static void ireset(uint32_t P) { for (uint32_t i = 0; i < P * 8; i++) ifre[i] = -8000 + (int)(i & 7); for (uint32_t p = 0; p < P; p++) { ih[p] = it_[p] = 0; iact[p] = p; } }
static void irebase(uint32_t P, int32_t d) { for (uint32_t i = 0; i < P * 8; i++) { int32_t v = (ifre[i] >> 3) - d; ifre[i] = (int32_t)(((uint32_t)(v < -1000 ? -1000 : v)) << 3) | (int)(i & 7); } for (uint32_t p = 0; p < P; p++) for (uint32_t q = ih[p]; q != it_[p]; q++) iring_[p * IRING + (q & (IRING-1))] -= d; }
INLINE void w3i_run(rng_t *r, hist_t *H, uint32_t P, double t0, double end, double lam, uint64_t *n, uint64_t *to) {
  double tf = t0, il = 1 / lam;
  for (;;) {
    tf += zexp(r) * il; if (tf > end) break;
    int32_t t = (int32_t)tf, tk = (t << 3) | 7; ++*n;
    uint64_t b = rng_next(r); uint32_t i = below32((uint32_t)b, P), j = below32((uint32_t)(b >> 32), P - 1); j += j >= i;
    i = iact[i]; j = iact[j];
    int32_t ci = ibusy(ifre + i * 8, tk), cj = ibusy(ifre + j * 8, tk);
    if (__builtin_expect(ci == 8, 0)) ci += iqueue(i, t);
    if (__builtin_expect(cj == 8, 0)) cj += iqueue(j, t);
    uint32_t p = cj < ci ? j : i; int32_t *F = ifre + p * 8;
    int32_t m = F[0]; for (int k = 1; k < 8; k++) m = F[k] < m ? F[k] : m;
    int32_t f = m >> 3, d; double s;
    if (f <= t) { s = LEXP(LN_MU + 13.815510557964274 + LN_SIGMA * znorm(r)); d = t + (int32_t)s; }
    else {
      int32_t *R = iring_ + (size_t)p * IRING; uint32_t q = it_[p]++;
      if (f > t + 2000000) { ++*to; R[q & (IRING-1)] = t + 2000000; continue; }
      R[q & (IRING-1)] = f; s = LEXP(LN_MU + 13.815510557964274 + LN_SIGMA * znorm(r)); d = f + (int32_t)s;
    }
    F[m & 7] = (int32_t)((uint32_t)d << 3) | (m & 7);
    hist_add(H, (d - t) * 1e-6);
  }
}
static void w3_int(rng_t *r, hist_t *H, uint32_t P, uint64_t *n, uint64_t *to) {
  ireset(P); for (int s = 0; s < W3_SLICES; s++) { if (s % 100 == 0 && s) irebase(P, 10000000); double o = (s % 100) * 1e5; w3i_run(r, H, P, o, o + 1e5, w3_rate[s] * 1e-6, n, to); }
}
