/**
 * An HPA under a burst of closed-loop clients every five minutes, probe by probe: what each probe
 * completed, how long that took on average, and how many pods there were at its end.
 */
import type { Run } from '../simulate.ts';
import type { Experiment, Panel, Prediction, Quantity } from './experiment.ts';
import {
  OBSERVED_LATENCY,
  OBSERVED_REPLICAS,
  OBSERVED_REQUESTS,
} from './k8s-hpa-periodic-burst-data.ts';
import { local } from './local-text.ts';
import { curve, published, quantity } from './spread.ts';
import { rowsOf, type Sample, type Values } from './study.ts';

const PROBES = 60;
/** Seconds: of the first probe, between two, of one. */
const FIRST = 30;
const PERIOD = 30;
const LENGTH = 20;
/** The burst is every tenth probe, from this one on. */
const BURST = 5;
const EVERY = 10;

const INDEX = Array.from({ length: PROBES }, (_, i) => i);
const MINUTES = INDEX.map((probe) => (probe * PERIOD) / 60);
const isBurst = (probe: number) => probe % EVERY === BURST;
/** Not in a burst, and not within a minute after one. */
const isCalm = (probe: number) => probe % EVERY < BURST || probe % EVERY > BURST + 2;
const bursts = INDEX.filter(isBurst);

/** The series has a row per second. */
function measure({ rows }: Run): Values {
  const probes = INDEX.map((probe) => {
    const from = FIRST + PERIOD * probe;
    let completed = 0;
    let time = 0;
    for (let second = from; second < from + LENGTH; second++) {
      completed += rows.completed[second];
      // Requests that end in the same second took about as long as their median.
      if (rows.completed[second] > 0) time += rows.completed[second] * rows.latencyP50[second];
    }
    const latency = completed === 0 ? Number.NaN : time / completed / 1000;
    return { completed, latency, replicas: rows.replicas[from + LENGTH] };
  });
  return {
    completed: probes.map(({ completed }) => completed),
    latency: probes.map(({ latency }) => latency),
    replicas: probes.map(({ replicas }) => replicas),
  };
}

/** Numbers of certain probes, over all runs. */
function at(
  samples: readonly Sample[],
  name: string,
  probes: readonly number[],
): readonly number[] {
  return rowsOf(samples, name)
    .flatMap((row) => probes.map((probe) => row[probe]))
    .filter((value) => Number.isFinite(value));
}

const observedAt = (values: readonly number[], probes: readonly number[]) =>
  published(
    probes.flatMap((probe) => values[probe] ?? []),
    local('median and range of the first half', '前半程的中位数与范围'),
  );

function predict(samples: readonly Sample[]): Prediction {
  return {
    quantities: [...ofBursts(samples), ...ofReplicas(samples), ...ofCalm(samples)],
    panels: [
      panel(samples, 'completed', local('Requests completed', '完成的请求'), OBSERVED_REQUESTS),
      panel(samples, 'latency', local('Mean latency, ms', '平均延迟（毫秒）'), OBSERVED_LATENCY),
      panel(samples, 'replicas', local('Pods', 'Pod 数'), OBSERVED_REPLICAS),
    ],
  };
}

function ofBursts(samples: readonly Sample[]): readonly Quantity[] {
  return [
    quantity({
      id: 'burst-requests',
      label: local('Requests completed in a burst', '突发探测完成的请求'),
      unit: 'requests',
      values: at(samples, 'completed', bursts),
      observed: observedAt(OBSERVED_REQUESTS, bursts),
      tolerance: { of: 'mean', low: 120, high: 330 },
    }),
    quantity({
      id: 'burst-latency',
      label: local('Mean latency in a burst', '突发探测的平均延迟'),
      unit: 'ms',
      values: at(samples, 'latency', bursts),
      observed: observedAt(OBSERVED_LATENCY, bursts),
      tolerance: { of: 'mean', low: 4000, high: 10_000 },
    }),
  ];
}

function ofReplicas(samples: readonly Sample[]): readonly Quantity[] {
  const highest = rowsOf(samples, 'replicas').flatMap((row) =>
    bursts.map((burst) => Math.max(row[burst], row[burst + 1], row[burst + 2])),
  );
  const observed = bursts.flatMap((burst) =>
    OBSERVED_REPLICAS.slice(burst, burst + 3).length === 3
      ? Math.max(...OBSERVED_REPLICAS.slice(burst, burst + 3))
      : [],
  );
  const back = bursts.map((burst) => burst + 3).filter((probe) => probe < PROBES);
  return [
    quantity({
      id: 'peak-replicas',
      label: local('Most pods within 60 s of a burst', '突发后 60 秒内最多 Pod'),
      unit: 'pods',
      values: highest,
      observed: published(observed, local('in all three', '三次均是')),
      tolerance: { of: 'mean', low: 8, high: 12 },
    }),
    quantity({
      id: 'back-replicas',
      label: local('Pods 90 s after a burst', '突发后 90 秒的 Pod'),
      unit: 'pods',
      values: at(samples, 'replicas', back),
      observed: observedAt(OBSERVED_REPLICAS, back),
      tolerance: { of: 'p50', low: 2, high: 6 },
    }),
  ];
}

function ofCalm(samples: readonly Sample[]): readonly Quantity[] {
  const calm = INDEX.filter(isCalm);
  const means = rowsOf(samples, 'replicas').map(
    (row) => calm.reduce((sum, probe) => sum + row[probe], 0) / calm.length,
  );
  return [
    quantity({
      id: 'calm-replicas',
      label: local('Pods between bursts, mean', '两次突发之间的平均 Pod 数'),
      unit: 'pods',
      values: means,
      observed: { mid: 4.05, low: 1, high: 8, text: local('mean and range', '均值与范围') },
      tolerance: { of: 'mean', low: 3, high: 5 },
    }),
    quantity({
      id: 'calm-latency',
      label: local('Mean latency between bursts', '两次突发之间的平均延迟'),
      unit: 'ms',
      values: at(samples, 'latency', calm.slice(4)),
      observed: observedAt(OBSERVED_LATENCY, calm.slice(4)),
    }),
  ];
}

function panel(
  samples: readonly Sample[],
  name: string,
  title: Panel['title'],
  observed: readonly number[],
): Panel {
  return {
    id: name,
    title,
    x: local('minutes', '分钟'),
    curves: [
      curve(local('simulated', '仿真'), MINUTES, rowsOf(samples, name)),
      {
        label: local('observed', '实测'),
        kind: 'observed',
        x: MINUTES.slice(0, observed.length),
        y: observed,
      },
    ],
  };
}

export const k8sHpaPeriodicBurst: Experiment = {
  id: 'k8s-hpa-periodic-burst',
  title: local('An HPA under periodic bursts', '周期性突发下的 HPA'),
  scenario: 'experiments/k8s-hpa-periodic-burst.yaml',
  source:
    'github.com/jthomperoo/custom-pod-autoscaler-experiments@f065bee72391, predictive-horizontal-pod-autoscaler/short',
  licence: local('Apache-2.0.', 'Apache-2.0。'),
  setup: local(
    'Kubernetes of 2020, HPA 1 to 12 replicas at 50 % of 200m, no downscale stabilization; 60 probes, one every 30 s: 20 s of 5 users in a closed loop, of 100 in every tenth; think time 0.1 to 1 s.',
    '2020 年的 Kubernetes，HPA 1 至 12 副本、目标为 200m 的 50%、无缩容稳定窗口；60 次探测，每 30 秒一次：5 个闭环用户持续 20 秒，每第十次为 100 个；思考时间 0.1 至 1 秒。',
  ),
  fitted: local(
    'To the first 30 of 60 probes, with three of six bursts: metrics every 30 s, 135 ms of CPU per request, and that a pod gets 400m of its 500m. The second half is predicted.',
    '拟合于 60 次探测中的前 30 次（含 6 次突发中的 3 次）：指标每 30 秒一次、每请求 CPU 135 毫秒、Pod 实得其 500m 中的 400m。后半程为预测。',
  ),
  remarks: local(
    'How many pods a burst meets is chance: it depends on when the last metrics were read. Single bursts scatter accordingly, here and there.',
    '一次突发遇到多少 Pod 取决于上一次读取指标的时刻，因此无论实测还是仿真，单次突发都相当分散。',
  ),
  cases: [{ name: 'all', set: {} }],
  measure,
  predict,
};
