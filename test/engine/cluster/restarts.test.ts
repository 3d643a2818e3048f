/** Crashes, CrashLoopBackOff, out of memory. */
import { describe, expect, test } from 'vitest';
import { FAILED } from '../../../packages/engine/src/flow/columns.ts';
import { podLevels } from '../../../packages/engine/src/ledger/pod-levels.ts';
import { restartCounts } from '../../../packages/engine/src/ledger/restart-counts.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { type ChainSpec, runChain, seconds } from './chain.ts';

const crash = (at: number, count = 1) => ({ at: at * SECOND, kind: 'pod-crash' as const, count });

/** An application that is up at once: the rest of an outage is 1.5 s of container and 0.5 s. */
const NATIVE: ChainSpec = {
  startup: { app: seconds(0) },
  replicas: [1, 1],
  length: 1000,
};

/** Lengths of the first pod's outages, seconds. */
function outages(faults: ChainSpec['faults']): readonly number[] {
  const { ledger } = runChain({ ...NATIVE, ...(faults && { faults }) });
  return (ledger.pods[0].outages ?? []).map(({ from, to }) => (Number(to) - from) / SECOND);
}

describe('a container that crashes', () => {
  test('is started again: at once, after 10 s, after 20 s, after 40 s', () => {
    const lengths = outages([crash(10), crash(20), crash(50), crash(100)]);
    expect(lengths.map((length) => Math.round(length))).toEqual([2, 12, 22, 42]);
  });

  test('waits 5 minutes at most, and 10 minutes of good running are a new beginning', () => {
    const { restarts } = NATIVE.startup ?? {};
    expect(restarts).toBeUndefined();
    // Restarted at 10 s, and 610 s later it crashes again.
    expect(outages([crash(10), crash(630), crash(640)]).map(Math.round)).toEqual([2, 2, 12]);
    const short = { backoff: 10 * SECOND, maxBackoff: 15 * SECOND };
    const { ledger } = runChain({
      ...NATIVE,
      startup: { ...NATIVE.startup, restarts: short },
      faults: [crash(10), crash(20), crash(40), crash(60)],
    });
    const waits = (ledger.pods[0].outages ?? []).map(
      ({ from, to }) => (Number(to) - from) / SECOND,
    );
    expect(waits.map(Math.round)).toEqual([2, 12, 17, 17]);
  });

  test('loses what it holds, and what is sent to it until clients have heard', () => {
    // 100 requests/s of 100 ms: 10 are held; the EndpointSlice and proxies take 0.5 s: 50 more.
    const run = runChain({
      ...NATIVE,
      rate: 100,
      replicas: [1, 1],
      service: { time: { dist: 'deterministic', mean: 100_000 }, concurrency: 20 },
      faults: [crash(10)],
      length: 20,
    });
    const { counts } = run.model.services[0].plane;
    expect(counts[FAILED]).toBeGreaterThanOrEqual(58);
    expect(counts[FAILED]).toBeLessThanOrEqual(62);
  });

  test('counts as starting meanwhile', () => {
    const run = runChain({ ...NATIVE, faults: [crash(100)] });
    const { app } = podLevels(run.ledger.pods, SECOND, 1000 * SECOND);
    const at = (second: number) => {
      const row = app.at.findLastIndex((time) => time <= second * SECOND);
      return [app.starting[row], app.ready[row]];
    };
    expect([at(99), at(101), at(110)]).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
  });

  test('is drawn among those that serve, no more than there are', () => {
    const run = runChain({ ...NATIVE, replicas: [3, 3], faults: [crash(50, 2), crash(200, 9)] });
    const counts = restartCounts(run.ledger.pods);
    expect(counts).toEqual({ total: 5, probes: 0, outOfMemory: 0, crashes: 5 });
  });
});

describe('memory', () => {
  const MIB = 2 ** 20;
  const overload: ChainSpec = {
    ...NATIVE,
    rate: 1500,
    length: 60,
    workload: { memoryLimit: 500 * MIB },
  };

  test('above the limit kills the container', () => {
    const memory = { base: 300 * MIB, perRequest: MIB };
    const service = { memory, queue: { limit: 10_000 } };
    const run = runChain({ ...overload, service });
    expect(run.ledger.pods[0].restarts?.[0].cause).toBe('oom');
    // 500 requests/s too many: 200 of them are there within the first second.
    expect(run.ledger.pods[0].restarts?.[0].at).toBeLessThanOrEqual(2 * SECOND);
  });

  test('below it, a bounded queue keeps it alive', () => {
    const memory = { base: 300 * MIB, perRequest: MIB };
    const run = runChain({ ...overload, service: { memory, queue: { limit: 150 } } });
    expect(run.ledger.pods[0].restarts).toBeUndefined();
  });
});
