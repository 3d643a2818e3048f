/** Calls between services, worked out by hand: times in µs, one pod each unless a test says so. */
import { expect, test } from 'vitest';
import { settleCalls } from '../../../packages/engine/src/flow/calls.ts';
import type { Plane } from '../../../packages/engine/src/flow/columns.ts';
import { loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import { advanceGroup } from '../../../packages/engine/src/flow/linked-path.ts';
import { busyTime, inFlight } from '../../../packages/engine/src/flow/pods.ts';
import { createStream, indexBelow, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import { type LinkedService, linkedServices } from '../../fixtures/linked.ts';

const [OFFERED, SERVED, , TIMED_OUT, REJECTED, FAILED] = [0, 1, 2, 3, 4, 5];

const served = (plane: Plane) => plane.counts[SERVED];
const meanLatency = ({ window }: Plane) => window.totals[1] / window.totals[0];
const to = (name: string, service: number) => ({ to: name, service });

function run(services: readonly LinkedService[], until = 10_000) {
  const linked = linkedServices(services);
  advanceGroup(linked.group, until);
  return linked;
}

test('steps follow one another, and the slot is held until the last answer', () => {
  const { planes } = run([
    {
      name: 'web',
      requests: [
        [0, 10],
        [1, 10],
      ],
      calls: [[to('a', 20)], [to('b', 30)]],
    },
    { name: 'a' },
    { name: 'b' },
  ]);
  // The second waits for the slot until 60, and answers at 120.
  expect(planes.web.window.totals).toEqual(new Float64Array([2, 60 + 119, 119]));
  expect(meanLatency(planes.a)).toBe(20);
  expect(planes.web.waits.totals[1]).toBe(59);
  // CPU is that of the own work alone.
  expect(busyTime(planes.web, 0, 10_000)).toBe(20);
});

test('calls of one step are sent at once; the last answer counts', () => {
  const { planes } = run([
    { name: 'web', requests: [[0, 10]], calls: [[to('a', 20), to('b', 50)]] },
    { name: 'a' },
    { name: 'b' },
  ]);
  expect(meanLatency(planes.web)).toBe(60);
});

test('nobody waits for an async call, and nothing is told when it is refused', () => {
  const { planes } = run([
    {
      name: 'web',
      requests: [
        [0, 10],
        [20, 10],
      ],
      calls: [[{ ...to('audit', 1000), isAsync: true }]],
    },
    { name: 'audit', queueLimit: 0 },
  ]);
  expect(meanLatency(planes.web)).toBe(10);
  expect(planes.audit.counts[SERVED]).toBe(1);
  expect(planes.audit.counts[REJECTED]).toBe(1);
  expect(served(planes.web)).toBe(2);
});

test('a refused call fails its caller at once, and frees its slot', () => {
  const { planes } = run([
    {
      name: 'web',
      slots: 2,
      requests: [
        [0, 10],
        [1, 10],
        [2, 5],
      ],
      calls: [[to('a', 100)]],
    },
    { name: 'a', queueLimit: 0 },
  ]);
  // The third takes the slot of the second at 11, and is refused in turn at 16.
  expect(planes.web.counts[FAILED]).toBe(2);
  expect(planes.a.counts[REJECTED]).toBe(2);
  expect(meanLatency(planes.web)).toBe(110);
  expect(inFlight(planes.web)).toBe(0);
});

test('a call that times out fails its caller, while the callee works on', () => {
  const { planes } = run([
    { name: 'web', requests: [[0, 10]], calls: [[{ ...to('a', 100), timeout: 30 }], [to('b', 1)]] },
    { name: 'a' },
    { name: 'b' },
  ]);
  expect(planes.web.counts[FAILED]).toBe(1);
  expect(planes.a.counts[TIMED_OUT]).toBe(1);
  expect(planes.b.counts[OFFERED]).toBe(0);
  expect(busyTime(planes.a, 0, 10_000)).toBe(100);
});

test('of two parallel calls one fails: the other goes on unheeded', () => {
  const { planes } = run([
    { name: 'web', requests: [[0, 10]], calls: [[{ ...to('a', 50), timeout: 20 }, to('b', 80)]] },
    { name: 'a' },
    { name: 'b' },
  ]);
  expect(planes.web.counts[FAILED]).toBe(1);
  expect(planes.b.counts[SERVED]).toBe(1);
});

test('a call waits for a free connection of its pod, in turn', () => {
  const { planes } = run([
    {
      name: 'web',
      slots: 4,
      requests: [
        [0, 10],
        [0, 10],
        [0, 10],
      ],
      calls: [[{ ...to('a', 100), connections: 1 }]],
    },
    { name: 'a', slots: 4 },
  ]);
  // The callee would serve all three at once.
  expect(planes.a.window.totals).toEqual(new Float64Array([3, 300, 100]));
  expect(planes.web.window.totals).toEqual(new Float64Array([3, 110 + 210 + 310, 310]));
});

test('connections are those of one pod of the caller', () => {
  const { planes } = run([
    {
      name: 'web',
      pods: 2,
      slots: 2,
      requests: [
        [0, 10],
        [0, 10],
      ],
      calls: [[{ ...to('a', 100), connections: 1 }]],
    },
    { name: 'a', slots: 4 },
  ]);
  expect(planes.web.window.totals[2]).toBe(110);
});

test('a client that gives up leaves its slot to its calls; a failure frees it', () => {
  const { planes } = run([
    {
      name: 'web',
      timeout: 50,
      requests: [
        [0, 10],
        [40, 10],
      ],
      calls: [[to('a', 100)], [to('b', 5)]],
    },
    { name: 'a' },
    { name: 'b' },
  ]);
  // The first holds the slot until 115; the second gave up at 90, waiting.
  expect(planes.web.counts[TIMED_OUT]).toBe(2);
  expect(planes.b.counts[SERVED]).toBe(1);
  expect(planes.a.counts[OFFERED]).toBe(1);
});

test('a killed callee fails its callers; a killed caller leaves its calls behind', () => {
  const shape: LinkedService[] = [
    {
      name: 'web',
      slots: 2,
      requests: [
        [0, 10],
        [0, 20],
      ],
      calls: [[to('a', 100)]],
    },
    { name: 'a', slots: 1 },
  ];
  const callee = linkedServices(shape);
  advanceGroup(callee.group, 50);
  loseWork(callee.planes.a, 0, 50);
  settleCalls(callee.group, 50);
  expect(callee.planes.web.counts[FAILED]).toBe(2);
  expect(callee.planes.a.counts[FAILED]).toBe(2);
  expect(inFlight(callee.planes.web)).toBe(0);

  const caller = linkedServices(shape);
  advanceGroup(caller.group, 50);
  loseWork(caller.planes.web, 0, 50);
  settleCalls(caller.group, 50);
  advanceGroup(caller.group, 1000);
  expect(caller.planes.web.counts[FAILED]).toBe(2);
  expect(caller.planes.a.counts[SERVED]).toBe(2);
  expect(busyTime(caller.planes.web, 0, 1000)).toBe(30);
});

test('a request that waits for its calls uses no shared CPU', () => {
  const { planes } = run([
    {
      name: 'web',
      slots: 10,
      servers: 1,
      requests: [
        [0, 10],
        [10, 10],
        [20, 10],
      ],
      calls: [[to('a', 100)]],
    },
    { name: 'a', slots: 10 },
  ]);
  expect(planes.web.window.totals).toEqual(new Float64Array([3, 330, 110]));
});

test('the requests of loads are counted besides', () => {
  const { planes } = run([
    { name: 'web', requests: [[0, 10]], calls: [[to('a', 20)]] },
    {
      name: 'a',
      requests: [
        [5, 10],
        [1000, 10],
      ],
    },
  ]);
  const counts = planes.a.links?.fromLoads.counts ?? [];
  expect([planes.a.counts[OFFERED], counts[OFFERED], counts[SERVED]]).toEqual([3, 2, 2]);
  expect(planes.a.links?.fromLoads.window.totals[1]).toBe(20);
});

test('whatever happens, every request is counted once, in every service and from loads', () => {
  for (let seed = 0; seed < 60; seed++) {
    const s = createStream('linked', seed, 'calls');
    const below = (n: number) => indexBelow(nextInt32(s), n);
    const requests = () => {
      let time = 0;
      return Array.from({ length: 150 }, () => {
        time += below(12);
        return [time, 1 + below(20)] as const;
      });
    };
    const call = (name: string) => ({
      ...to(name, 1 + below(30)),
      ...(below(3) === 0 ? { timeout: 5 + below(60) } : {}),
      ...(below(3) === 0 ? { connections: 1 + below(3) } : {}),
    });
    const shape = () => ({ pods: 1 + below(3), slots: 1 + below(4), queueLimit: below(6) });
    const audit = { ...to('c', 4), isAsync: true };
    const { group, planes } = linkedServices([
      {
        name: 'a',
        ...shape(),
        timeout: 20 + below(200),
        requests: requests(),
        calls: [[call('b'), call('c')], [call('d')]],
      },
      { name: 'b', ...shape(), servers: 1.5, calls: [[call('d')], [audit]] },
      { name: 'c', ...shape(), calls: [[call('d')]] },
      { name: 'd', ...shape(), timeout: 30, requests: requests() },
    ]);
    for (let time = 0; time < 3000; time += 50) {
      advanceGroup(group, time);
      if (below(4) === 0) {
        const plane = group.planes[below(4)];
        loseWork(plane, below(3), time);
        settleCalls(group, time);
      }
      for (const [name, plane] of Object.entries(planes)) expectCounted(name, plane, seed);
    }
    // All is over: no slot, no row and no connection is left behind.
    for (const plane of group.planes) {
      expect(inFlight(plane)).toBe(0);
      expect(plane.requests.unusedCount).toBe(plane.requests.capacity);
      expect(plane.pods.busy.every((busy) => busy === 0)).toBe(true);
      for (const step of plane.links?.steps ?? []) {
        for (const { connections } of step) {
          expect(connections?.inUse.every((count) => count === 0) ?? true).toBe(true);
        }
      }
    }
  }
});

function expectCounted(name: string, plane: Plane, seed: number): void {
  for (const { counts, inFlight: flying } of [
    { counts: plane.counts, inFlight: () => inFlight(plane) },
    ...(plane.links === null ? [] : [plane.links.fromLoads]),
  ]) {
    const ended = counts[1] + counts[2] + counts[3] + counts[4] + counts[5];
    expect(ended + flying(), `${name}, seed ${seed}`).toBe(counts[OFFERED]);
  }
}
