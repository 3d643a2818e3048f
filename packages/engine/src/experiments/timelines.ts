/**
 * How long a burst waits for help: seconds from the burst to the first extra capacity in service,
 * for every way to provision, each simulated as a scenario. Beside it stands the same chain drawn
 * without a simulator: the stages of docs/model.md added up, 100 000 draws each.
 */
import type { LocalText } from '../scenario/fields.ts';
import type { Run } from '../simulate.ts';
import { local } from './local-text.ts';
import type { Study, StudyCase, Values } from './study.ts';

const SECOND = 1e6;

/** First decision, and first service of a pod or VM that was wanted, seconds after `burst`. */
function firstHelp({ ledger }: Run, burst: number): Values {
  const added = ledger.pods.filter(({ wanted }) => wanted > burst);
  const since = (times: readonly number[]) =>
    times.length === 0 ? [] : [(Math.min(...times) - burst) / SECOND];
  return {
    decided: since(added.map(({ wanted }) => wanted)),
    served: since(added.flatMap(({ routed }) => (routed === undefined ? [] : [routed]))),
  };
}

const ONE_NODE = { 'kubernetes.nodes.min': '1' };
const IMAGE_ABSENT = { 'kubernetes.startup.image.cached': 'false' };
const OLD_LOOP = { ...ONE_NODE, 'kubernetes.nodes.loop': 'timed' };
const FAST_NODE = {
  'kubernetes.nodes.request.median': '0s',
  'kubernetes.nodes.join.median': '40s',
  'kubernetes.nodes.join.sigma': '0.25',
};
const KARPENTER = { ...ONE_NODE, 'kubernetes.nodes.provisioner': 'karpenter' };
const SERVERLESS = { 'kubernetes.nodes.provisioner': 'serverless' };

const PAUSE_POD = {
  'strategies.hpa.overprovisioning.replicas': '1',
  'strategies.hpa.overprovisioning.cpu': '3',
  'strategies.hpa.overprovisioning.memory': '1Gi',
};

const SHORT = 'clock.duration';
const HPA_CASES: readonly StudyCase[] = [
  { name: 'A1', set: { [SHORT]: '220500ms' } },
  { name: 'A2', set: { [SHORT]: '220500ms', probePeriod: '1' } },
  { name: 'A3', set: { [SHORT]: '220500ms', ...IMAGE_ABSENT } },
  { name: 'A4', set: { [SHORT]: '280500ms', 'kubernetes.metrics.resolution': '60s' } },
  {
    name: 'A5',
    set: { [SHORT]: '220500ms', probePeriod: '1', 'kubernetes.startup.app.median': '450ms' },
  },
  { name: 'B1', set: OLD_LOOP },
  { name: 'B1b', set: { ...ONE_NODE, 'kubernetes.nodes.loop': 'frequent' } },
  { name: 'B1c', set: { [SHORT]: '320500ms', ...OLD_LOOP, ...FAST_NODE } },
  { name: 'B2', set: { [SHORT]: '320500ms', ...KARPENTER } },
  {
    name: 'B3',
    set: { [SHORT]: '320500ms', ...KARPENTER, 'kubernetes.startup.image.baked': 'true' },
  },
  { name: 'B4', set: { [SHORT]: '220500ms', ...IMAGE_ABSENT, ...PAUSE_POD } },
  {
    name: 'C1',
    set: { [SHORT]: '220500ms', ...SERVERLESS, 'kubernetes.nodes.serverless.imageCache': 'true' },
  },
  {
    name: 'C2',
    set: {
      [SHORT]: '420500ms',
      ...SERVERLESS,
      'kubernetes.startup.image.size': '386MB',
      'kubernetes.startup.image.rate': '7.7MB/s',
    },
  },
];

export const TIMELINE_STUDIES: Readonly<Record<string, Study>> = {
  'timelines-hpa': {
    id: 'timelines-hpa',
    title: local('From a burst to the first new pod', '从突发到第一个新 Pod'),
    scenario: 'timelines/hpa.yaml',
    cases: HPA_CASES,
    measure: (run) => firstHelp(run, 120.5 * SECOND),
  },
  'timelines-knative': {
    id: 'timelines-knative',
    title: local('From a burst to the first new pod of Knative', '从突发到 Knative 的第一个新 Pod'),
    scenario: 'timelines/knative.yaml',
    cases: [{ name: 'D1', set: {} }],
    measure: (run) => firstHelp(run, 20 * SECOND),
  },
  'timelines-vm-group': {
    id: 'timelines-vm-group',
    title: local('From a burst to the first new VM', '从突发到第一台新虚拟机'),
    scenario: 'timelines/vm-group.yaml',
    cases: [
      { name: 'E1', set: { 'clock.duration': '10m' } },
      { name: 'E2', set: { 'strategies.public.alarms.period': '5m' } },
      {
        name: 'E4',
        set: { 'clock.duration': '15m', 'strategies.private.privateCloud.otherRequests': '1.5/s' },
      },
    ],
    measure: (run) => firstHelp(run, 100 * SECOND),
  },
};

/** A row of the table: what is simulated, and the chain drawn without a simulator. */
export interface Timeline {
  readonly id: string;
  readonly title: LocalText;
  readonly study: string;
  readonly case: string;
  readonly strategy: string;
  readonly value: 'decided' | 'served';
  /** Seconds: 5 %, 50 %, 90 % and 99 % of the draws. */
  readonly drawn: readonly [number, number, number, number];
}

type Row = readonly [
  id: string,
  study: string,
  part: readonly [name: string, strategy: string],
  value: Timeline['value'],
  drawn: Timeline['drawn'],
  en: string,
  zh: string,
];

const HPA = 'timelines-hpa';
const KNATIVE = 'timelines-knative';
const VMS = 'timelines-vm-group';
// biome-ignore format: a table
const ROWS: readonly Row[] = [
  ['hpa', HPA, ['A1', 'hpa'], 'decided', [13, 24, 32, 38], 'HPA on CPU decides, metrics every 15 s', 'HPA（CPU）作出决定，指标 15 秒'],
  ['hpa-60s', HPA, ['A4', 'hpa'], 'decided', [29, 57, 82, 92], 'The same, metrics every 60 s', '同上，指标 60 秒'],
  ['kpa', KNATIVE, ['D1', 'knative'], 'decided', [1.4, 2.5, 3.4, 3.8], 'Knative decides in panic', 'Knative 在 panic 下作出决定'],
  ['A1', HPA, ['A1', 'hpa'], 'served', [39, 52, 63, 70], 'Spare node, image there, JVM 20 s', '有空闲节点、镜像已在、JVM 20 秒'],
  ['A2', HPA, ['A2', 'hpa'], 'served', [37, 48, 56, 62], 'A1, readiness probe every second', 'A1，就绪探针每秒一次'],
  ['A3', HPA, ['A3', 'hpa'], 'served', [46, 60, 71, 78], 'A1, 500 MB of image absent', 'A1，缺 500 MB 镜像'],
  ['A4', HPA, ['A4', 'hpa'], 'served', [56, 86, 111, 123], 'A1, metrics every 60 s', 'A1，指标 60 秒'],
  ['A5', HPA, ['A5', 'hpa'], 'served', [17, 28, 37, 42], 'Native image 0.45 s, probe every second', '原生镜像 0.45 秒、探针每秒一次'],
  ['B1', HPA, ['B1', 'hpa'], 'served', [158, 218, 289, 370], 'No node, Cluster Autoscaler (old loop)', '无节点，Cluster Autoscaler（旧循环）'],
  ['B1b', HPA, ['B1b', 'hpa'], 'served', [162, 222, 293, 375], 'The same, new loop, one isolated batch', '同上，新循环、单独一批'],
  ['B1c', HPA, ['B1c', 'hpa'], 'served', [88, 109, 127, 145], 'B1 with a node of 40 s', 'B1，节点 40 秒'],
  ['B2', HPA, ['B2', 'hpa'], 'served', [82, 102, 120, 138], 'No node, Karpenter', '无节点，Karpenter'],
  ['B3', HPA, ['B3', 'hpa'], 'served', [75, 95, 113, 130], 'B2, image in the node image', 'B2，镜像在节点镜像中'],
  ['B4', HPA, ['B4', 'hpa'], 'served', [47, 61, 72, 80], 'A pause pod holds the node', 'pause Pod 占住节点'],
  ['C1', HPA, ['C1', 'hpa'], 'served', [47, 61, 72, 79], 'Serverless pod, image cache', 'Serverless Pod，有镜像缓存'],
  ['C2', HPA, ['C2', 'hpa'], 'served', [87, 112, 137, 165], 'Serverless pod, 386 MB from a public registry', 'Serverless Pod，公共仓库 386 MB'],
  ['D1', KNATIVE, ['D1', 'knative'], 'served', [23, 25, 27, 29], 'Knative, spare node, JVM 20 s', 'Knative，有空闲节点、JVM 20 秒'],
  ['E1', VMS, ['E1', 'public'], 'served', [286, 332, 369, 395], 'VM group, three periods of a minute, EC2', '虚拟机组，三个 1 分钟周期，EC2'],
  ['E2', VMS, ['E2', 'public'], 'served', [1006, 1142, 1262, 1298], 'VM group, periods of five minutes', '虚拟机组，5 分钟周期'],
  ['E3', VMS, ['E1', 'private'], 'served', [277, 319, 355, 389], 'Private cloud, three periods of a minute', '私有云，三个 1 分钟周期'],
  ['E4', VMS, ['E4', 'private'], 'served', [291, 339, 385, 435], 'E3 with 1.5 boots/s of others', 'E3，另有 1.5 次/秒启动'],
];

export const TIMELINES: readonly Timeline[] = ROWS.map(
  ([id, study, [name, strategy], value, drawn, en, zh]) => ({
    id,
    title: local(en, zh),
    study,
    case: name,
    strategy,
    value,
    drawn,
  }),
);
