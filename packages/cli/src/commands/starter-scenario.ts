/** What `peakless init` writes: every line is there to be changed, all else has a default. */
export const STARTER_SCENARIO = `# A sale opens at 08:00. Which way to provision survives it, and at what cost?
# Change the numbers, then run:  peakless compare <this file>
# All fields and their defaults:  docs/scenario-format.md,  peakless validate --resolved <this file>
apiVersion: peakless/v1
name: my-sale
title: { en: My sale at 08:00, zh-CN: 我的 08:00 促销 }

clock:
  start: "2026-01-01T07:00:00+08:00" # with the UTC offset
  duration: 3h

replications: 5 # independent repetitions; the intervals come from them

# Knobs: change them with  --set peakRps=5000  or with the sliders of  peakless serve
vars:
  peakRps:
    value: 3000
    range: [1000, 8000]
    label: { en: Peak arrival rate, zh-CN: 峰值请求率 }

load:
  - name: buyers
    flashSale:
      base: 60/s # requests per second before the sale, and long after it
      peak: "\${peakRps}/s"
      at: "08:00"
      surge: 5s # from base to peak
      plateau: 1m
      decay: 4m # time constant of the fall back to base
    client: { timeout: 3s } # buyers give up after this

services:
  shop:
    time: { mean: 60ms, cv: 1 } # service time of one request
    cpuPerRequest: 12ms # of these 60ms; so one CPU carries five requests at a time
    queue: { limit: 200 } # requests that may wait per pod or VM

# What is compared, side by side. The first is the baseline.
strategies:
  - name: vm-peak # VMs for the peak, always on
    kind: vm-peak
    headroom: 30%
  - name: hpa # pods that follow the CPU load
    kind: kubernetes
    replicas: 3
  - name: hpa-prescale # the same, but ready before the sale opens
    extends: hpa
    schedule:
      - { at: "07:45", until: "08:10", minReplicas: 45 }

# Good = answered within \`latency\`; \`attainment\` is the share of all requests that must be good.
objectives: { latency: 500ms, attainment: 99% }

# Gates for CI: a missed one of level error makes the exit code 99.
thresholds:
  - { measure: sloAttainment, is: ">= 99%", strategy: hpa-prescale, level: warn }
`;
