/** The walkthrough of the Kubernetes documentation: one client, 305 %, seven pods, and back. */
import type { Run } from '../simulate.ts';
import type { Experiment, Prediction } from './experiment.ts';
import { local } from './local-text.ts';
import { curve, quantity } from './spread.ts';
import { rowsOf, type Sample, type Values, valuesOf } from './study.ts';

const SECOND = 1e6;
const MINUTES = 20;
/** When the client comes and goes, µs. */
const FROM = 60 * SECOND;
const TO = 600 * SECOND;
/** Times of the curve, seconds. */
const TIMES = Array.from({ length: MINUTES * 6 }, (_, i) => 10 * i);

function measure({ ledger }: Run): Values {
  const { decisions } = ledger;
  const changes = decisions.filter(({ from, to }) => from !== to);
  const up = changes.filter(({ from, to, at }) => to > from && at < TO);
  const back = changes.find(({ to, at }) => to === 1 && at > TO);
  const seen = decisions.flatMap(({ run }) => run?.metrics[0]?.seen ?? []);
  const most = changes.reduce((highest, { to }) => Math.max(highest, to), 1);
  return {
    utilization: [100 * seen.reduce((highest, value) => Math.max(highest, value), 0)],
    steps: [up.length],
    replicas: [most],
    upAfter: up.slice(-1).map(({ at }) => (at - FROM) / SECOND),
    backAfter: back === undefined ? [] : [(back.at - TO) / 60 / SECOND],
    over: TIMES.map((time) => changes.findLast(({ at }) => at <= time * SECOND)?.to ?? 1),
  };
}

function predict(samples: readonly Sample[]): Prediction {
  const of = (name: string) => valuesOf(samples, name);
  return {
    quantities: [
      quantity({
        id: 'utilization',
        label: local('Highest utilization that the HPA saw', 'HPA 看到的最高利用率'),
        unit: '%',
        values: of('utilization'),
        observed: { mid: 305, low: 305, high: 305, text: local('as printed', '文档所载') },
        tolerance: { of: 'mean', low: 300, high: 310 },
      }),
      quantity({
        id: 'replicas',
        label: local('Pods at most', '最多 Pod 数'),
        unit: 'pods',
        values: of('replicas'),
        observed: { mid: 7, low: 7, high: 7, text: local('as printed', '文档所载') },
        tolerance: { of: 'all', low: 7, high: 7 },
      }),
      quantity({
        id: 'steps',
        label: local('Steps up (1 → 4 → 7)', '扩容步数（1 → 4 → 7）'),
        unit: '',
        values: of('steps'),
      }),
      quantity({
        id: 'up-after',
        label: local('Last step up, after the client came', '最后一次扩容（客户端到来之后）'),
        unit: 's',
        values: of('upAfter'),
      }),
      quantity({
        id: 'back-after',
        label: local('One pod again, after the client has gone', '客户端离开之后回到 1 个 Pod'),
        unit: 'min',
        values: of('backAfter'),
        observed: { mid: 5.5, low: 5, high: 7, text: local('“some minutes”', '“几分钟”') },
        tolerance: { of: 'p50', low: 5, high: 7 },
      }),
    ],
    panels: [
      {
        id: 'replicas',
        title: local('Pods wanted', '期望 Pod 数'),
        x: local('seconds', '秒'),
        curves: [curve(local('pods', 'Pod'), TIMES, rowsOf(samples, 'over'))],
      },
    ],
  };
}

export const k8sWalkthroughPhpApache: Experiment = {
  id: 'k8s-walkthrough-php-apache',
  title: local('The HPA walkthrough', 'HPA 演练'),
  scenario: 'experiments/k8s-walkthrough-php-apache.yaml',
  source:
    'github.com/kubernetes/website@0189ae0f6bf2, content/en/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough.md',
  licence: local('CC BY 4.0; figures are quoted.', 'CC BY 4.0；仅引用数字。'),
  setup: local(
    'php-apache asks for 200m of CPU; HPA 1 to 10 replicas at 50 %; one client that asks again at once.',
    'php-apache 请求 200m CPU；HPA 1 至 10 副本、目标 50%；一个客户端不停请求。',
  ),
  fitted: local(
    'The time between two requests of the client, 64 ms at 100 ms of CPU per request, so that it uses 0.61 cores: the 305 % of one pod that was printed.',
    '客户端两次请求之间的间隔：每请求 CPU 100 毫秒时为 64 毫秒，使其用掉 0.61 核，即文档所载单个 Pod 的 305%。',
  ),
  remarks: local(
    'The 500m limit that the page has later on cannot go with 305 %; the scenario has a limit of one core, which one client cannot reach.',
    '该页后文的 500m 上限与 305% 不能并存；场景取一个核为上限，单个客户端达不到。',
  ),
  cases: [{ name: 'all', set: {} }],
  measure,
  predict,
};
