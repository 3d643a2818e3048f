/**
 * What a scenario file says, complete and frozen: defaults filled in, units canonical (time µs,
 * rates requests/s, CPU millicores, memory bytes, money micro-units), files read, strategies
 * merged with what they extend. Plain JSON: it crosses worker and HTTP borders as it is.
 */
import type { Static } from 'typebox';
import type { PriceBook } from '../finance/price-book.ts';
import type { HpaObjectSpec } from '../scaling/hpa-spec.ts';
import type { LawName } from '../service/index.ts';
import type { NamedLawSpec } from '../service/law.ts';
import type { ProcessSpec } from '../traffic/process.ts';
import type { LocalText } from './fields.ts';
import type {
  FlashSaleSchema,
  HpaControllerSpec,
  KedaSection,
  KpaSection,
  LayerSpec,
  MetricsSpec,
  NodesSpec,
  OverprovisioningSpec,
  PredictiveSection,
  PrivateCloudSpec,
  QuotaSpec,
  SchedulingSpec,
  SlowStartSection,
  StageSchema,
  StartupSpec,
  StepsFields,
  TargetTrackingFields,
  VmActionSpec,
  VmAlarmsSpec,
  VmLaunchSpec,
  VmScaleInSpec,
  WarmPoolSpec,
  WarmUpSection,
} from './schema.ts';

/** Counts per bin of a replayed trace, bins of equal width. */
export interface TraceBins {
  /** µs, after `from` and `speed` were applied; the first bin starts at scenario time 0. */
  readonly binWidth: number;
  /** Requests per bin, after `level` was applied. */
  readonly counts: readonly number[];
}

/** Users who each wait for an answer, think, and send again. */
export interface ClosedLoad {
  /** At work from each instant on, µs, which rise; before the first nobody is. */
  readonly users: readonly { readonly at: number; readonly users: number }[];
  /** Absent = they do not think. */
  readonly think?: ServiceTime;
  /** µs until a refusal is known. */
  readonly refusal: number;
}

export interface Load {
  readonly name: string;
  readonly rate?: number;
  readonly startRate?: number;
  readonly stages?: readonly Static<typeof StageSchema>[];
  readonly flashSale?: Static<typeof FlashSaleSchema>;
  readonly trace?: TraceBins & { readonly file: string };
  readonly closed?: ClosedLoad;
  /** Absent = Poisson. */
  readonly process?: ProcessSpec;
  /** Service → share, sums to 1. */
  readonly route: Readonly<Record<string, number>>;
  readonly client: {
    readonly timeout: number;
    /** How long a request is ready to wait in a queue, µs; absent = until the time-out. */
    readonly patience?: ServiceTime;
  };
}

/** A law with its parameters; of an empirical one the file is read. µs */
export type ServiceTime = NamedLawSpec<LawName>;

export interface Service {
  readonly name: string;
  readonly time: ServiceTime;
  /** CPU time per request on average, µs. */
  readonly cpuPerRequest: number;
  /** Slots per pod as written; absent = derived from the CPU of the pod or VM. */
  readonly concurrency?: number;
  readonly queue: { readonly limit: number };
  readonly balancer: string;
  /** What requests in service share; absent = slots. */
  readonly sharing?: 'slots' | 'processor';
  /** How a shared CPU's limit is kept; absent = fluid. */
  readonly throttling?: 'fluid' | 'cfs';
  /** power-of-two: pods compared; absent = 2. */
  readonly choices?: number;
  /** weighted: by pod number, over and over. */
  readonly weights?: readonly number[];
  readonly sticky?: {
    readonly connections: number;
    readonly requests?: number;
    /** µs */
    readonly lifetime?: number;
  };
  /** What a request calls after its own work, step by step; absent = nothing. */
  readonly calls?: readonly CallStep[];
  /** Pods of a service that no strategy scales. */
  readonly fixed?: { readonly replicas: number /** Millicores. */; readonly cpu: number };
  /** How new pods come to full speed; absent = they are as fast as old ones. */
  readonly warmUp?: WarmUpSection;
  /** How its balancer spares new pods; absent = not at all. */
  readonly slowStart?: SlowStartSection;
  /** Its image; absent = that of the strategy (startup.image). */
  readonly image?: { readonly size?: number; readonly layers?: readonly LayerSpec[] };
  /** From its Deployment (matched by name), or the documented defaults. */
  /** What a pod of it needs; absent = memory is not watched. */
  readonly memory?: { readonly base: number; readonly perRequest: number };
  readonly workload: Workload;
  /** Its HPA, verbatim spec; absent = the default HPA (hpa-spec.ts). */
  readonly hpa?: HpaObjectSpec;
}

/** Calls that are sent at once. */
export type CallStep = readonly ServiceCall[];

export interface ServiceCall {
  /** Name of the service. */
  readonly to: string;
  readonly isAsync: boolean;
  /** Share of the requests that make the call. */
  readonly probability: number;
  /** µs; absent = the caller waits for ever. */
  readonly timeout?: number;
  /** Per pod of the caller; absent = no limit. */
  readonly connections?: number;
}

/** A probe of a container; times µs. */
export interface ProbeSpec {
  readonly initialDelay: number;
  readonly period: number;
  readonly successThreshold: number;
  /** Absent = 3. */
  readonly failureThreshold?: number;
  /** Absent = 1 s. */
  readonly timeout?: number;
}

export interface Workload {
  /** spec.replicas as written, else 1. */
  readonly replicas: number;
  /** Millicores; null = the Deployment sets none. */
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  /** Bytes; 0 = none. */
  readonly memoryRequest: number;
  /** Bytes; absent = none, or not of all containers. */
  readonly memoryLimit?: number;
  readonly readiness: ProbeSpec;
  readonly liveness?: ProbeSpec;
  readonly startup?: ProbeSpec;
  readonly terminationGracePeriod: number;
  /** lifecycle.preStop.sleep, µs. */
  readonly preStopSleep: number;
}

interface StrategyHead {
  readonly name: string;
  readonly title?: LocalText;
  readonly billing: string;
}

export interface VmPeakStrategy extends StrategyHead {
  readonly kind: 'vm-peak';
  readonly vm: { readonly type: string; readonly reservedCpu: number };
  readonly peak?: number;
  readonly headroom: number;
  readonly count?: number;
  /** Absent = one-per-vm. */
  readonly packing?: 'one-per-vm' | 'shared';
}

export interface VmGroupStrategy extends StrategyHead {
  readonly kind: 'vm-group';
  readonly vm: { readonly type: string; readonly reservedCpu: number };
  /** VMs per service. */
  readonly min: number;
  readonly max: number;
  readonly initial?: number;
  readonly policy: string;
  readonly targetTracking?: TargetTrackingFields;
  readonly steps?: StepsFields;
  readonly alarms: VmAlarmsSpec;
  readonly launch: VmLaunchSpec;
  readonly scaleIn: VmScaleInSpec;
  readonly warmPool?: WarmPoolSpec;
  /** Absent = a public cloud. */
  readonly privateCloud?: PrivateCloudSpec;
  readonly quota?: number;
  readonly retry: number;
  /** `at`: µs since scenario start, may be negative. */
  readonly schedule: readonly VmActionSpec[];
}

export interface ScheduledFloor {
  /** µs since scenario start, may be negative; lead and hold are in them. */
  readonly at: number;
  readonly until?: number;
  readonly service?: string;
  readonly minReplicas: number;
}

export interface KubernetesStrategy extends StrategyHead {
  readonly kind: 'kubernetes';
  readonly autoscaler: string;
  readonly replicas?: number;
  readonly schedule: readonly ScheduledFloor[];
  /** Of the autoscaler of that name; absent = it has another one. */
  readonly kpa?: KpaSection;
  readonly keda?: KedaSection;
  readonly predictive?: PredictiveSection;
  readonly startup: StartupSpec;
  readonly nodes: NodesSpec;
  readonly scheduling: SchedulingSpec;
  /** Spare room; absent = none. */
  readonly overprovisioning?: OverprovisioningSpec;
  /** What the tenant may use; absent = all. */
  readonly quota?: QuotaSpec;
}

export type Strategy = VmPeakStrategy | VmGroupStrategy | KubernetesStrategy;

/** Something that fails at `at`, µs since scenario start. */
export interface Fault {
  readonly at: number;
  readonly kind: 'pod-crash';
  /** Absent = every service. */
  readonly service?: string;
  readonly count: number;
}

export interface Threshold {
  readonly measure: string;
  readonly is: string;
  readonly strategy?: string;
  readonly level: 'error' | 'warn';
  /** `is`, parsed. `relativeTo`: value is a factor of that strategy's mean. */
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: number;
  readonly relativeTo?: string;
}

export interface Variable {
  readonly name: string;
  readonly value: string | number;
  readonly range?: readonly [string | number, string | number];
  readonly label: LocalText;
}

export interface Scenario {
  readonly apiVersion: 'peakless/v1';
  readonly name: string;
  readonly title: LocalText;
  readonly description: LocalText;
  /** `start`: µs since the Unix epoch; `utcOffset`: minutes; `duration`, `warmup`: µs. */
  readonly clock: {
    readonly start: number;
    readonly utcOffset: number;
    readonly duration: number;
    /** Statistics of requests begin after it. */
    readonly warmup: number;
  };
  readonly seed: string;
  readonly replications: number;
  readonly vars: readonly Variable[];
  readonly load: readonly Load[];
  readonly services: readonly Service[];
  readonly metrics: MetricsSpec;
  readonly hpaController: HpaControllerSpec;
  readonly strategies: readonly Strategy[];
  /** In the order of the file; absent = none. */
  readonly faults?: readonly Fault[];
  readonly baseline: string;
  readonly objectives: { readonly latency: number; readonly attainment: number };
  readonly thresholds: readonly Threshold[];
  readonly prices: PriceBook;
}
