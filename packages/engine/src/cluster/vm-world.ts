/**
 * The state of a strategy's VM groups: one group per service, its VMs, its warm pool, the published
 * points of its metric, and the calendar of what happens to them.
 */
import type { Calendar } from '../kernel/calendar.ts';
import { nextNormal, type StreamState } from '../kernel/random.ts';
import type { OpenRuns } from '../ledger/decision-runs.ts';
import type { LaunchFailure, Lease, Ledger, PodLife, VmCall } from '../ledger/ledger.ts';
import type { ServiceModel, VmGroupModel } from '../model.ts';
import type { MetricPoint, VmMetric, VmPolicy } from '../scaling/vm/policy.ts';
import type { Measured } from './custom-measures.ts';
import type { PrivateCloud, VmHost } from './vm-cloud.ts';

/**
 * State of a VM in a warm pool → median until it runs again, µs, and whether its application goes
 * on. @source brevdev/ec2-coldboot-research: stopped 21.2 s, hibernated 20.7 s, running 1.9 s.
 */
export const WARM_POOL_STATES = {
  stopped: { resume: 21_200_000, isUp: false, isPaid: false },
  hibernated: { resume: 20_700_000, isUp: true, isPaid: false },
  running: { resume: 1_900_000, isUp: true, isPaid: true },
} as const;

/** `launching` until it runs, `booting` until its application starts, then `starting`. */
export type VmState =
  | 'launching'
  | 'booting'
  | 'starting'
  | 'serving'
  | 'draining'
  | 'stopping'
  | 'pooled'
  | 'gone';

export interface Vm {
  readonly id: number;
  readonly group: VmGroup;
  /** Column of the data plane. */
  readonly column: number;
  readonly draws: VmDraws;
  /** null = it is, or is being prepared for, the warm pool. */
  life: PodLife | null;
  state: VmState;
  host: VmHost | null;
  lease: Lease | null;
  /** The newest call for it; null = it has been there for long. */
  call: VmCall | null;
  /** When it ran (again), µs; null = not yet. Its warm-up begins then. */
  runningSince: number | null;
  /** CPU used at the end of the last period of the metric, core-µs. */
  cpuSeen: number;
}

/** Standard draws of a VM's delays, so that its luck depends on its number alone. */
export interface VmDraws {
  readonly request: number;
  readonly boot: number;
  readonly bootstrap: number;
  readonly app: number;
  readonly resume: number;
  readonly stop: number;
}

export function drawVm(stream: StreamState): VmDraws {
  return {
    request: nextNormal(stream),
    boot: nextNormal(stream),
    bootstrap: nextNormal(stream),
    app: nextNormal(stream),
    resume: nextNormal(stream),
    stop: nextNormal(stream),
  };
}

export interface VmGroup {
  readonly index: number;
  readonly model: ServiceModel;
  readonly policy: VmPolicy;
  readonly metric: VmMetric;
  readonly measured: Measured;
  desired: number;
  min: number;
  max: number;
  /** VMs that are not gone and not of the warm pool, oldest first. */
  readonly vms: Vm[];
  /** How many of them are on their way out. */
  leaving: number;
  /** Launches that failed and will be tried again. */
  lacking: number;
  /** The warm pool: VMs that are in it, or being prepared for it. */
  readonly pool: Vm[];
  /** A refill of the pool is on the calendar. */
  isRefillDue: boolean;
  /** Phase of the metric's periods, and of the alarms' evaluations, µs. */
  readonly phase: { readonly period: number; readonly evaluation: number };
  /** Oldest first, published or not. */
  readonly points: MetricPoint[];
  /** VMs that serve, and for how long they have, VM·µs as of `servingAt`. */
  serving: number;
  servingTime: number;
  servingAt: number;
  /** Of these and of the arrivals, at the end of the last period. */
  servingSeen: number;
  arrivalsSeen: number;
  /** When a VM last began to run or was gone, µs. */
  lastActivity: number;
  readonly runs: OpenRuns;
  readonly failures: OpenRuns;
  readonly draws: StreamState;
  nextOrdinal: number;
}

export interface VmWorld {
  readonly model: VmGroupModel;
  readonly calendar: Calendar<VmEvent>;
  readonly horizon: number;
  readonly ledger: Ledger;
  readonly groups: readonly VmGroup[];
  /** null = a public cloud, whose capacity has no end. */
  readonly cloud: PrivateCloud | null;
  /** VMs launched so far. */
  made: number;
  /** VMs that are paid for. */
  leased: number;
  /** VMs that run or are about to, of all groups: they count for the quota. */
  held: number;
}

export type VmEvent =
  | { readonly kind: 'vm'; readonly vm: Vm; readonly stage: VmStage }
  | { readonly kind: 'failed'; readonly vm: Vm; readonly cause: LaunchFailure }
  | { readonly kind: 'period' | 'evaluate' | 'retry' | 'refill'; readonly group: VmGroup }
  | { readonly kind: 'action'; readonly index: number }
  | { readonly kind: 'boots'; readonly host: VmHost; readonly version: number }
  | { readonly kind: 'copies'; readonly version: number };

/** `active`: a boot call of a private cloud has been worked off. */
export type VmStage =
  | 'active'
  | 'running'
  | 'booted'
  | 'installed'
  | 'up'
  | 'resumed'
  | 'healthy'
  | 'drained'
  | 'stopped';

/** VMs of the group that are not on their way out. */
export function activeVms({ vms, leaving }: VmGroup): number {
  return vms.length - leaving;
}

/** The warm-up of the VM is over. */
export function isWarm({ strategy }: VmGroupModel, vm: Vm, now: number): boolean {
  const { runningSince, state } = vm;
  if (runningSince === null || state === 'draining' || state === 'stopping') return false;
  return runningSince + strategy.launch.warmUp <= now;
}
