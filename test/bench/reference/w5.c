// W5 exact day in C, integer kernel with a changing active-pod list; seconds [from, to) of the day: ./w5 [seed [from to]]
#include "w3int.h"
static hist_t H; static double lam[86400]; static int pods[86400];
int main(int c, char **v) { rng_t r; rng_seed(&r, c > 1 ? atoi(v[1]) : 1); zig_init(); fexp_init(); const double PI = 3.14159265358979323846;
  for (int i = 0; i < 86400; i++) { double l = 800 * (1 + 0.7 * sin((i / 86400.0) * 2 * PI - PI * 0.75)); int f = i - 72000; if (f >= 0) l += f < 10 ? 40000.0 * f / 10 : 40000 * exp(-(f - 10) / 240.0); lam[i] = l; }
  int cur = 4; for (int i = 0; i < 86400; i++) { if (i % 15 == 0) { double l = lam[i > 30 ? i - 30 : 0]; cur = (int)fmax(4, ceil(l * 0.03 / 8 / 0.5)); if (i >= 71700 && i < 73800) cur = 120; if (cur > 120) cur = 120; } pods[i] = cur; }
  uint64_t n = 0, to = 0; int from = c > 3 ? atoi(v[2]) : 0, until = c > 3 ? atoi(v[3]) : 86400; int A = 0; double w0 = now_s(), c0 = cpu_s(); int o = 0;
  for (int i = from; i < until; i++) { if (o == 10) { irebase(A, 10000000); o = 0; } while (A < pods[i]) { for (int k = 0; k < 8; k++) ifre[A * 8 + k] = -8000 + k; ih[A] = it_[A] = 0; iact[A] = A; A++; } if (A > pods[i]) A = pods[i]; w3i_run(&r, &H, A, o * 1e6, (o + 1) * 1e6, lam[i] * 1e-6, &n, &to); o++; }
  double w1 = now_s(), c1 = cpu_s(); report("W5-1d", "c-int", n, 2 * n, w1 - w0, c1 - c0, &H, to); }
