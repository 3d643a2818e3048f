/** A sidecar, as requests and cluster meet it. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { fixedPods, loadOf, scenarioOf, serviceOf, vmPeak } from '../../fixtures/scenario.ts';

const SIDECAR = {
  start: { median: 0, sigma: 0 },
  imageSize: 0,
  cpuRequest: 100,
  cpuLimit: 2000,
  memoryRequest: 128 * 2 ** 20,
  latency: 2500,
  cpuPerRequest: 400,
  mtls: 500,
};

function scenario(changes: Parameters<typeof serviceOf>[0] = {}) {
  const service = serviceOf({
    time: { dist: 'deterministic', mean: 10_000 },
    cpuPerRequest: 10_000,
    ...changes,
  });
  const bare = fixedPods('bare', 2);
  const meshed = {
    ...bare,
    name: 'meshed',
    startup: { ...bare.startup, security: { sidecar: SIDECAR } },
  };
  return scenarioOf({
    load: [loadOf({ rate: 20, process: { kind: 'deterministic' } })],
    services: [service],
    strategies: [bare, meshed, vmPeak()],
    baseline: 'bare',
  });
}

const modelOf = (strategy: string, changes = {}) =>
  compile(scenario(changes), strategy, 0).services[0];

describe('a sidecar', () => {
  test('adds its requests, limit and CPU to those of the pod', () => {
    const { service } = modelOf('meshed');
    const { workload } = modelOf('bare').service;
    expect(service.cpuPerRequest).toBe(10_400);
    expect(service.workload).toMatchObject({
      cpuRequest: (workload.cpuRequest ?? 0) + 100,
      cpuLimit: (workload.cpuLimit ?? 0) + 2000,
      memoryRequest: workload.memoryRequest + 128 * 2 ** 20,
    });
  });

  test('adds a constant to every request, and nothing to those of VMs', () => {
    const { latency } = runCell(scenario(), 'meshed', 0).outcome;
    expect(latency.mean).toBeCloseTo(13_000, -2);
    expect(runCell(scenario(), 'bare', 0).outcome.latency.mean).toBeCloseTo(10_000, -2);
    expect(modelOf('vm').law.mean).toBe(10_000);
  });

  test('leaves the rate that the CPU carries as it is', () => {
    const carries = (strategy: string, changes: object) => {
      const { slots, holdTime } = modelOf(strategy, changes);
      return (slots / holdTime) * 1e6;
    };
    const shared = { sharing: 'processor' as const };
    expect(carries('meshed', shared)).toBeCloseTo(carries('bare', shared), 6);
    // Written concurrency: the worker waits for its proxy.
    const written = { concurrency: 10, cpuPerRequest: 1000 };
    expect(carries('meshed', written)).toBeCloseTo(10 / 0.013, 6);
    // Derived: whole slots.
    expect(carries('bare', {})).toBeCloseTo(100, 6);
    expect(carries('meshed', {})).toBeCloseTo(1 / 0.013, 6);
  });
});
