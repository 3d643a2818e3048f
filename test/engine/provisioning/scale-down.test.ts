/** Which nodes are unneeded, since when, and which of them go. */
import { describe, expect, test } from 'vitest';
import {
  type CandidateNode,
  NO_SCALE_DOWN_MEMORY,
  type NodePod,
  nodesToRemove,
  nodeUtilization,
  observeUnneeded,
  SCALE_DOWN_DEFAULTS,
  type ScaleDownMemory,
  type ScaleDownState,
  unneededMost,
} from '../../../packages/engine/src/provisioning/scale-down.ts';
import fc from '../../fixtures/fast-check.ts';

const MINUTE = 60e6;
const NEVER = Number.NEGATIVE_INFINITY;

const pod = (cpu: number, changes: Partial<NodePod> = {}): NodePod => ({
  cpu,
  memory: 1,
  daemon: false,
  evictable: true,
  ...changes,
});
const node = (id: number, ...pods: readonly NodePod[]): CandidateNode => ({
  id,
  group: 'pool',
  state: 'usable',
  allocatable: { cpu: 1000, memory: 1000, pods: 10 },
  free: {
    cpu: pods.reduce((left, { cpu }) => left - cpu, 1000),
    memory: pods.reduce((left, { memory }) => left - memory, 1000),
    pods: 10 - pods.length,
  },
  pods,
});
const unneeded = (nodes: readonly CandidateNode[], memory = NO_SCALE_DOWN_MEMORY, minute = 0) =>
  observeUnneeded(SCALE_DOWN_DEFAULTS, nodes, memory, minute * MINUTE);
const idsOf = (nodes: readonly CandidateNode[]) => [...unneeded(nodes).unneededSince.keys()];

test('utilization is the larger share, daemons included', () => {
  expect(nodeUtilization(node(0, pod(300), pod(200, { daemon: true })))).toBe(0.5);
  expect(nodeUtilization(node(0, pod(300, { memory: 800 })))).toBe(0.8);
});

describe('unneeded', () => {
  test('up to half used, if its pods fit elsewhere', () => {
    expect(idsOf([node(0, pod(500)), node(1, pod(501))])).toEqual([]);
    expect(idsOf([node(0, pod(400)), node(1, pod(501))])).toEqual([0]);
    expect(idsOf([node(0), node(1, pod(900))])).toEqual([0]);
  });

  test('pods of the nodes before it take room, and have to move on with its own', () => {
    // 400 and 400 go to the third; its 1000 then fit nowhere.
    const nodes = [node(0, pod(400)), node(1, pod(400)), node(2, pod(200)), node(3, pod(900))];
    const memory = unneeded(nodes);
    expect([...memory.unneededSince.keys()]).toEqual([0, 1]);
    expect(memory.leftAloneUntil).toEqual(new Map([[2, 5 * MINUTE]]));
  });

  test('all pods of a node or none', () => {
    // 100 of the first would fit on the second, its 300 do not: nothing has moved.
    const nodes = [node(0, pod(100), pod(300)), node(1, pod(850)), node(2, pod(850), pod(50))];
    expect(idsOf(nodes)).toEqual([]);
    const small = [node(0, pod(100), pod(300)), node(1, pod(850)), node(2, pod(150)), node(3)];
    // The empty one goes first; the third has to keep what came from the first.
    expect(idsOf(small)).toEqual([3, 0]);
  });

  test('not with a pod that may not be evicted; daemons do not matter', () => {
    expect(idsOf([node(0, pod(1, { evictable: false })), node(1, pod(900))])).toEqual([]);
    const daemon = pod(100, { daemon: true, evictable: false });
    expect(idsOf([node(0, daemon), node(1, pod(1000))])).toEqual([0]);
  });

  test('a node on its way is neither unneeded nor room for others', () => {
    const coming = { ...node(1), state: 'upcoming' as const };
    expect(idsOf([node(0, pod(400)), coming])).toEqual([]);
    expect(idsOf([node(0, pod(400)), coming, node(2, pod(510))])).toEqual([0]);
  });

  test('since the first of the loops without a gap', () => {
    const free = [node(0), node(1, pod(900))];
    const busy = [node(0, pod(900)), node(1, pod(900))];
    const first = unneeded(free, NO_SCALE_DOWN_MEMORY, 1);
    expect(unneeded(free, first, 2).unneededSince.get(0)).toBe(1 * MINUTE);
    const gap = unneeded(busy, first, 2);
    expect(unneeded(free, gap, 3).unneededSince.get(0)).toBe(3 * MINUTE);
  });

  test('at most as many more as two loops could remove', () => {
    const nodes = Array.from({ length: 50 }, (_, id) => node(id));
    const first = unneeded(nodes);
    expect(first.unneededSince.size).toBe(20);
    const second = unneeded(nodes, first, 1);
    expect(second.unneededSince.size).toBe(40);
    expect(second.unneededSince.get(19)).toBe(0);
    expect(second.unneededSince.get(20)).toBe(1 * MINUTE);
  });

  test('a node whose pods fit nowhere is left alone for 5 minutes', () => {
    const stuck = unneeded([node(0, pod(400)), node(1, pod(900))], NO_SCALE_DOWN_MEMORY, 0);
    const free = [node(0), node(1, pod(900))];
    expect(unneeded(free, stuck, 4).unneededSince.size).toBe(0);
    expect(unneeded(free, stuck, 5).unneededSince.size).toBe(1);
  });
});

describe('removed', () => {
  const state = (changes: Partial<ScaleDownState> = {}): ScaleDownState => ({
    lastAdd: NEVER,
    lastFailure: NEVER,
    lastDelete: NEVER,
    emptyLeaving: 0,
    draining: 0,
    aboveMin: new Map([['pool', 20]]),
    ...changes,
  });
  const empty = Array.from({ length: 12 }, (_, id) => node(id));
  const used = [node(20, pod(1)), node(21, pod(1))];
  const all = [...empty, ...used, node(22, pod(900))];
  const memory = unneeded(all);
  const removed = (changes: Partial<ScaleDownState>, minute = 10.1, nodes = all) =>
    nodesToRemove(SCALE_DOWN_DEFAULTS, nodes, memory, state(changes), minute * MINUTE);

  test('after more than 10 minutes', () => {
    expect(removed({}, 10)).toEqual({ empty: [], drain: [] });
    expect(removed({}, 10.1).empty).toHaveLength(10);
  });

  test('empty ones together, one drain at a time, ten in all', () => {
    expect(removed({})).toEqual({ empty: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], drain: [] });
    expect(removed({ emptyLeaving: 8, draining: 1 }).empty).toEqual([0]);
    const few = [node(0), ...used];
    expect(removed({}, 10.1, few)).toEqual({ empty: [0], drain: [20] });
    expect(removed({ draining: 1 }, 10.1, few)).toEqual({ empty: [0], drain: [] });
  });

  test('never below the minimum', () => {
    expect(removed({ aboveMin: new Map([['pool', 1]]) })).toEqual({ empty: [0], drain: [] });
    expect(removed({ aboveMin: new Map([['pool', 0]]) })).toEqual({ empty: [], drain: [] });
  });

  test('not 10 minutes after an addition, 3 after a failure', () => {
    expect(removed({ lastAdd: 1 * MINUTE }).empty).toEqual([]);
    expect(removed({ lastAdd: 1 * MINUTE }, 11).empty).toHaveLength(10);
    expect(removed({ lastFailure: 8 * MINUTE }).empty).toEqual([]);
    expect(removed({ lastFailure: 7 * MINUTE }).empty).toHaveLength(10);
  });
});

test('the pods of all unneeded nodes fit on the others', () => {
  const pods = fc.array(
    fc.integer({ min: 1, max: 333 }).map((cpu) => pod(cpu)),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(pods, { minLength: 1, maxLength: 8 }), (lists) => {
      const nodes = lists.map((list, id) => node(id, ...list));
      const before = JSON.stringify(nodes);
      const gone = new Set(idsOf(nodes));
      const cpu = (some: readonly CandidateNode[]) =>
        some.reduce(
          (sum, { pods: list }) => sum + list.reduce((total, one) => total + one.cpu, 0),
          0,
        );
      const left = nodes.filter(({ id }) => !gone.has(id));
      expect(left.length * 1000).toBeGreaterThanOrEqual(cpu(nodes));
      expect(JSON.stringify(nodes)).toBe(before);
    }),
  );
});

/** The same in the plainest way: every pod asks every node, from the first on. */
function plain(nodes: readonly CandidateNode[], memory: ScaleDownMemory, now: number) {
  const { utilizationThreshold, recheckTime } = SCALE_DOWN_DEFAULTS;
  const most = unneededMost(SCALE_DOWN_DEFAULTS, memory);
  let rooms = nodes.map((one) => ({ id: one.id, free: one.free, pods: [...one.pods] }));
  const unneededSince = new Map<number, number>();
  const isAlone = ([id, until]: [number, number]) =>
    until > now && nodes.some((one) => one.id === id);
  const leftAloneUntil = new Map([...memory.leftAloneUntil].filter(isAlone));
  const rank = ({ id, pods }: CandidateNode) =>
    pods.length === 0 ? 0 : memory.unneededSince.has(id) ? 1 : 2;
  for (const one of nodes.toSorted((a, b) => rank(a) - rank(b))) {
    const isIdle = nodeUtilization(one) <= utilizationThreshold && !leftAloneUntil.has(one.id);
    if (!isIdle || unneededSince.size >= most) continue;
    const own = rooms.find(({ id }) => id === one.id);
    let others = rooms.filter((room) => room !== own);
    let fits = true;
    for (const moved of own?.pods ?? []) {
      const target = others.find(
        ({ free }) => free.cpu >= moved.cpu && free.memory >= moved.memory && free.pods >= 1,
      );
      fits &&= target !== undefined && moved.evictable;
      others = others.map((room) => {
        if (room !== target) return room;
        const { cpu, memory: bytes, pods } = room.free;
        const free = { cpu: cpu - moved.cpu, memory: bytes - moved.memory, pods: pods - 1 };
        return { ...room, free, pods: [...room.pods, moved] };
      });
    }
    if (fits) {
      unneededSince.set(one.id, memory.unneededSince.get(one.id) ?? now);
      rooms = others;
    } else leftAloneUntil.set(one.id, now + recheckTime);
  }
  return { unneededSince, leftAloneUntil };
}

test('what is not looked at again is found as if all were looked at', () => {
  const some = fc.record({
    cpu: fc.constantFrom(100, 100, 100, 150, 400),
    memory: fc.constantFrom(1, 1, 200),
    evictable: fc.constantFrom(true, true, true, true, false),
  });
  const lists = fc.array(fc.array(some, { maxLength: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 4 }), (loops) => {
      let memory = NO_SCALE_DOWN_MEMORY;
      loops.forEach((list, loop) => {
        const nodes = list.map((shapes, id) =>
          node(id, ...shapes.map(({ cpu, ...changes }) => pod(cpu, changes))),
        );
        const found = unneeded(nodes, memory, 3 * loop);
        expect(found).toEqual(plain(nodes, memory, 3 * loop * MINUTE));
        memory = found;
      });
    }),
    { numRuns: 200 },
  );
});
