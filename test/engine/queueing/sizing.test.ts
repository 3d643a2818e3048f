import { expect, test } from 'vitest';
import { mgcWaitTail } from '../../../packages/engine/src/queueing/mgc.ts';
import { type FleetDemand, sizePeakFleet } from '../../../packages/engine/src/queueing/sizing.ts';
import fc from '../../fixtures/fast-check.ts';

const sale: FleetDemand = {
  arrivalRate: 12_000,
  meanServiceTime: 0.06,
  cv: 1,
  slotsPerMachine: 16,
  headroom: 0.3,
  latencyTarget: 0.5,
  attainment: 0.99,
};

const demands: fc.Arbitrary<FleetDemand> = fc.record({
  arrivalRate: fc.double({ min: 0.1, max: 20_000, noNaN: true }),
  meanServiceTime: fc.double({ min: 0.001, max: 1, noNaN: true }),
  cv: fc.double({ min: 0, max: 4, noNaN: true }),
  slotsPerMachine: fc.integer({ min: 1, max: 64 }),
  headroom: fc.double({ min: 0, max: 2, noNaN: true }),
  latencyTarget: fc.double({ min: 0.001, max: 5, noNaN: true }),
  attainment: fc.double({ min: 0, max: 1, noNaN: true }),
});

test('headroom decides for a large pool: 720 erlangs × 1.3 ÷ 16 slots', () => {
  expect(sizePeakFleet(sale)).toMatchObject({
    machines: 59,
    slots: 944,
    offeredLoad: 720,
    machinesForHeadroom: 59,
  });
});

test('latency decides for a small one: two erlangs do not fit on two slots', () => {
  const small = { ...sale, arrivalRate: 2, meanServiceTime: 1, slotsPerMachine: 1, headroom: 0 };
  const fleet = sizePeakFleet({ ...small, latencyTarget: 8 });
  expect(fleet.machinesForHeadroom).toBe(2);
  expect(fleet.machinesForLatency).toBeGreaterThan(2);
  expect(fleet.machines).toBe(fleet.machinesForLatency);
});

test('a product that is whole on paper orders no machine for its rounding noise', () => {
  // 100 × 0.07 × 1.1 = 7.700000000000001 erlangs on 0.7-erlang steps would ask for 12.
  const exact = { ...sale, arrivalRate: 1000, meanServiceTime: 0.07, headroom: 0.1 };
  expect(sizePeakFleet({ ...exact, slotsPerMachine: 7 }).machinesForHeadroom).toBe(11);
});

test('no load still needs one machine', () => {
  expect(sizePeakFleet({ ...sale, arrivalRate: 0 })).toMatchObject({ machines: 1, utilization: 0 });
});

test('a target that service alone uses up leaves no time to wait, and ends', () => {
  const fleet = sizePeakFleet({ ...sale, latencyTarget: 0.05, attainment: 1 });
  expect(fleet.waitBudget).toBe(0);
  expect(fleet.pWait).toBeLessThanOrEqual(fleet.allowedShare);
});

test('both rules hold, and one machine less breaks one of them', () => {
  fc.assert(
    fc.property(demands, (demand) => {
      const fleet = sizePeakFleet(demand);
      const wanted = demand.arrivalRate * (1 + demand.headroom) * demand.meanServiceTime;
      expect(fleet.slots).toBeGreaterThanOrEqual(wanted * (1 - 1e-6));
      expect(fleet.waitingShare).toBeLessThanOrEqual(fleet.allowedShare);
      if (fleet.machines === 1) return;
      const servers = (fleet.machines - 1) * demand.slotsPerMachine;
      const waitingShare = mgcWaitTail(
        { ...demand, serviceRate: 1 / demand.meanServiceTime, servers },
        fleet.waitBudget,
      );
      expect(servers < wanted || waitingShare > fleet.allowedShare).toBe(true);
    }),
  );
});

test('never fewer machines for a higher rate, more headroom or a stricter promise', () => {
  fc.assert(
    fc.property(demands, fc.double({ min: 1, max: 3, noNaN: true }), (demand, factor) => {
      const { machines } = sizePeakFleet(demand);
      const harder: readonly Partial<FleetDemand>[] = [
        { arrivalRate: demand.arrivalRate * factor },
        { headroom: demand.headroom * factor },
        { latencyTarget: demand.latencyTarget / factor },
        { attainment: 1 - (1 - demand.attainment) / factor },
      ];
      for (const change of harder) {
        expect(
          sizePeakFleet({ ...demand, ...change }).machines,
          `with ${JSON.stringify(change)}`,
        ).toBeGreaterThanOrEqual(machines);
      }
    }),
  );
});
