/**
 * The control plane's state: deployments, pods, nodes and the calendar of what happens to them. It
 * never looks at a request; it admits pods to the data plane, withdraws them, and observes their
 * busy slot time.
 */
import type { Calendar } from '../kernel/calendar.ts';
import type { StreamState } from '../kernel/random.ts';
import type { OpenRuns } from '../ledger/decision-runs.ts';
import type { Lease, Ledger, NodeLife, PodLife } from '../ledger/ledger.ts';
import type { ClusterModel, NodeOffering, NodePool, ServiceModel } from '../model.ts';
import type {
  LaunchFailureReason,
  NodeView,
  Offering,
  PendingPod,
} from '../provisioning/provisioner.ts';
import type { ScalingLoop } from '../scaling/autoscaler.ts';
import type { HpaPods, HpaSamples } from '../scaling/hpa-observation.ts';
import type { Fault } from '../scenario/scenario.ts';
import type { Gates } from './admission-gate.ts';
import type { Container } from './container.ts';
import type { CpuPoints } from './cpu-points.ts';
import type { Measured } from './custom-measures.ts';
import type { Adapter, CustomFeed } from './custom-metrics.ts';
import type { ForecastState } from './forecast-loop.ts';
import type { SyncKey, SyncQueue } from './hpa-queue.ts';
import type { TimedLink } from './image-links.ts';
import type { Pull } from './image-pull.ts';
import type { Images, PullStage } from './images.ts';
import type { KedaState } from './keda-loop.ts';
import type { KpaState } from './kpa-state.ts';
import type { PreemptionNote } from './ledger-notes.ts';
import type { NodeLoop } from './node-loop.ts';
import type { NodeStreams } from './node-streams.ts';
import type { PodRequests } from './pod-requests.ts';
import type { QuotaUse } from './quota.ts';
import type { PodScheduling, Scheduler } from './scheduling-queue.ts';
import type { ServiceStreams } from './service-streams.ts';

export type PodState = 'pending' | 'starting' | 'ready' | 'draining' | 'gone';

export interface Pod {
  readonly id: number;
  readonly deployment: Deployment;
  /** Column of the data plane. */
  readonly column: number;
  readonly life: PodLife;
  readonly draws: PodDraws;
  /** As random as a UID: it decides between pods of equal rank. */
  readonly uid: number;
  readonly container: Container;
  state: PodState;
  node: Node | null;
  /** Where the scheduler has it, and how often it has tried. */
  readonly scheduling: PodScheduling;
  /** Its ReplicaSet has chosen it to go, and the delete call is on its way. */
  isDoomed: boolean;
  /** The annotation pod-deletion-cost. */
  deletionCost: number;
  /** Of its container. */
  restarts: number;
  /** Since when no node takes it, µs; null = not unschedulable. */
  unschedulableSince: number | null;
  /** As the node autoscaler sees it; null = it is not unschedulable. */
  pendingView: PendingPod | null;
  /** µs, as the API server has them; null = not yet. */
  startTime: number | null;
  readySince: number | null;
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
  /** Pods that are not gone, oldest first, as are the lists below (`parked` is in no order). */
  readonly pods: Pod[];
  /** How many of them are on their way out, or doomed to be. */
  draining: number;
  /** Pods on their way out that have been told to end (TERM). */
  readonly ending: Pod[];
  /** Pods that no node takes … */
  readonly unschedulable: Pod[];
  /** … and those of them that wait for something that may help. */
  readonly parked: Pod[];
  /** State of the scheduler’s cluster (`Scheduler.version`) in which no node took a pod of it. */
  noRoomAt: number;
  /** What each of its pods asks of a node. */
  readonly requests: PodRequests;
  /** Of its pods; others give way to those with a higher one. */
  readonly priority: number;
  /** Pause pods: they hold room, serve nothing, and go at once. */
  readonly isPause: boolean;
  readonly replicaSet: ReplicaSet;
  preemptions: PreemptionNote | null;
  readonly uids: StreamState;
  nextOrdinal: number;
  readonly startup: StreamState;
  /** Luck of its containers beyond their first start, and of their restarts. */
  readonly containers: StreamState;
  readonly restarts: StreamState;
  /** Newest sync of its EndpointSlices, perhaps still to come, µs. */
  lastSlice: number;
  /** What the pre-scale schedule asks for now. */
  floor: number;
  /** The policy of its syncs; null = its autoscaler has a clock of its own. */
  readonly scaler: ScalingLoop | null;
  /** Set where the strategy has that autoscaler. */
  kpa: KpaState | null;
  keda: KedaState | null;
  forecast: ForecastState | null;
  /** Its newest rows of the ledger. */
  readonly runs: OpenRuns;
  /** What kubelets and metrics-server know of its pods’ CPU. */
  readonly points: CpuPoints;
  /** Phase of a kubelet, s → columns of pods with a container on nodes of that phase. */
  readonly sampled: readonly number[][];
  /** Columns that the autoscaler sees, refilled at every sync. */
  view: { pods: HpaPods; cpu: HpaSamples };
  /** One per metric of its HPA; null = CPU, through metrics-server; empty = all are. */
  feeds: readonly (CustomFeed | null)[];
}

/** The creating half of a ReplicaSet controller (pod-creation.ts). */
export interface ReplicaSet {
  /** Pods that no create call has succeeded for or is under way, oldest first. */
  readonly uncreated: Pod[];
  /** Its next turn, µs: a sync begins, or a batch of calls has been answered; Infinity = none. */
  due: number;
  isCalling: boolean;
  /** Calls that the sync may still make, and of its next batch. */
  left: number;
  batch: number;
  /** Calls of the batch under way that were refused. */
  refused: number;
  /** Syncs in a row that ended in a refusal. */
  failures: number;
}

/** Standard draws of a node's delays, so that its luck depends on its number alone. */
export interface NodeDraws {
  readonly request: number;
  readonly join: number;
  readonly stop: number;
}

/** An offering that the cloud does not have. */
export interface Refusal {
  readonly offering: Offering;
  readonly reason: LaunchFailureReason;
}

/** What may happen to it, the same whatever the scenario makes of it: uniforms, exponentials. */
export interface NodeLuck {
  readonly join: number;
  readonly slow: number;
  readonly slowStop: number;
  readonly notice: number;
  readonly death: number;
}

export interface Node {
  readonly id: number;
  /** What it was launched from. */
  readonly pool: NodePool;
  readonly offering: NodeOffering;
  /** Of the node autoscaler, for its launch; null = none. */
  readonly claim: number | null;
  readonly life: NodeLife;
  readonly draws: NodeDraws;
  readonly luck: NodeLuck;
  /** Why the cloud will not bring it; null = it will. */
  refused: readonly Refusal[] | null;
  /** As the node autoscaler sees it; null = it has changed (node-views.ts). */
  view: NodeView | null;
  lease: Lease | null;
  /** draining: it takes no more pods; removing: its instance stops. */
  state: 'upcoming' | 'usable' | 'draining' | 'removing' | 'gone';
  /** What pods may request of it in all: millicores, bytes, pods. */
  readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
  /** Unrequested resources, millicores, bytes, pods. */
  cpu: number;
  memory: number;
  podsFree: number;
  pods: number;
  /** The pods on it by id, those on their way out included. */
  readonly bound: Pod[];
  /** Owner → its pods on the node, those on their way out left out. */
  readonly siblings: number[];
  emptySince: number | null;
  /** Failure domain; '' = the cluster has none. */
  readonly zone: string;
  /** Deployment → since when its image is there, µs; absent = it is not (images.ts). */
  readonly imagePresent: Map<number, number>;
  /** When the node can start the next container, µs. */
  startFree: number;
  /** Pods on it whose applications start with CPU work (node-cpu.ts), by id. */
  readonly starting: Pod[];
  /** Pods that have ended and that it is to remove, in order. */
  readonly stopping: Pod[];
  /** Deployment → when the scan of its image is done, µs. */
  readonly scanned: Map<number, number>;
  /** Phase of its kubelet’s samples, whole seconds as µs. */
  readonly samplePhase: number;
}

export interface World {
  readonly model: ClusterModel;
  readonly calendar: Calendar<ControlEvent>;
  readonly horizon: number;
  readonly ledger: Ledger;
  readonly deployments: readonly Deployment[];
  /** The pause pods that hold spare room; null = there are none. */
  readonly placeholders: Deployment | null;
  /** All that own pods: the deployments and the placeholders. */
  readonly owners: readonly Deployment[];
  readonly pods: Pod[];
  /** Nodes that are not gone, oldest first. */
  readonly nodes: Node[];
  /** How many of them are paid for. */
  leased: number;
  /** Nodes on which applications start with CPU work, by id. */
  readonly starting: Node[];
  readonly gates: Gates;
  /** By deployment. */
  readonly faultStreams: ServiceStreams;
  readonly scheduler: Scheduler;
  /** null = the tenant may use all. */
  readonly quota: QuotaUse | null;
  /** Custom and external metrics, each with a clock of its own. */
  readonly adapters: readonly Adapter[];
  /** The HPAs and their controller's workers. */
  readonly syncs: SyncQueue;
  /** All services, as custom metrics see them. */
  readonly measured: readonly Measured[];
  nodesMade: number;
  readonly nodeLoop: NodeLoop;
  readonly nodeStreams: (pool: NodePool) => NodeStreams;
  readonly images: Images;
  /** Theoretical arrival time of the limit on create and delete calls (GCRA), µs. */
  callTat: number;
  /** Theoretical arrival time of the provider's limit on launches of serverless pods, µs. */
  launchTat: number;
}

/** What the calendar holds. `pod` and `node` events carry the stage that is reached. */
export type ControlEvent =
  | { readonly kind: 'scrape' }
  | { readonly kind: 'collect'; readonly adapter: Adapter }
  | { readonly kind: 'sync' | 'synced'; readonly key: SyncKey }
  | { readonly kind: 'resync' }
  | { readonly kind: 'floors' }
  /** A turn of an autoscaler with a clock of its own. */
  | { readonly kind: 'scaler'; readonly turn: (now: number) => void }
  | { readonly kind: 'scan'; readonly turn: number }
  | { readonly kind: 'replicate'; readonly deployment: Deployment }
  | { readonly kind: 'cycle' | 'flush' }
  | { readonly kind: 'prePull' }
  | { readonly kind: 'transfers'; readonly link: TimedLink }
  /** The image of these pods has come. */
  | { readonly kind: 'pulled'; readonly pods: readonly Pod[] }
  | { readonly kind: 'image'; readonly pull: Pull; readonly stage: PullStage }
  | {
      readonly kind: 'pod';
      readonly pod: Pod;
      readonly stage: PodStage;
      /** Run of its container, and change of its endpoints, that the event belongs to. */
      readonly run?: number;
      readonly listing?: number;
    }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'node'; readonly node: Node; readonly stage: NodeStage }
  | { readonly kind: 'zone'; readonly zone: string; readonly fails: boolean };

export type PodStage =
  | 'created'
  | 'sandbox'
  | 'bound'
  | 'deleted'
  | 'cleared'
  | 'started'
  | 'up'
  | 'deadline'
  | 'ready'
  | 'readiness'
  | 'liveness'
  | 'restart'
  | 'routed'
  | 'unrouted'
  | 'term'
  | 'cut'
  | 'killed'
  | 'removed';

export type NodeStage =
  | 'refused'
  | 'running'
  | 'usable'
  | 'evict'
  | 'overdue'
  | 'drained'
  | 'notice'
  | 'reclaimed'
  | 'died'
  | 'stopped';
