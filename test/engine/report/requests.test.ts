import { describe, expect, it } from 'vitest';
import type { RequestTrace } from '../../../packages/engine/src/outcome.ts';
import { preciseMomentText } from '../../../packages/engine/src/report/explain/moments.ts';
import { explainRequest } from '../../../packages/engine/src/report/explain/request.ts';
import {
  chooseRequests,
  countFates,
  fateLines,
  requestsOf,
  type ServiceRequest,
} from '../../../packages/engine/src/report/explain/request-choice.ts';

const MS = 1000;
const SECOND = 1_000_000;
// 2026-01-01T08:00:00+08:00
const clock = { start: 1_767_225_600_000_000, utcOffset: 480, duration: 3600 * SECOND };
const en = { locale: 'en', clock } as const;
const zh = { locale: 'zh-CN', clock } as const;

const trace = (changes: Partial<RequestTrace> = {}): RequestTrace => ({
  arrival: 3.12 * SECOND,
  wait: 1.9 * SECOND,
  started: true,
  service: 60 * MS,
  latency: 1.96 * SECOND,
  pod: 1212,
  outcome: 'late',
  ...changes,
});

const waiting = { started: false, latency: null, outcome: 'inFlight' } as const;

describe('a request in words', () => {
  it('may have waited in the queue of the service, at no pod', () => {
    const held = trace({ started: false, pod: null, outcome: 'timedOut', wait: 2 * SECOND });
    expect(explainRequest(held, 'kubernetes', en).text).toBe(
      'waited 2 s in the queue of the service, until its client gave up',
    );
    expect(explainRequest(held, 'kubernetes', zh).text).toBe(
      '在 服务 的队列中等待 2 秒，直到客户端放弃',
    );
  });

  it('says when it came, how it fared and what happened', () => {
    expect(explainRequest(trace(), 'kubernetes', en)).toEqual({
      time: '08:00:03.120',
      outcome: 'Late',
      text: 'waited 1.9 s for a slot of pod 1212, served in 60 ms, answered after 1.96 s',
    });
    expect(explainRequest(trace(), 'kubernetes', zh)).toEqual({
      time: '08:00:03.120',
      outcome: '时延超标',
      text: '等待 1.9 秒后得到 Pod 1212 的并发槽，处理 60 ms，共 1.96 秒后得到响应',
    });
  });

  it.each<[Partial<RequestTrace>, string]>([
    [
      { wait: 0, latency: 60 * MS, outcome: 'served' },
      'started at once on VM 1212, answered after 60 ms',
    ],
    [
      { wait: 0, latency: 200 * MS, outcome: 'served' },
      'started at once on VM 1212, in service for 200 ms with 60 ms of work of its own, answered after 200 ms',
    ],
    [
      { latency: 3 * SECOND, outcome: 'timedOut' },
      'waited 1.9 s for a slot of VM 1212; its client gave up after 3 s, while it was served',
    ],
    [
      { wait: 3 * SECOND, started: false, latency: 3 * SECOND, outcome: 'timedOut' },
      'waited 3 s in the queue of VM 1212, until its client gave up',
    ],
    [
      { wait: 0, latency: 2 * SECOND, outcome: 'failed' },
      'started at once on VM 1212; it failed after 2 s, while it was served',
    ],
    [
      { started: false, latency: 1.9 * SECOND, outcome: 'failed' },
      'waited 1.9 s in the queue of VM 1212, and was lost there',
    ],
    [
      { ...waiting, started: true },
      'waited 1.9 s for a slot of VM 1212, still in service at the end of the run',
    ],
    [waiting, 'waited 1.9 s in the queue of VM 1212, and still waits at the end of the run'],
    [{ wait: null, started: false, pod: null, latency: 0, outcome: 'rejected' }, 'refused at once'],
  ])('%j', (changes, text) => {
    expect(explainRequest(trace(changes), 'vm-peak', en).text).toBe(text);
    // Every part of it has Chinese words.
    expect(explainRequest(trace(changes), 'vm-peak', zh).text).not.toMatch(/request\.|[{}]|VM/);
  });

  it('has the milliseconds of its arrival, and the date in a long run', () => {
    expect(preciseMomentText(59.999_999 * SECOND, clock)).toBe('08:00:59.999');
    const long = { ...clock, duration: 3 * 86_400 * SECOND };
    expect(preciseMomentText(86_400 * SECOND + 1500, long)).toBe('2026-01-02 08:00:00.001');
    expect(preciseMomentText(0, { ...clock, start: -1500 })).toMatch(/59\.998$/);
  });
});

const some = (outcome: RequestTrace['outcome'], count: number, from: number): ServiceRequest[] =>
  Array.from({ length: count }, (_, i) => ({
    service: 'shop',
    trace: trace({ arrival: from + i, outcome }),
  }));

describe('the requests that are shown', () => {
  const chosen = (all: readonly ServiceRequest[], most: number) =>
    chooseRequests(all, most).map(({ trace: { outcome, arrival } }) => [outcome, arrival]);

  it('are of every fate, the worst first, each spread over its arrivals', () => {
    const all = [...some('served', 50, 0), ...some('late', 10, 100), ...some('failed', 1, 200)];
    expect(chosen(all, 6)).toEqual([
      ['failed', 200],
      ['late', 101],
      ['late', 105],
      ['late', 108],
      ['served', 12],
      ['served', 37],
    ]);
  });

  it('are all, if there is room', () => {
    const all = [...some('served', 2, 0), ...some('rejected', 1, 5)];
    expect(chosen(all, 8)).toEqual([
      ['rejected', 5],
      ['served', 0],
      ['served', 1],
    ]);
    expect(chosen([], 8)).toEqual([]);
  });

  it('are one of each fate even if that is more than was asked for', () => {
    const all = [...some('served', 9, 0), ...some('late', 9, 20), ...some('timedOut', 9, 40)];
    expect(chosen(all, 2).map(([outcome]) => outcome)).toEqual(['timedOut', 'late', 'served']);
  });
});

describe('fates', () => {
  const traces = [...some('served', 3, 0), ...some('timedOut', 2, 9)].map((one) => one.trace);

  it('are counted, the worst first', () => {
    expect(countFates(traces)).toEqual([
      { fate: 'timedOut', count: 2 },
      { fate: 'served', count: 3 },
    ]);
    expect(fateLines({ shop: traces, db: [] }, 'en')).toEqual([
      'shop: 5 requests followed: 2 timed out, 3 served',
    ]);
    expect(fateLines({ shop: traces }, 'zh-CN')).toEqual([
      'shop：跟踪了 5 个请求：客户端超时 2 个，成功 3 个',
    ]);
  });

  it('requests of several services are in order of arrival', () => {
    const [a, b, c] = [5, 1, 3].map((arrival) => trace({ arrival })) as [
      RequestTrace,
      RequestTrace,
      RequestTrace,
    ];
    expect(requestsOf({ requests: { shop: [b, a], cart: [c] } })).toEqual([
      { service: 'shop', trace: b },
      { service: 'cart', trace: c },
      { service: 'shop', trace: a },
    ]);
  });
});
