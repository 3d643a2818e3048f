import { describe, expect, it } from 'vitest';
import type { DecisionRow, DecisionRun, PodLevels } from '../../../packages/engine/src/outcome.ts';
import {
  explainDecision,
  isTelling,
} from '../../../packages/engine/src/report/explain/decision.ts';
import {
  decisionInForce,
  decisionsBetween,
  podsThen,
  podsThenText,
} from '../../../packages/engine/src/report/explain/instant.ts';
import { momentText } from '../../../packages/engine/src/report/explain/moments.ts';
import { spanText } from '../../../packages/engine/src/report/explain/spans.ts';
import { formatDuration, formatShare } from '../../../packages/engine/src/report/format.ts';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
// 2026-01-01T08:00:00+08:00
const clock = { start: 1_767_225_600_000_000, utcOffset: 480, duration: HOUR };
const en = { locale: 'en', clock } as const;
const zh = { locale: 'zh-CN', clock } as const;

const CPU: DecisionRun['metrics'][number] = {
  metric: 'cpu',
  kind: 'utilization',
  target: 0.6,
  seen: [0.58, 0.71],
  error: null,
  basis: 'ratio',
  proposal: [8, 11],
  age: [4.6 * SECOND, 12.2 * SECOND],
  ready: [8, 8],
  unready: [0, 2],
  missing: [0, 0],
  ignored: [0, 0],
};

function row(run: Partial<DecisionRun> = {}, changes: Partial<DecisionRow> = {}): DecisionRow {
  return {
    at: 20 * SECOND,
    service: 'shop',
    from: 8,
    to: 8,
    reason: { key: 'hpa.steady', params: { metric: 'cpu' } },
    run: {
      until: 20 * SECOND,
      syncs: 1,
      metrics: [CPU],
      proposal: [8, 11],
      window: null,
      limit: null,
      ...run,
    },
    ...changes,
  };
}

const linesOf = (one: DecisionRow, context: typeof en | typeof zh = en) =>
  explainDecision(one, context).lines.map(({ label, text }) => `${label}: ${text}`);

describe('a decision in words', () => {
  it('has the time, the replicas and the number of syncs at its head', () => {
    expect(explainDecision(row({ until: 80 * SECOND, syncs: 5 }), en)).toMatchObject({
      time: '08:00:20 – 08:01:20',
      replicas: '8',
      syncs: '5 syncs',
    });
    const change = row({}, { from: 8, to: 1200, reason: { key: 'hpa.scaled-up', params: {} } });
    expect(explainDecision(change, en)).toMatchObject({
      time: '08:00:20',
      replicas: '8 → 1,200',
      syncs: '1 sync',
    });
  });

  it('goes from what was seen to what was done', () => {
    const window = {
      direction: 'down',
      length: 300 * SECOND,
      replicas: [10, 12],
      made: [5 * SECOND, 35 * SECOND],
    } as const;
    const limit = {
      kind: 'policy',
      policy: { type: 'Percent', value: 50, period: 60 * SECOND },
    } as const;
    const one = row({ window, limit }, { from: 8, to: 6 });
    expect(linesOf(one)).toEqual([
      'Saw: cpu at 58–71 % of its request (target 60 %), samples 5–12 s old; pods: 8 counted, 0–2 not ready yet',
      'Asked for: 8–11 replicas',
      'Window: the largest proposal of the last 5 min counts: 10–12, made at 08:00:05–08:00:35; it leaves the window at 08:05:35',
      'Limit: the policy of 50 % per 1 min allows 6 for now',
      'Done: scaled down from 8 to 6',
    ]);
    expect(linesOf(one, zh)).toEqual([
      '观测: cpu 为请求量的 58–71%（目标 60%），采样距今 5–12 秒；Pod：8 个计入，0–2 个未就绪',
      '需要: 8–11 个副本',
      '稳定窗口: 取最近 5 分内的最大建议值：10–12 个，提出于 08:00:05–08:00:35，08:05:35 移出窗口',
      '限制: 策略“每 1 分 50%”目前允许 6 个',
      '结果: 从 8 个缩容到 6 个',
    ]);
  });

  it('names every metric with what it asks for, if there are several', () => {
    const queue = {
      ...CPU,
      metric: 'queue',
      kind: 'value',
      target: 1.5,
      seen: [2.25, 2.25],
      age: null,
      unready: [0, 0],
      proposal: [3, 3],
    } as const;
    const failed = { ...queue, seen: null, proposal: null, error: 'failed' };
    const [, second, third] = linesOf(row({ metrics: [CPU, queue, failed] }));
    expect(second).toBe('Saw: queue at 2.25 (target 1.5); pods: 8 counted; asks for 3');
    expect(third).toBe('Saw: queue: no reading');
  });

  it('says nothing of pods where a metric of the whole service asks about none', () => {
    const none = [0, 0] as const;
    const queue = {
      ...CPU,
      metric: 'queue_length',
      kind: 'value',
      target: 50,
      seen: [62.5, 80],
      age: [31 * SECOND, 44 * SECOND],
      ready: none,
      unready: none,
    } as const;
    const one = row({ metrics: [queue] });
    expect(linesOf(one)[0]).toBe('Saw: queue_length at 62.5–80 (target 50), samples 31–44 s old');
    expect(linesOf(one, zh)[0]).toBe('观测: queue_length 为 62.5–80（目标 50），采样距今 31–44 秒');
  });

  it('says why no change is asked for', () => {
    const basis = (name: string) => row({ metrics: [{ ...CPU, basis: name }], proposal: [8, 8] });
    expect(linesOf(basis('tolerance'))[1]).toContain('within the tolerance');
    expect(linesOf(basis('unknown-pods'))[1]).toContain('whose load is unknown');
  });

  it('counts the reasons that alternate', () => {
    const reasons = { 'hpa.steady': 1, 'hpa.stabilized': 4, 'hpa.at-max-value': 1 };
    expect(linesOf(row({ reasons })).at(-1)).toBe(
      'Done: stays at 8 (4 × held by the window, 1 × as many as needed, 1 × at maxReplicas)',
    );
  });

  it('says of VMs that they are VMs, and what holds a group', () => {
    const cpu = { ...CPU, metric: 'cpu-percent', basis: 'vms' };
    const at = (key: string, run: object = {}) =>
      row({ metrics: [cpu], ...run }, { reason: { key, params: { metric: 'cpu-percent' } } });
    expect(linesOf(at('vm.cooldown')).at(-1)).toBe(
      'Done: stays at 8 (the last activity or its cooldown is not over)',
    );
    const both = at('vm.steady', { reasons: { 'vm.steady': 2, 'vm.waiting': 3 } });
    expect(linesOf(both)[1]).toMatch(/^Asked for: VMs: /);
    expect(linesOf(both).at(-1)).toBe(
      'Done: stays at 8 (3 × as many are wanted already, 2 × no alarm)',
    );
    expect(linesOf(both, zh).at(-1)).toBe('结果: 保持 8 个（3 × 期望数已足够，2 × 没有告警）');
    expect(explainDecision(both, en).syncs).toMatch(/evaluations?$/);
  });

  it('is the reason’s sentence where no metric has an answer, or nothing was measured', () => {
    const reason = { key: 'hpa.above-max', params: { from: 9, to: 8 } };
    const sentence = 'Done: 9 replicas were above maxReplicas: set to 8 at once.';
    expect(linesOf(row({ metrics: [], proposal: null }, { reason }))).toEqual([sentence]);
    const { run: _, ...plain } = row({}, { reason });
    expect(linesOf(plain)).toEqual([sentence]);
    expect(explainDecision(plain, en).syncs).toBe('');
  });

  it('has words for everything that can hold a decision', () => {
    const errors = [
      'failed',
      'no-pods',
      'no-usable-samples',
      'no-resource-request',
      'zero-requests',
      'invalid-target',
      'an error to come',
    ].map((error) => row({ metrics: [{ ...CPU, seen: null, error }] }));
    const limits = (['min', 'max', 'step', 'disabled'] as const).map((kind) =>
      row({ limit: { kind, policy: null } }),
    );
    const policies = (['Pods', 'Percent'] as const).map((type) =>
      row({ limit: { kind: 'policy', policy: { type, value: 4, period: 15 * SECOND } } }),
    );
    const up = { direction: 'up', length: SECOND, replicas: [1, 1], made: [0, 0] } as const;
    const rests = [
      'hpa.steady',
      'hpa.within-tolerance',
      'hpa.stabilized',
      'hpa.unknown-pods',
      'hpa.limited-by-policy',
      'hpa.at-max',
      'hpa.at-min',
      'hpa.of-the-future',
    ].map((key) => row({ reasons: { [key]: 2, 'hpa.steady-value': 1 } }));
    for (const one of [...errors, ...limits, ...policies, row({ window: up }), ...rests]) {
      for (const context of [en, zh]) {
        const text = linesOf(one, context).join('\n');
        expect(text).not.toMatch(/explain\.|[{}]|undefined|NaN/);
      }
    }
  });
});

describe('what is worth a planner’s time', () => {
  const holds = (key: string, reasons?: Record<string, number>) =>
    isTelling(row(reasons === undefined ? {} : { reasons }, { reason: { key, params: {} } }));

  it('is a change, what was written down, and a hold that hides a need', () => {
    expect(isTelling(row({}, { to: 9 }))).toBe(true);
    const { run: _, ...plain } = row();
    expect(isTelling(plain)).toBe(true);
    expect(holds('hpa.at-max')).toBe(true);
    expect(holds('hpa.steady', { 'hpa.steady': 9, 'hpa.at-max': 1 })).toBe(true);
  });

  it('is not a load at rest', () => {
    expect(holds('hpa.steady')).toBe(false);
    expect(holds('hpa.stabilized-value')).toBe(false);
    expect(holds('hpa.steady', { 'hpa.steady': 9, 'hpa.stabilized': 1 })).toBe(false);
  });
});

describe('an instant', () => {
  const rows = [
    row({ until: 60 * SECOND }),
    row({ until: 60 * SECOND }, { service: 'other' }),
    row({ until: 75 * SECOND }, { at: 75 * SECOND, to: 9 }),
  ];

  it('is under the newest decision of the service', () => {
    expect(decisionInForce(rows, 'shop', 70 * SECOND)).toBe(rows[0]);
    expect(decisionInForce(rows, 'shop', 75 * SECOND)).toBe(rows[2]);
    expect(decisionInForce(rows, 'shop', 19 * SECOND)).toBeUndefined();
  });

  it('is part of a period if its run reaches into it', () => {
    expect(decisionsBetween(rows, 60 * SECOND, 70 * SECOND)).toEqual([rows[0], rows[1]]);
    expect(decisionsBetween(rows, 61 * SECOND, 75 * SECOND)).toEqual([rows[2]]);
  });

  const levels: PodLevels = {
    at: [0, 10, 30, 40, 50],
    pending: [0, 4, 1, 0, 0],
    unbound: [0, 3, 0, 0, 0],
    starting: [0, 0, 3, 0, 0],
    ready: [6, 6, 6, 10, 8],
    draining: [0, 0, 0, 0, 2],
  }; // as if µs

  it('shows the pods, and when the next capacity comes', () => {
    expect(podsThen(levels, 29)).toMatchObject({ pending: 4, unbound: 3, starting: 0, ready: 6 });
    expect(podsThen(levels, 30)).toMatchObject({
      pending: 1,
      starting: 3,
      next: { at: 40, added: 4, ready: 10 },
    });
    expect(podsThen(levels, 45).next).toBeNull();
  });

  it('has words for them', () => {
    const { at: columns, ...rest } = levels;
    const seconds = { ...rest, at: columns.map((at) => at * SECOND) };
    expect(podsThenText(podsThen(seconds, 12 * SECOND), en)).toBe(
      '6 ready, 0 starting, 4 pending (3 without a node); next capacity at 08:00:40: 4 more, 10 ready',
    );
    expect(podsThenText(podsThen(seconds, 55 * SECOND), zh)).toBe(
      '8 个就绪，0 个启动中，0 个等待中，2 个正在退出；本次运行中不再增加',
    );
  });

  it('names the day where a run has several', () => {
    expect(momentText(20 * SECOND, clock)).toBe('08:00:20');
    expect(momentText(25 * HOUR, { ...clock, duration: 48 * HOUR })).toBe('2026-01-02 09:00:00');
  });
});

describe('a range', () => {
  it.each([
    [[0.5, 0.5], '50 %'],
    [[0.5, 0.62], '50–62 %'],
  ] as const)('%j says its unit once', (span, text) => {
    expect(spanText(span, (value) => formatShare(value, 'en'))).toBe(text);
  });

  it('keeps both units where they differ', () => {
    const duration = (value: number) => formatDuration(value, 'en');
    expect(spanText([20 * SECOND, 120 * SECOND], duration)).toBe('20 s–2 min');
  });
});
