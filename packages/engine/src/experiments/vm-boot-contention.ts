/** VMs that boot together on one host, beside VMs that burn a core each: three hosts, 234 cases. */
import type { LocalText } from '../scenario/fields.ts';
import type { Run } from '../simulate.ts';
import type { Experiment, Panel, Prediction, Quantity } from './experiment.ts';
import { local } from './local-text.ts';
import { quantity } from './spread.ts';
import { type Sample, type StudyCase, type Values, valuesOf } from './study.ts';

const SECOND = 1e6;
const MOST_BOOTS = 6;
const MOST_NEIGHBOURS = 12;
/** A host's cores, and a boot alone on it, seconds; published. */
const HOSTS = [
  { name: 'C1', cores: 4, io: 2.82, cpu: 7.75 },
  { name: 'C2', cores: 6, io: 3, cpu: 8.43 },
  { name: 'C3', cores: 8, io: 2.98, cpu: 8.28 },
] as const;
/** Quoted of C1, beside nobody: how many boot together, and their mean time, seconds. */
const QUOTED = [
  { boots: 1, seconds: 10.06 },
  { boots: 2, seconds: 11.31 },
  { boots: 3, seconds: 13.08 },
];
/** Share of an observed time by which a prediction may be off. */
const ALLOWED = 0.15;

const BOOTS = Array.from({ length: MOST_BOOTS }, (_, i) => i + 1);
const NEIGHBOURS = Array.from({ length: MOST_NEIGHBOURS + 1 }, (_, i) => i);

const CASES: readonly StudyCase[] = HOSTS.flatMap(({ name, cores, io, cpu }) =>
  NEIGHBOURS.map((neighbours) => ({
    name: caseName(name, neighbours),
    set: {
      cores: String(cores),
      neighbours: String(neighbours),
      boot: `${io + cpu}s`,
      ioShare: `${(100 * io) / (io + cpu)}%`,
    },
  })),
);

function caseName(host: string, neighbours: number): string {
  return `${host}, ${neighbours} busy`;
}

/** Mean seconds of a boot when so many began together. */
function measure({ ledger }: Run): Values {
  const means = new Map<number, number>();
  const batches = new Map<number, number[]>();
  for (const { wanted, bound, started } of ledger.pods) {
    if (bound === undefined || started === undefined) continue;
    const batch = batches.get(wanted) ?? [];
    batch.push((started - bound) / SECOND);
    batches.set(wanted, batch);
  }
  for (const batch of batches.values()) {
    means.set(batch.length, batch.reduce((sum, time) => sum + time, 0) / batch.length);
  }
  return Object.fromEntries([...means].map(([boots, mean]) => [bootsName(boots), [mean]]));
}

function bootsName(boots: number): string {
  return `${boots} boots`;
}

function predict(samples: readonly Sample[]): Prediction {
  return {
    quantities: [...quoted(samples), ...ofHosts(samples)],
    panels: HOSTS.map(({ name, cores }) => panel(samples, name, cores)),
  };
}

function quoted(samples: readonly Sample[]): readonly Quantity[] {
  return QUOTED.map(({ boots, seconds }) =>
    quantity({
      id: `c1-${boots}`,
      label: local(`C1, ${boots} at once, nobody beside`, `C1，同时 ${boots} 台，无邻居`),
      unit: 's',
      values: valuesOf(samples, bootsName(boots), { case: caseName('C1', 0) }),
      observed: { mid: seconds, low: seconds, high: seconds, text: MEAN_OF_HOST },
      tolerance: { of: 'p50', low: (1 - ALLOWED) * seconds, high: (1 + ALLOWED) * seconds },
    }),
  );
}

function ofHosts(samples: readonly Sample[]): readonly Quantity[] {
  return HOSTS.map(({ name, cores }) =>
    quantity({
      id: name.toLowerCase(),
      label: local(`${name}, ${cores} cores: all 78 cases`, `${name}，${cores} 核：全部 78 种情形`),
      unit: 's',
      values: NEIGHBOURS.flatMap((neighbours) =>
        BOOTS.flatMap((boots) =>
          valuesOf(samples, bootsName(boots), { case: caseName(name, neighbours) }),
        ),
      ),
    }),
  );
}

function panel(samples: readonly Sample[], host: string, cores: number): Panel {
  return {
    id: host.toLowerCase(),
    title: local(
      `${host}, ${cores} cores: seconds to boot`,
      `${host}，${cores} 核：启动耗时（秒）`,
    ),
    x: local('VMs that burn a core', '占满一个核的虚拟机'),
    curves: BOOTS.map((boots) => ({
      label: local(`${boots} boot`, `${boots} 台启动`),
      kind: 'predicted',
      x: NEIGHBOURS,
      y: NEIGHBOURS.map((neighbours) => meanOf(samples, boots, caseName(host, neighbours))),
    })),
  };
}

function meanOf(samples: readonly Sample[], boots: number, name: string): number {
  const values = valuesOf(samples, bootsName(boots), { case: name });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const MEAN_OF_HOST: LocalText = local('mean of the case', '该情形的均值');

export const vmBootContention: Experiment = {
  id: 'vm-boot-contention',
  title: local('VMs that boot together', '同时启动的虚拟机'),
  scenario: 'experiments/vm-boot-contention.yaml',
  source:
    'github.com/SamFu1113/NCU-VMDataset@e2fec87e344b, 4 hosts/VM boot time for 4 computing hosts.xlsx',
  licence: local(
    'No licence: three figures are quoted, the raw series is not part of this repository.',
    '无许可证：只引用三个数字，原始序列不在本仓库中。',
  ),
  setup: local(
    '1 to 6 VMs boot together on a host with 4, 6 or 8 cores, beside 0 to 12 VMs that burn a core each; how long a boot takes alone, and how much of it is input and output, was published per host.',
    '在 4、6 或 8 核的宿主机上同时启动 1 至 6 台虚拟机，旁边有 0 至 12 台各占满一个核的虚拟机；每台宿主机单独启动的耗时及其中的 I/O 部分均已公布。',
  ),
  fitted: local(
    'To hosts C1 and C2: boots contend for 30 % of their input and output (the default of sharedIo). C3 is predicted.',
    '拟合于 C1 与 C2：启动过程争用其 I/O 的 30%（sharedIo 的默认值）。C3 为预测。',
  ),
  remarks: local(
    'Mean absolute error over the published cases: 5.8 % on C1, 5.1 % on C2, 4.9 % on C3, the largest 16 %: a host whose cores are just all taken is slower than simulated.',
    '在已公布的情形上平均绝对误差为：C1 5.8%、C2 5.1%、C3 4.9%，最大 16%：核刚好占满时，实际比仿真更慢。',
  ),
  cases: CASES,
  measure,
  predict,
};
