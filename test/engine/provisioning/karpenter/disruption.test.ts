/** Which nodes go: empty ones, then several, then one; and what is left of a command later. */
import { describe, expect, test } from 'vitest';
import {
  type DisruptionSpec,
  findCommand,
  validated,
} from '../../../../packages/engine/src/provisioning/karpenter/disruption.ts';
import { LARGE, MEDIUM, MINUTE, node, pod, pods, pool, SECOND, SMALL, view } from './cloud.ts';

const SPEC: DisruptionSpec = {
  policy: 'WhenEmptyOrUnderutilized',
  consolidateAfter: 0,
  budgets: [{ nodes: { count: 100 } }],
};
const full = (id: number) => node(id, SMALL, pods(2, 1000, 100 * id));
const empty = (id: number, changes = {}) => node(id, SMALL, [], changes);

describe('emptiness', () => {
  test('takes empty nodes within the budget: 10 % of 12, rounded up', () => {
    const nodes = [...Array(12).keys()].map((id) => (id % 2 === 0 ? empty(id) : full(id)));
    const tenth = { ...SPEC, budgets: [{ nodes: { share: 0.1 } }] };
    expect(findCommand(tenth, view(nodes))).toEqual({
      method: 'emptiness',
      nodes: [0, 2],
      replacement: null,
    });
  });

  test('nodes that are being drained are in the budget, drained ones are not', () => {
    const one = { ...SPEC, budgets: [{ nodes: { count: 1 } }] };
    const draining = node(1, SMALL, pods(2, 1000), { disrupting: true });
    expect(findCommand(one, view([empty(0), draining]))).toBeNull();
    expect(findCommand(one, view([empty(0), empty(1, { disrupting: true })]))?.nodes).toEqual([0]);
  });

  test('leaves alone nodes that are young, nominated, on their way in or out, or blocked', () => {
    const spec = { ...SPEC, consolidateAfter: 5 * MINUTE };
    const changes = { lastPodEvent: -10 * MINUTE };
    const nodes = [
      empty(0, { lastPodEvent: -4 * MINUTE }),
      empty(1, { ...changes, nominatedUntil: SECOND }),
      empty(2, { ...changes, initialized: false }),
      empty(3, { ...changes, disrupting: true }),
      empty(4, { ...changes, blocked: true }),
    ];
    expect(findCommand(spec, view(nodes))).toBeNull();
    expect(findCommand(spec, view([...nodes, empty(5, changes)]))?.nodes).toEqual([5]);
    expect(findCommand({ ...SPEC, policy: 'Never' }, view([empty(0)]))).toBeNull();
  });

  test('after the wait, those that are still empty go', () => {
    const command = findCommand(SPEC, view([empty(0), empty(1)]));
    if (command === null) throw new Error('no command');
    const later = view([node(0, SMALL, [pod(0, 100)]), empty(1)]);
    expect(validated(SPEC, later, command)?.nodes).toEqual([1]);
    const nominated = view([full(0), empty(1, { nominatedUntil: SECOND })]);
    expect(validated(SPEC, nominated, command)).toBeNull();
  });
});

describe('a budget of one, after the wait', () => {
  const one = { ...SPEC, budgets: [{ nodes: { count: 1 } }] };

  test('is for the nodes of the command, not for those that may go as well by then', () => {
    const command = findCommand(one, view([full(0), empty(1)]));
    if (command === null) throw new Error('no command');
    expect(command.nodes).toEqual([1]);
    expect(validated(one, view([empty(0), empty(1)]), command)).toEqual(command);
  });

  test('a node is consolidated although another, which cannot move, has fewer pods', () => {
    const nodes = [
      node(0, SMALL, [pod(0, 2000)]),
      node(1, SMALL, pods(2, 500, 10)),
      node(2, MEDIUM, pods(3, 800, 20)),
    ];
    const command = findCommand(one, view(nodes));
    if (command === null) throw new Error('no command');
    expect(command).toEqual({ method: 'single-node', nodes: [1], replacement: null });
    expect(validated(one, view(nodes), command)).toEqual(command);
  });
});

describe('consolidation', () => {
  test('several at once: as many as fit on the others', () => {
    // 500 on each of four nodes of 2000: three of them move onto the fourth.
    const nodes = [0, 1, 2, 3].map((id) => node(id, SMALL, [pod(id, 500)]));
    expect(findCommand(SPEC, view(nodes))).toEqual({
      method: 'multi-node',
      nodes: [0, 1, 2],
      replacement: null,
    });
    expect(findCommand({ ...SPEC, policy: 'WhenEmpty' }, view(nodes))).toBeNull();
  });

  test('one by one, the fewest pods first', () => {
    const nodes = [node(0, MEDIUM, pods(3, 1000, 10)), node(1, SMALL, [pod(0, 1000)])];
    expect(findCommand(SPEC, view(nodes))).toEqual({
      method: 'single-node',
      nodes: [1],
      replacement: null,
    });
  });

  test('a replacement has to be cheaper', () => {
    const found = findCommand(SPEC, view([node(0, LARGE, pods(3, 1000))]));
    expect(found).toEqual({
      method: 'single-node',
      nodes: [0],
      replacement: { pool: 'default', offerings: [MEDIUM] },
    });
    expect(findCommand(SPEC, view([node(0, MEDIUM, pods(3, 1000))]))).toBeNull();
    const spot = node(0, LARGE, pods(3, 1000), { spot: true });
    expect(findCommand(SPEC, view([spot]))).toBeNull();
  });

  test('several nodes are not replaced by one of a type that one of them has', () => {
    // A new medium would hold all: no better than moving the small one's pods to the old medium.
    const nodes = [node(0, SMALL, pods(2, 1000)), node(1, MEDIUM, pods(2, 1000, 10))];
    const single = { method: 'single-node', nodes: [0], replacement: null };
    expect(findCommand(SPEC, view(nodes))).toEqual(single);
    const cheaper = { ...LARGE, type: 'bargain', perHour: 15 };
    const pools = [pool({ offerings: [cheaper, MEDIUM] })];
    expect(findCommand(SPEC, view(nodes, { pools }))).toEqual({
      method: 'multi-node',
      nodes: [0, 1],
      replacement: { pool: 'default', offerings: [cheaper] },
    });
  });

  test('does not rely on a node that is not there yet', () => {
    const upcoming = node(1, LARGE, [], { initialized: false });
    expect(findCommand(SPEC, view([node(0, SMALL, pods(2, 1000)), upcoming]))).toBeNull();
    expect(findCommand(SPEC, view([node(0, SMALL, pods(2, 1000)), node(1, LARGE, [])]))?.nodes)
      // Ready and empty, it is itself the first to go.
      .toEqual([1]);
  });

  test('pods that wait have the first right to the room', () => {
    const nodes = [node(0, SMALL, [pod(0, 500)]), node(1, SMALL, [pod(1, 500)])];
    const waiting = view(nodes, { pending: pods(2, 1500, 10), pools: [pool({ nodesLeft: 0 })] });
    expect(findCommand(SPEC, waiting)).toBeNull();
    expect(findCommand(SPEC, view(nodes))?.nodes).toEqual([0]);
  });

  test('after the wait all of it holds or none', () => {
    const before = [0, 1, 2, 3].map((id) => node(id, SMALL, [pod(id, 500)]));
    const command = findCommand(SPEC, view(before));
    if (command === null) throw new Error('no command');
    expect(validated(SPEC, view(before), command)).toEqual(command);
    const grown = [...before.slice(0, 3), node(3, SMALL, pods(3, 500, 30))];
    expect(validated(SPEC, view(grown), command)).toBeNull();
    const blocked = { ...SPEC, budgets: [{ nodes: { count: 2 } }] };
    expect(validated(blocked, view(before), command)).toBeNull();
  });
});
