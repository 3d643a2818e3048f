/**
 * Two EC2 Auto Scaling groups under the same step of load: one tracks requests per target, one CPU.
 * Somebody looked every half minute; predicted is also what he would have seen.
 */
import { LATE, SERVED } from '../flow/columns.ts';
import type { DecisionRow } from '../outcome.ts';
import type { Run } from '../simulate.ts';
import { histogramQuantile } from '../stats/histogram.ts';
import type { Experiment, Prediction, Quantity } from './experiment.ts';
import { local } from './local-text.ts';
import { curve, published, quantity } from './spread.ts';
import { rowsOf, type Sample, type Values, valuesOf } from './study.ts';

const SECOND = 1e6;
/** Of the load, µs. */
const STEP = 120 * SECOND;
/** When somebody looks, seconds after the step. */
const LOOKS = Array.from({ length: 30 }, (_, i) => 0.1 + 30.17 * i);

const SCALES = { strategy: 'request-target' };
const TWIN = { strategy: 'cpu-target' };

function measure({ ledger, model }: Run): Values {
  const changes = ledger.decisions.filter(({ from, to }) => from !== to);
  const jump = changes.slice(0, 1).map(({ at }) => sinceStep(at));
  const running = ledger.vmCalls
    .flatMap(({ running: at }) => (at === undefined ? [] : [sinceStep(at)]))
    .sort((a, b) => a - b);
  const [{ plane }] = model.services;
  const [values, sum] = plane.latency.totals;
  return {
    desired: [desiredAt(changes, model.horizon)],
    jump,
    jumpSeen: jump.map(seenAt),
    inService: running,
    inServiceSeen: running.slice(0, 1).map(seenAt),
    plateau: [1 + running.length],
    mean: [sum / values / 1000],
    p99: [(histogramQuantile(plane.latency, 0.99) ?? Number.NaN) / 1000],
    requests: [plane.counts[SERVED] + plane.counts[LATE]],
    desiredSeen: LOOKS.map((look) => desiredAt(changes, STEP + look * SECOND)),
    runningSeen: LOOKS.map((look) => 1 + running.filter((time) => time <= look).length),
  };
}

function sinceStep(time: number): number {
  return (time - STEP) / SECOND;
}

function desiredAt(changes: readonly DecisionRow[], time: number): number {
  return changes.findLast(({ at }) => at <= time)?.to ?? 1;
}

/** NaN = after the last look. */
function seenAt(time: number): number {
  return LOOKS.find((look) => look >= time) ?? Number.NaN;
}

function predict(samples: readonly Sample[]): Prediction {
  const desired = local('Desired capacity', '期望容量');
  const running = local('VMs in service', '服务中的虚拟机');
  const rows = (name: string) => rowsOf(samples, name, SCALES);
  return {
    quantities: [...decisions(samples), ...responses(samples)],
    panels: [
      {
        id: 'capacity',
        title: local('The group that tracks requests', '跟踪请求数的伸缩组'),
        x: local('seconds after the step', '阶跃后的秒数'),
        curves: [
          curve(desired, LOOKS, rows('desiredSeen')),
          curve(running, LOOKS, rows('runningSeen')),
        ],
      },
    ],
  };
}

function decisions(samples: readonly Sample[]): readonly Quantity[] {
  const of = (name: string) => valuesOf(samples, name, SCALES);
  return [
    quantity({
      id: 'jump',
      label: local('Decision to grow, after the step', '决定扩容（阶跃之后）'),
      unit: 's',
      values: of('jump'),
    }),
    quantity({
      id: 'jump-seen',
      label: local('First look that sees it', '首次观察到'),
      unit: 's',
      values: of('jumpSeen'),
      observed: published([301.7, 331.9, 332.5, 331.9, 362], RANGE_OF_FIVE),
      tolerance: { of: 'p50', low: 270, high: 365 },
    }),
    quantity({
      id: 'in-service-seen',
      label: local('First look with more VMs in service', '首次观察到更多虚拟机在服务'),
      unit: 's',
      values: of('inServiceSeen'),
      observed: published([331.9, 331.9, 332.5, 362.1, 362], RANGE_OF_FIVE),
      tolerance: { of: 'p50', low: 300, high: 395 },
    }),
    quantity({
      id: 'desired',
      label: local('Desired capacity at the end', '最终期望容量'),
      unit: 'VMs',
      values: of('desired'),
      observed: published([5, 5, 5, 5, 5], RANGE_OF_FIVE),
      tolerance: { of: 'all', low: 5, high: 5 },
    }),
    quantity({
      id: 'plateau',
      label: local('VMs in service at the end', '最终服务中的虚拟机'),
      unit: 'VMs',
      values: of('plateau'),
      observed: {
        mid: 3,
        low: 2,
        high: 3,
        text: local('3 in 9 rounds, 2 in one', '9 轮为 3，1 轮为 2'),
      },
    }),
    quantity({
      id: 'twin',
      label: local('Desired capacity of the twin that tracks CPU', '跟踪 CPU 的孪生组的期望容量'),
      unit: 'VMs',
      values: valuesOf(samples, 'desired', TWIN),
      observed: published([1, 1, 1, 1, 1], RANGE_OF_FIVE),
      tolerance: { of: 'all', low: 1, high: 1 },
    }),
  ];
}

function responses(samples: readonly Sample[]): readonly Quantity[] {
  const of = (name: string) => valuesOf(samples, name, SCALES);
  return [
    quantity({
      id: 'mean',
      label: local('Mean response', '平均响应时间'),
      unit: 'ms',
      values: of('mean'),
      observed: published([1009.4, 1009, 1009.1, 1009.1, 1008.9], RANGE_OF_FIVE),
      tolerance: { of: 'mean', low: 0.98 * 1009.1, high: 1.02 * 1009.1 },
    }),
    quantity({
      id: 'p99',
      label: local('99th percentile of the response', '响应时间 P99'),
      unit: 'ms',
      values: of('p99'),
      observed: published([1066.7, 1051.8, 1056.6, 1052.4, 1048.1], RANGE_OF_FIVE),
      tolerance: { of: 'mean', low: 0.98 * 1052.4, high: 1.02 * 1052.4 },
    }),
    quantity({
      id: 'twin-p99',
      label: local('The same of the twin', '孪生组的 P99'),
      unit: 'ms',
      values: valuesOf(samples, 'p99', TWIN),
    }),
    quantity({
      id: 'requests',
      label: local('Requests completed', '完成的请求'),
      unit: 'requests',
      values: of('requests'),
      observed: published([62_973, 62_962, 62_988, 62_972, 62_990], RANGE_OF_FIVE),
    }),
  ];
}

const RANGE_OF_FIVE = local('median and range of five rounds', '五轮的中位数与范围');

export const awsAsgRequestTargetStep: Experiment = {
  id: 'aws-asg-request-target-step',
  title: local('EC2 Auto Scaling under a step of load', 'EC2 Auto Scaling 与阶跃负载'),
  scenario: 'experiments/aws-asg-request-target-step.yaml',
  source: 'github.com/jaycee6666/autoscaling-strategy-compare@0f9676ed3a46, rounds 13 to 17',
  licence: local(
    'No licence: figures are quoted, the raw series is not part of this repository.',
    '无许可证：只引用数字，原始序列不在本仓库中。',
  ),
  setup: local(
    't3.micro behind an ALB, 1 to 5 of them, target 360 requests per target and minute, warm-up 60 s; 70 requests/s that sleep 1 s, for 900 s from nothing. A twin group tracks 50 % CPU.',
    'ALB 之后 1 至 5 台 t3.micro，目标为每目标每分钟 360 个请求，预热 60 秒；从零开始每秒 70 个请求、各休眠 1 秒，持续 900 秒。孪生组跟踪 CPU 50%。',
  ),
  fitted: local(
    'To rounds 13 and 14: the requests metric is 120 s late (the default of alarms.delay), a launch takes 15 s until it is in service, mean and tail of the response, 3 VMs at most.',
    '拟合于第 13、14 轮：请求指标延迟 120 秒（alarms.delay 的默认值）、启动到服务 15 秒、响应的均值与尾部、最多 3 台虚拟机。',
  ),
  remarks: local(
    'Where the step falls within the minute of the alarm is not known: it spreads the decision over a minute and a half. Why only 3 of 5 VMs came into service was not stated; a limit of the account stands for it.',
    '阶跃落在告警周期的何处未知，这使决定时刻散布在一分半钟内。为何 5 台中只有 3 台进入服务未作说明，这里以账户限额代替。',
  ),
  cases: [{ name: 'all', set: {} }],
  measure,
  predict,
};
