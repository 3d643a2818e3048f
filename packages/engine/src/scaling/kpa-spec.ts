/**
 * What the Knative Pod Autoscaler decides by: settings as a team writes them, with the defaults of
 * Knative, and the numbers of a decision that follow from them. Times are µs.
 *
 * @source knative/serving, pkg/autoscaler/config (defaults), pkg/reconciler/autoscaling/resources/
 *   target.go (target and total), August 2026.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';

export type KpaMetric = 'concurrency' | 'rps';

export interface KpaSettings {
  readonly metric: KpaMetric;
  /** Requests that a pod may hold at once; 0 = no limit. */
  readonly containerConcurrency: number;
  /** Per pod: concurrent requests, or requests/s. null = Knative's default for the metric. */
  readonly target: number | null;
  /** Share of the target that is aimed for. */
  readonly targetUtilization: number;
  readonly stableWindow: number;
  /** Share of the stable window. */
  readonly panicWindowShare: number;
  /** Load over the capacity of the ready pods that starts a panic: 2 = twice. */
  readonly panicThreshold: number;
  /** A decision may multiply the ready pods by this, or divide them by the other. */
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  /** Room for a burst, in units of the metric; 0 = activator only at zero, −1 = always. */
  readonly targetBurstCapacity: number;
  readonly scaleDownDelay: number;
  /** Least scale while there is load; 0 and 1 change nothing. */
  readonly activationScale: number;
  readonly minScale: number;
  /** 0 = no limit. */
  readonly maxScale: number;
  readonly initialScale: number;
  readonly scaleToZero: boolean;
  readonly scaleToZeroGracePeriod: number;
  readonly scaleToZeroPodRetention: number;
}

export const KPA_DEFAULTS: KpaSettings = {
  metric: 'concurrency',
  containerConcurrency: 0,
  target: null,
  targetUtilization: 0.7,
  stableWindow: 60 * MICROSECONDS_PER_SECOND,
  panicWindowShare: 0.1,
  panicThreshold: 2,
  maxScaleUpRate: 1000,
  maxScaleDownRate: 2,
  targetBurstCapacity: 211,
  scaleDownDelay: 0,
  activationScale: 0,
  minScale: 0,
  maxScale: 0,
  initialScale: 1,
  scaleToZero: true,
  scaleToZeroGracePeriod: 30 * MICROSECONDS_PER_SECOND,
  scaleToZeroPodRetention: 0,
};

/** Decisions are made this often, and when the activator pokes. */
export const KPA_TICK = 2 * MICROSECONDS_PER_SECOND;
/** Pods are scraped this often, into buckets as long. */
export const KPA_SCRAPE = MICROSECONDS_PER_SECOND;

const DEFAULT_TARGET = { concurrency: 100, rps: 200 } as const satisfies Record<KpaMetric, number>;
const LEAST_TARGET = 0.01;

/** What `decide` takes. */
export interface KpaSpec {
  /** Aimed for per pod, > 0. */
  readonly target: number;
  /** What a pod can take, in units of the metric. */
  readonly total: number;
  readonly targetBurstCapacity: number;
  readonly panicThreshold: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  readonly stableWindow: number;
  /** 0 = none. The length is that of the first spec, see kpaMemory. */
  readonly scaleDownDelay: number;
  /** A route leads to the revision; one that nobody can reach may go down at once. */
  readonly reachable: boolean;
  readonly activationScale: number;
}

export function kpaSpec(settings: KpaSettings, reachable = true): KpaSpec {
  const { metric, containerConcurrency, targetUtilization } = settings;
  const limit = metric === 'concurrency' ? containerConcurrency : 0;
  const wanted = settings.target ?? (limit > 0 ? limit : DEFAULT_TARGET[metric]);
  const total = limit > 0 ? Math.min(wanted, limit) : wanted;
  return {
    target: Math.max(LEAST_TARGET, total * targetUtilization),
    total,
    targetBurstCapacity: settings.targetBurstCapacity,
    panicThreshold: settings.panicThreshold,
    maxScaleUpRate: settings.maxScaleUpRate,
    maxScaleDownRate: settings.maxScaleDownRate,
    stableWindow: settings.stableWindow,
    scaleDownDelay: settings.scaleDownDelay,
    reachable,
    activationScale: settings.activationScale,
  };
}

/** Whole seconds, at least one, µs. */
export function panicWindow({ stableWindow, panicWindowShare }: KpaSettings): number {
  const seconds = Math.round((stableWindow * panicWindowShare) / MICROSECONDS_PER_SECOND);
  return Math.max(1, seconds) * MICROSECONDS_PER_SECOND;
}
