/**
 * What a run, a strategy and a comparison come to: plain JSON, the content of golden files, of
 * `--json`, of reports and of the web page. Times µs, rates requests/s, CPU core-seconds, money
 * integer micro-units of `currency`.
 */
import type {
  ImageCounts,
  NodeCounts,
  RestartCounts,
  SpareRoom,
  StartupChain,
  VmCounts,
} from './ledger/outcome.ts';
import type { LocalText } from './scenario/fields.ts';

export type { NodeCounts } from './ledger/outcome.ts';

/** A sentence for people: a key of the message catalogue and its parameters. */
export interface Message {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Every request is in exactly one class; `offered` is their sum (architecture.md, section 6). */
export interface Counts {
  readonly offered: number;
  readonly served: number;
  readonly late: number;
  readonly timedOut: number;
  readonly rejected: number;
  readonly shed: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** Time in system of all completed requests (served + late), µs; null = none completed. */
export interface Latency {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** Time in queue of all completed requests, µs; who started at once waited 0. */
export interface Wait extends Latency {
  /** Of the arrivals, those that joined a queue, 0..1; null = nothing arrived. */
  readonly share: number | null;
}

/** Numbers of requests, averaged over time. */
export interface QueueLevels {
  /** Waiting in queues. */
  readonly meanLength: number;
  /** Waiting or in service, as long as their clients wait. */
  readonly meanInSystem: number;
}

export interface CostItem {
  /** `vm`, `node` or `control-plane`. */
  readonly item: string;
  readonly type: string;
  readonly plan: string;
  /** Sum of the leases' length, hours. */
  readonly hours: number;
  readonly perHour: number;
  readonly amount: number;
}

export interface ServiceOutcome {
  /** Of all its requests, those of other services included. */
  readonly counts: Counts;
  readonly latency: Latency;
  readonly wait: Wait;
  readonly queue: QueueLevels;
  readonly slo: { readonly attainment: number; readonly met: boolean };
}

/**
 * One run: a strategy under one replication's random numbers. Counts, times, queues and the service
 * level are of the time after the warm-up; cost, utilization and capacity of the whole run.
 */
export interface Outcome {
  readonly strategy: string;
  readonly replication: number;
  /** Of the requests of loads; what services ask of one another counts in `services` alone. */
  readonly counts: Counts;
  readonly latency: Latency;
  readonly wait: Wait;
  readonly queue: QueueLevels;
  readonly slo: { readonly attainment: number; readonly met: boolean };
  readonly cost: {
    readonly total: number;
    /** Per 1 000 completed requests; null = none completed. */
    readonly perThousand: number | null;
    readonly items: readonly CostItem[];
  };
  /** Core-seconds; ratio = used ÷ paid. */
  readonly utilization: { readonly used: number; readonly paid: number; readonly ratio: number };
  readonly capacity: {
    /**
     * From the first instant at which the offered load exceeded the ready slots until the ready
     * slots carried it again, µs; 0 = never exceeded, null = not reached within the run.
     */
    readonly timeToCapacity: number | null;
    /** Total time with offered load above the ready slots, µs. */
    readonly shortfall: number;
  };
  /** Highest numbers of the run; `machines` = VMs or nodes paid for at once. */
  readonly peak: { readonly replicas: number; readonly machines: number };
  /** Containers that ended although their pods were wanted; absent = none did. */
  readonly restarts?: RestartCounts;
  /** Absent = no cluster. */
  readonly nodes?: NodeCounts;
  /** Absent = the strategy has no pause pods. */
  readonly spareRoom?: SpareRoom;
  /** Absent = no image was pulled. */
  readonly images?: ImageCounts;
  /** Absent = no group called for a VM. */
  readonly vms?: VmCounts;
  readonly services: Readonly<Record<string, ServiceOutcome>>;
}

/** Columns of equal length; row i covers [i·step, (i+1)·step). Levels: at the row's end. */
export interface Series {
  /** µs */
  readonly step: number;
  readonly columns: Readonly<Record<SeriesName, readonly (number | null)[]>>;
}

export type SeriesName =
  | 'offered' // requests/s
  | 'completed' // requests/s, served + late
  | 'good' // requests/s within the SLO's latency
  | 'timedOut' // requests/s
  | 'rejected' // requests/s
  | 'failed' // requests/s
  | 'capacity' // requests/s that the ready slots can carry
  | 'desired' // replicas wanted, all services
  | 'replicas' // pods or VMs that exist
  | 'ready' // pods or VMs that serve
  | 'machines' // nodes or VMs paid for
  | 'utilization' // CPU used ÷ CPU paid of the row, 0..1
  | 'waiting' // requests in queues
  | 'inSystem' // requests in queues or in service
  | 'latencyP50' // µs, null = nothing completed
  | 'latencyP99' // µs
  | 'cost'; // micro-units paid from the start to the row's end

/** Mean over replications with a 95 % confidence interval; null = undefined in some replication. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/**
 * Why replicas changed, or would not: a row of the ledger (replication 0). Equal decisions of an
 * autoscaler in a row are one row; its `reason` is the first one's.
 */
export interface DecisionRow {
  /** µs */
  readonly at: number;
  readonly service: string;
  readonly from: number;
  readonly to: number;
  readonly reason: Message;
  /** Of an autoscaler that measures; absent = written down, or asked for by a schedule. */
  readonly run?: DecisionRun;
}

/** Why nodes came or went, or did not although pods wanted one (replication 0). */
export interface NodeDecisionRow {
  /** µs */
  readonly at: number;
  /** null = of all pools. */
  readonly pool: string | null;
  /** Nodes of the pool, those on their way included. */
  readonly from: number;
  readonly to: number;
  readonly reason: Message;
  /** Last time that nothing was done for the same reason, µs; absent = something was done. */
  readonly until?: number;
}

/** Lowest and highest value of a run of decisions. */
export type Span = readonly [low: number, high: number];

/** What a run of equal decisions rests on. */
export interface DecisionRun {
  /** Its last sync, µs; the first is the row's `at`. It is in force until the next row. */
  readonly until: number;
  readonly syncs: number;
  /**
   * Reason → syncs, where several alternate (the row's `reason` is the first); absent = the row's
   * for all. Windows and limits that do not hold for all of them are left out.
   */
  readonly reasons?: Readonly<Record<string, number>>;
  /** In the order of the HPA's spec; empty = the replicas were out of bounds: not asked. */
  readonly metrics: readonly MetricReading[];
  /** Replicas that the metrics ask for; null = not asked, or no valid answer. */
  readonly proposal: Span | null;
  /** The older proposal that decides instead of the newest; null = none does. */
  readonly window: DecidingProposal | null;
  /** What keeps the result from the stabilized proposal; null = nothing does. */
  readonly limit: ScalingLimit | null;
}

/** One metric as the autoscaler saw it. */
export interface MetricReading {
  readonly metric: string;
  /** `utilization`: a share of the request, 1 = all of it; `value`: units of the metric. */
  readonly kind: 'utilization' | 'value';
  readonly target: number;
  /** null = no valid reading, see `error`. */
  readonly seen: Span | null;
  readonly error: string | null;
  /** Why the proposal is what it is: `ratio`, `tolerance` or `unknown-pods`. */
  readonly basis: string;
  readonly proposal: Span | null;
  /** Of the ready pods' samples at the sync, µs; null = this metric has no sample times. */
  readonly age: Span | null;
  /** Pods: counted, too young, without a sample, on their way out. */
  readonly ready: Span;
  readonly unready: Span;
  readonly missing: Span;
  readonly ignored: Span;
}

/** What decides in a stabilization window: its smallest proposal (up) or its largest (down). */
export interface DecidingProposal {
  readonly direction: 'up' | 'down';
  /** Length of the window, µs. */
  readonly length: number;
  readonly replicas: Span;
  /** When it was made, µs: as of the first and the last sync. */
  readonly made: Span;
}

export interface ScalingLimit {
  /** `step`: what a sync may do at most without `behavior`; `disabled`: selectPolicy. */
  readonly kind: 'min' | 'max' | 'group-min' | 'group-max' | 'policy' | 'step' | 'disabled';
  /** The policy of `behavior` that decides, for `policy` alone; period in µs. */
  readonly policy: {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly period: number;
  } | null;
}

/**
 * Pods of a service by state, each time that something changed; columns of equal length. A row
 * holds from `at` (µs, the end of a row of the series) until the next.
 */
export interface PodLevels {
  readonly at: readonly number[];
  /** Wanted, not started. */
  readonly pending: readonly number[];
  /** The part of `pending` that has no node. */
  readonly unbound: readonly number[];
  /** The container runs, no request reaches it yet. */
  readonly starting: readonly number[];
  readonly ready: readonly number[];
  /** On their way out, still serving. */
  readonly draining: readonly number[];
}

/** What the pods of a service should request of CPU, by samples of replication 0. Millicores. */
export interface CpuRecommendation {
  /** What they request; null = nothing. */
  readonly request: number | null;
  readonly target: number;
  /** A request between these is left alone. null = no bound. */
  readonly lower: number;
  readonly upper: number | null;
  readonly samples: number;
}

/** The classes of `Counts`. */
export type RequestFate = Exclude<keyof Counts, 'offered'>;

/**
 * What happened to one request of a load. Per service that has loads 64 are followed (all, if there
 * are no more), each arrival of the run as likely as any other, those of the warm-up included. All
 * strategies meet the same ones. Times µs.
 */
export interface RequestTrace {
  /** Since the start of the run. */
  readonly arrival: number;
  /**
   * In the queue: until it got a slot if it is `started`, else until its end or that of the run.
   * null = it was in none: refused at once.
   */
  readonly wait: number | null;
  /** It got a slot. false with a `wait` = it waited in vain, or waits on at the end of the run. */
  readonly started: boolean;
  /** Work of its own; it holds its slot for longer where it calls others or CPU is shared. */
  readonly service: number;
  /** Until it was answered, given up by its client, lost or refused (0); null = in flight. */
  readonly latency: number | null;
  /** Number of the pod or VM within its service, from 0; null = nobody took it. */
  readonly pod: number | null;
  readonly outcome: RequestFate;
}

export interface StrategyResult {
  readonly name: string;
  readonly title: LocalText;
  readonly kind: string;
  /** How it was provisioned, in words (VM sizing, HPA bounds, pre-scale). */
  readonly notes: readonly Message[];
  readonly outcomes: readonly Outcome[];
  /** Measure → interval; absent = not defined (null in some replication). */
  readonly summary: Readonly<Record<string, Interval>>;
  /** Measure → paired difference to the baseline (this − baseline); empty for the baseline. */
  readonly differences: Readonly<Record<string, Interval>>;
  /** Of replication 0. */
  readonly series: Series;
  readonly decisions: readonly DecisionRow[];
  readonly nodeDecisions: readonly NodeDecisionRow[];
  /** Service → its pods, or the VMs of its group; empty = VMs that serve from start to end. */
  readonly pods: Readonly<Record<string, PodLevels>>;
  /** null = no pod and no VM was wanted in the run. */
  readonly startup: StartupChain | null;
  /** Service that has loads → some of its requests, in order of arrival. */
  readonly requests: Readonly<Record<string, readonly RequestTrace[]>>;
  /** Service → what its pods should request of CPU; empty = VMs, or nothing was sampled. */
  readonly cpuRequests: Readonly<Record<string, CpuRecommendation>>;
}

export interface ThresholdResult {
  readonly measure: string;
  readonly is: string;
  readonly strategy: string;
  readonly level: 'error' | 'warn';
  readonly value: number | null;
  readonly passed: boolean;
}

export interface Verdict {
  /** Cheapest strategy that meets the SLO in every replication; null = none does. */
  readonly recommended: string | null;
  /** One sentence in plain words. */
  readonly headline: Message;
  /** What else a planner must know, most important first. */
  readonly findings: readonly Message[];
}

/** Which mechanism served a service's requests, and why. */
export interface FlowNote {
  readonly service: string;
  readonly path: 'general' | 'fast';
  /** Build of the kernel; null on the general path. */
  readonly kernel: 'ts' | 'wasm' | null;
  /** Why not the fast path: `path.<reason>` of the message catalogue; null = it is. */
  readonly reason: string | null;
}

export interface Comparison {
  readonly format: 'peakless-comparison/1';
  readonly provenance: {
    readonly engineVersion: string;
    readonly engineModel: number;
    readonly scenarioHash: string;
    readonly seed: string;
    readonly replications: number;
    /** How each service's requests were simulated (first strategy); no result depends on it. */
    readonly flows: readonly FlowNote[];
  };
  readonly scenario: {
    readonly name: string;
    readonly title: LocalText;
    readonly description: LocalText;
    readonly clock: {
      readonly start: number;
      readonly utcOffset: number;
      readonly duration: number;
    };
    readonly objectives: { readonly latency: number; readonly attainment: number };
    readonly currency: string;
    readonly priceBook: { readonly name: string; readonly asOf: string; readonly source: string };
  };
  /** false = interrupted: fewer replications than asked, only complete ones are in it. */
  readonly complete: boolean;
  readonly baseline: string;
  readonly strategies: readonly StrategyResult[];
  readonly verdict: Verdict;
  readonly thresholds: readonly ThresholdResult[];
  /** Valid fields that are not simulated, doubtful inputs. */
  readonly warnings: readonly Message[];
}
