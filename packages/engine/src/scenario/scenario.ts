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
  MetricsSpec,
  NodesSpec,
  StageSchema,
  StartupSpec,
} from './schema.ts';

/** Counts per bin of a replayed trace, bins of equal width. */
export interface TraceBins {
  /** µs, after `from` and `speed` were applied; the first bin starts at scenario time 0. */
  readonly binWidth: number;
  /** Requests per bin, after `level` was applied. */
  readonly counts: readonly number[];
}

export interface Load {
  readonly name: string;
  readonly rate?: number;
  readonly startRate?: number;
  readonly stages?: readonly Static<typeof StageSchema>[];
  readonly flashSale?: Static<typeof FlashSaleSchema>;
  readonly trace?: TraceBins & { readonly file: string };
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
  /** From its Deployment (matched by name), or the documented defaults. */
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

export interface Workload {
  /** spec.replicas as written, else 1. */
  readonly replicas: number;
  /** Millicores; null = the Deployment sets none. */
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  /** Bytes; 0 = none. */
  readonly memoryRequest: number;
  readonly readiness: {
    readonly initialDelay: number;
    readonly period: number;
    readonly successThreshold: number;
  };
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
}

export interface ScheduledFloor {
  /** µs since scenario start, may be negative. */
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
  readonly startup: StartupSpec;
  readonly nodes: NodesSpec;
}

export type Strategy = VmPeakStrategy | KubernetesStrategy;

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
  readonly baseline: string;
  readonly objectives: { readonly latency: number; readonly attainment: number };
  readonly thresholds: readonly Threshold[];
  readonly prices: PriceBook;
}
