import { describe, expect, it } from 'vitest';
import {
  closeRuns,
  type Grounds,
  openRuns,
  recordSync,
  type Sync,
} from '../../../packages/engine/src/ledger/decision-runs.ts';
import type { DecisionRow } from '../../../packages/engine/src/outcome.ts';
import fc from '../../fixtures/fast-check.ts';

const SECOND = 1_000_000;

function cpu(seen: number, changes: Partial<Grounds['metrics'][number]> = {}) {
  return {
    metric: 'cpu',
    kind: 'utilization' as const,
    target: 0.5,
    seen,
    error: null,
    basis: 'ratio',
    proposal: 4,
    sampled: { oldest: 0, newest: 0 },
    ready: 4,
    unready: 0,
    missing: 0,
    ignored: 0,
    ...changes,
  };
}

function sync(at: number, key: string, grounds: Partial<Grounds> = {}, to = 4, from = to): Sync {
  return {
    at: at * SECOND,
    service: 'shop',
    from,
    to,
    reason: { key, params: { metric: 'cpu' } },
    grounds: { metrics: [cpu(0.5)], proposal: 4, window: null, limit: null, ...grounds },
  };
}

function record(syncs: readonly Sync[]): DecisionRow[] {
  const decisions: DecisionRow[] = [];
  const open = openRuns();
  for (const one of syncs) recordSync(decisions, open, one);
  return decisions;
}

const held = (made: number, replicas = 4): Partial<Grounds> => ({
  window: { direction: 'down', length: 300 * SECOND, replicas, made: made * SECOND },
});
const MIN = { kind: 'min', policy: null } as const;

describe('equal decisions in a row', () => {
  it('are one row with the range of what was seen', () => {
    const rows = record([
      sync(15, 'hpa.steady', { metrics: [cpu(0.5, { sampled: { oldest: 0, newest: 5e6 } })] }),
      sync(30, 'hpa.steady', { metrics: [cpu(0.4, { ready: 3, unready: 1 })], proposal: 4 }),
      sync(45, 'hpa.steady', { metrics: [cpu(0.6)], proposal: 4 }),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ at: 15 * SECOND, reason: { key: 'hpa.steady' } });
    expect(rows[0]?.run).toMatchObject({
      until: 45 * SECOND,
      syncs: 3,
      metrics: [
        { seen: [0.4, 0.6], ready: [3, 4], unready: [0, 1], age: [10 * SECOND, 45 * SECOND] },
      ],
    });
    expect(rows[0]?.run).not.toHaveProperty('reasons');
  });

  it('end where the replicas change: each change is a row of its own', () => {
    const rows = record([
      sync(0, 'hpa.steady'),
      sync(15, 'hpa.scaled-up', {}, 8, 4),
      sync(30, 'hpa.scaled-up', {}, 16, 8),
      sync(45, 'hpa.steady', {}, 16),
    ]);
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      [4, 4],
      [4, 8],
      [8, 16],
      [16, 16],
    ]);
  });

  it.each([
    ['the reason', sync(15, 'hpa.within-tolerance')],
    ['the policy', sync(15, 'hpa.steady', { limit: MIN })],
    ['the window', sync(15, 'hpa.steady', held(0))],
    ['the validity', sync(15, 'hpa.steady', { metrics: [cpu(0, { error: 'failed' })] })],
    ['the number of metrics', sync(15, 'hpa.steady', { metrics: [cpu(0.5), cpu(0.5)] })],
  ])('differ by %s', (_, other) => {
    expect(record([sync(0, 'hpa.steady'), other])).toHaveLength(2);
  });

  it('remember the proposal that held the first and the last of them', () => {
    const [row] = record([
      sync(300, 'hpa.stabilized', held(10, 9)),
      sync(315, 'hpa.stabilized', held(40, 7)),
    ]);
    expect(row?.run?.window).toEqual({
      direction: 'down',
      length: 300 * SECOND,
      replicas: [7, 9],
      made: [10 * SECOND, 40 * SECOND],
    });
  });

  it('at a bound do not depend on the window, and name it only if it is there always', () => {
    const at = (time: number, more: Partial<Grounds>) =>
      sync(time, 'hpa.at-min', { limit: MIN, ...more });
    const rows = record([at(0, {}), at(15, held(0)), at(30, {})]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.run).toMatchObject({ syncs: 3, window: null, limit: MIN });
    expect(record([at(0, held(0)), at(15, held(0))])[0]?.run?.window).not.toBeNull();
  });

  it('that are not measured are told only when something changes', () => {
    const plain = (at: number, from: number, to: number): Sync => ({
      ...sync(at, 'fixed.replicas', {}, to, from),
      grounds: null,
    });
    const rows = record([plain(0, 4, 4), plain(15, 4, 6), plain(30, 6, 6)]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toHaveProperty('run');
  });

  it('do not reach over what somebody else decided', () => {
    const decisions: DecisionRow[] = [];
    const open = openRuns();
    recordSync(decisions, open, sync(0, 'hpa.steady'));
    closeRuns(open);
    recordSync(decisions, open, sync(15, 'hpa.steady'));
    expect(decisions).toHaveLength(2);
  });
});

describe('two runs that alternate', () => {
  const edge = ['hpa.steady', 'hpa.stabilized', 'hpa.steady', 'hpa.stabilized', 'hpa.steady'].map(
    (key, i) =>
      sync(i * 15, key, {
        metrics: [cpu(0.5 + i / 100)],
        ...(key === 'hpa.stabilized' ? held(i * 15) : {}),
      }),
  );

  it('become one, with the number of syncs per reason', () => {
    const rows = record(edge);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.run).toMatchObject({
      syncs: 5,
      until: 60 * SECOND,
      reasons: { 'hpa.steady': 3, 'hpa.stabilized': 2 },
      metrics: [{ seen: [0.5, 0.54] }],
      window: null,
    });
  });

  it('stay apart as long as neither comes back', () => {
    expect(record(edge.slice(0, 2))).toHaveLength(2);
  });

  it('take in a third reason in the same way', () => {
    const more = [sync(75, 'hpa.within-tolerance'), sync(90, 'hpa.steady')];
    const rows = record([...edge, ...more]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.run?.reasons).toEqual({
      'hpa.steady': 4,
      'hpa.stabilized': 2,
      'hpa.within-tolerance': 1,
    });
  });

  it('are found although another service decides in between', () => {
    const decisions: DecisionRow[] = [];
    const [shop, other] = [openRuns(), openRuns()];
    for (const one of edge.slice(0, 3)) {
      recordSync(decisions, shop, one);
      recordSync(decisions, other, { ...one, service: 'other' });
    }
    expect(decisions.map(({ service }) => service)).toEqual(['shop', 'other']);
  });
});

it('no sync is lost or counted twice, and rows stay in order', () => {
  const keys = fc.constantFrom(
    'hpa.steady',
    'hpa.within-tolerance',
    'hpa.stabilized',
    'hpa.at-max',
  );
  const steps = fc.array(fc.tuple(keys, fc.constantFrom(0, 0, 0, 1, -1)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (list) => {
      let replicas = 10;
      const syncs = list.map(([key, change], i) => {
        const from = replicas;
        replicas += change;
        return sync(i, key, key === 'hpa.stabilized' ? held(i) : {}, replicas, from);
      });
      const rows = record(syncs);
      const counted = rows.map(({ run }) => run?.syncs ?? 0);
      expect(counted.reduce((a, b) => a + b, 0)).toBe(syncs.length);
      let wanted = 10;
      let last = -1;
      for (const { at, from, to, run } of rows) {
        expect([at > last, from]).toEqual([true, wanted]);
        [last, wanted] = [run?.until ?? at, to];
        const perReason = Object.values(run?.reasons ?? {});
        if (perReason.length > 0) expect(perReason.reduce((a, b) => a + b, 0)).toBe(run?.syncs);
      }
      expect(wanted).toBe(replicas);
    }),
    { seed: 1 },
  );
});
