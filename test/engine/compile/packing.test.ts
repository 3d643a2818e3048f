/** Processes on VMs: first fit, largest first; and what sharing VMs saves. */
import { expect, test } from 'vitest';
import { packProcesses } from '../../../packages/engine/src/compile/packing.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import { loadOf, scenarioOf, serviceOf, vmPeak } from '../../fixtures/scenario.ts';

const vm = { cpu: 4000, memory: 16 };
const processes = (cpu: number, count: number, memory = 0) => ({ cpu, memory, count });

test('by CPU, by memory, and by both', () => {
  expect(packProcesses([processes(1000, 8)], vm)).toBe(2);
  expect(packProcesses([processes(1000, 9)], vm)).toBe(3);
  expect(packProcesses([processes(1000, 8, 8)], vm)).toBe(4);
  expect(packProcesses([], vm)).toBe(0);
});

test('small processes fill what large ones leave', () => {
  expect(packProcesses([processes(1000, 2), processes(3000, 2)], vm)).toBe(2);
  expect(packProcesses([processes(2500, 2), processes(1500, 2)], vm)).toBe(2);
});

test('two small services share a VM that each would have had for itself', () => {
  const scenario = scenarioOf({
    seconds: 60,
    load: [loadOf({ rate: 2 }), loadOf({ name: 'more', rate: 2, route: { shop: 1 } })],
    services: [serviceOf(), serviceOf({ name: 'shop' })],
    strategies: [vmPeak(), vmPeak({ name: 'shared', packing: 'shared' })],
  });
  const alone = runCell(scenario, 'vm', 0).outcome;
  const shared = runCell(scenario, 'shared', 0).outcome;
  expect(alone.peak).toEqual({ replicas: 2, machines: 2 });
  expect(shared.peak).toEqual({ replicas: 2, machines: 1 });
  expect(shared.cost.items[0].hours * 2).toBeCloseTo(alone.cost.items[0].hours, 9);
  expect(shared.utilization.paid * 2).toBeCloseTo(alone.utilization.paid, 9);
});
