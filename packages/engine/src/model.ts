/**
 * The types of a model: a strategy made runnable. Functions and columns inside; it is not plain
 * data and crosses no border.
 */

import type { Plan } from './finance/plan.ts';
import type { InstanceType } from './finance/price-book.ts';
import type { DataPlane, Flow } from './flow/data-plane.ts';
import type { LoadStatistics } from './flow/links.ts';
import type { StreamState } from './kernel/random.ts';
import type { FlowNote, Message } from './outcome.ts';
import type { GroupView, Offering } from './provisioning/provisioner.ts';
import type { VmPolicySpec } from './scaling/vm/index.ts';
import type {
  KubernetesStrategy,
  Scenario,
  Service,
  Strategy,
  VmGroupStrategy,
} from './scenario/scenario.ts';
import type { HpaControllerSpec, MetricsSpec } from './scenario/schema.ts';
import type { Law } from './service/law.ts';
import type { RateCurve } from './traffic/rate.ts';

export interface Model {
  readonly scenario: Scenario;
  readonly strategy: Strategy;
  readonly replication: number;
  /** µs */
  readonly horizon: number;
  /** Length of a row of the series, µs. */
  readonly step: number;
  readonly services: readonly ServiceModel[];
  /** What runs on between two control events: the services, linked ones together. */
  readonly flows: readonly Flow[];
  readonly provision: FleetModel | VmGroupModel | ClusterModel;
  readonly notes: readonly Message[];
  readonly stream: (path: string) => StreamState;
}

export interface ServiceModel {
  readonly service: Service;
  readonly plane: DataPlane;
  readonly flow: FlowNote;
  readonly law: Law;
  /** Planned rates of its loads and of the calls to it. */
  readonly curves: readonly RateCurve[];
  /** The same as a forecast knows them; absent = nobody forecasts. */
  readonly forecast?: readonly RateCurve[];
  /** Requests that a pod serves at full speed at once; need not be whole where CPU is shared. */
  readonly slots: number;
  /**
   * Mean time for which a request takes one of these, with its calls, if nothing waits anywhere,
   * µs: a pod carries slots ÷ holdTime.
   */
  readonly holdTime: number;
  /** The requests of loads alone; absent = no other service calls this one: all are. */
  readonly fromLoads?: LoadStatistics;
  /** Cores that a busy slot uses: cpuPerRequest ÷ mean service time. */
  readonly coresPerSlot: number;
}

export interface Machines {
  readonly type: string;
  readonly instance: InstanceType;
  readonly plan: Plan;
  readonly planName: string;
  /** Micro-units. */
  readonly perHour: number;
}

/** VMs that run from start to end; `counts` by service, of VMs or of processes that share them. */
export interface FleetModel {
  readonly kind: 'fleet';
  readonly machines: Machines;
  readonly counts: readonly number[];
  readonly vms: number;
}

/** Groups of VMs that scale, one per service. */
export interface VmGroupModel {
  readonly kind: 'vm-group';
  readonly machines: Machines;
  readonly strategy: VmGroupStrategy;
  readonly policy: VmPolicySpec;
}

/** An instance type in a zone under a plan, with what a node of it costs. */
export interface NodeOffering extends Offering {
  /** What a lease of it is for; absent = a node. */
  readonly item?: 'pod';
  readonly machines: Machines;
}

export interface NodePool extends GroupView {
  readonly offerings: readonly NodeOffering[];
}

export interface ClusterModel {
  readonly kind: 'cluster';
  /** Of the first pool; its nodes’ room is `allocatable`. */
  readonly machines: Machines;
  /** At least one, each with an offering at least. */
  readonly pools: readonly NodePool[];
  readonly strategy: KubernetesStrategy;
  readonly metrics: MetricsSpec;
  readonly hpaController: HpaControllerSpec;
  /** Allocatable millicores and bytes of a node. */
  readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
}
