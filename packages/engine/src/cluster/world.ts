/**
 * The control plane's state: deployments, pods, nodes and the calendar of what happens to them. It
 * never looks at a request; it admits pods to the data plane, withdraws them, and observes their
 * busy slot time.
 */
import type { Calendar } from '../kernel/calendar.ts';
import type { StreamState } from '../kernel/random.ts';
import type { OpenRuns } from '../ledger/decision-runs.ts';
import type { Lease, Ledger, NodeLife, PodLife } from '../ledger/ledger.ts';
import type { ClusterModel, ServiceModel } from '../model.ts';
import type { ScalingLoop } from '../scaling/autoscaler.ts';
import type { HpaPods, HpaSamples } from '../scaling/hpa-observation.ts';
import type { Measured } from './custom-measures.ts';
import type { Adapter, CustomFeed } from './custom-metrics.ts';
import type { SyncKey, SyncQueue } from './hpa-queue.ts';
import type { Room } from './rooms.ts';

export type PodState = 'pending' | 'starting' | 'ready' | 'draining' | 'gone';

export interface Pod {
  readonly id: number;
  readonly deployment: Deployment;
  /** Column of the data plane. */
  readonly column: number;
  readonly life: PodLife;
  readonly draws: PodDraws;
  state: PodState;
  node: Node | null;
  /** Since when no node takes it, µs; null = not unschedulable. */
  unschedulableSince: number | null;
  /** µs, as the API server has them; null = not yet. */
  startTime: number | null;
  readySince: number | null;
  usage: CpuPoints;
}

/** Cumulative CPU of a pod as its kubelet and metrics-server know it; time µs, CPU core-µs. */
export interface CpuPoints {
  /** Newest kubelet sample; time −Infinity = none. */
  sampleTime: number;
  sampleCpu: number;
  /** metrics-server’s last two points. */
  points: number;
  time: number;
  cpu: number;
  earlierTime: number;
  earlierCpu: number;
}

/** Standard draws of all stages of one start, so that a pod’s luck depends on its number alone. */
export interface PodDraws {
  readonly create: number;
  readonly schedule: number;
  readonly image: number;
  readonly container: number;
  readonly app: number;
  readonly status: number;
  readonly slice: number;
  readonly proxySync: number;
  readonly proxy: number;
  readonly backoff: number;
}

export interface Deployment {
  readonly index: number;
  readonly model: ServiceModel;
  /** spec.replicas */
  desired: number;
  /** Pods that are not gone, oldest first, as are the lists below. */
  readonly pods: Pod[];
  /** How many of them are on their way out. */
  draining: number;
  /** Pods on their way out to which no client sends any more. */
  readonly unrouted: Pod[];
  /** Pods that no node takes … */
  readonly unschedulable: Pod[];
  /** … and those of them that no scheduling attempt on the calendar waits for. */
  readonly parked: Pod[];
  nextOrdinal: number;
  readonly startup: StreamState;
  /** What the pre-scale schedule asks for now. */
  floor: number;
  readonly scaler: ScalingLoop;
  /** Its newest rows of the ledger. */
  readonly runs: OpenRuns;
  /** Columns that the autoscaler sees, refilled at every sync. */
  view: { pods: HpaPods; cpu: HpaSamples };
  /** One per metric of its HPA; null = CPU, which comes through metrics-server. */
  feeds: readonly (CustomFeed | null)[];
}

/** Standard draws of a node's delays, so that its luck depends on its number alone. */
export interface NodeDraws {
  readonly request: number;
  readonly join: number;
  readonly stop: number;
}

export interface Node {
  readonly id: number;
  readonly life: NodeLife;
  readonly draws: NodeDraws;
  lease: Lease | null;
  state: 'upcoming' | 'usable' | 'removing' | 'gone';
  /** Unrequested resources, millicores, bytes, pods. */
  cpu: number;
  memory: number;
  podsFree: number;
  pods: number;
  emptySince: number | null;
  /** Where the scheduler finds it; null = it takes no pods. */
  room: Room | null;
  /** Service → when its image is there, µs; absent = not there and not being pulled. */
  readonly imagePresent: Map<number, number>;
  /** When the node can start the next container, µs. */
  startFree: number;
  /** Phase of its kubelet’s samples, whole seconds as µs. */
  readonly samplePhase: number;
}

export interface World {
  readonly model: ClusterModel;
  readonly calendar: Calendar<ControlEvent>;
  readonly horizon: number;
  readonly ledger: Ledger;
  readonly deployments: readonly Deployment[];
  readonly pods: Pod[];
  /** Nodes that are not gone, oldest first. */
  readonly nodes: Node[];
  /** How many of them are paid for. */
  leased: number;
  readonly rooms: Room[];
  /** Phase of a kubelet, s → pods with a container on nodes of that phase. */
  readonly sampled: readonly Pod[][];
  /** Custom and external metrics, each with a clock of its own. */
  readonly adapters: readonly Adapter[];
  /** The HPAs and their controller's workers. */
  readonly syncs: SyncQueue;
  /** All services, as custom metrics see them. */
  readonly measured: readonly Measured[];
  nodesMade: number;
  lastAdded: number;
  readonly nodeStream: StreamState;
  /** Theoretical arrival time of the pod creation limit (GCRA), µs. */
  createTat: number;
}

/** What the calendar holds. `pod` and `node` events carry the stage that is reached. */
export type ControlEvent =
  | { readonly kind: 'scrape' }
  | { readonly kind: 'collect'; readonly adapter: Adapter }
  | { readonly kind: 'sync' | 'synced'; readonly key: SyncKey }
  | { readonly kind: 'resync' }
  | { readonly kind: 'floors' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'pod'; readonly pod: Pod; readonly stage: PodStage }
  | { readonly kind: 'node'; readonly node: Node; readonly stage: NodeStage };

export type PodStage =
  | 'submitted'
  | 'created'
  | 'schedule'
  | 'pulled'
  | 'started'
  | 'ready'
  | 'routed'
  | 'unrouted'
  | 'killed';

export type NodeStage = 'running' | 'usable' | 'stopped';
