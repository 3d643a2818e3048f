/**
 * A private cloud: a control plane that works off one boot call after another, those of others
 * too; an image store whose link all hosts share; and hosts on which guests that boot at the same
 * time slow each other.
 *
 * The control plane is a queue with one server and exponential service. Who waits for its answer
 * gives up after a while, and the work is done all the same: above its capacity ever more of it is
 * in vain. Measured (openstack/performance-docs openstack_load, 500 boot calls from an idle start):
 * at 1.5/s all succeed, at 1.7/s 98.4 %, at 2/s 70 %, the others with “Timed out waiting for a
 * reply”. Calls of others are drawn up to a call of ours, not as events of their own: the queue
 * needs to know only when its server is free.
 */
import { nextExponential, nextUniform, type StreamState } from '../kernel/random.ts';
import { MICROSECONDS_PER_SECOND as SECOND } from '../kernel/units.ts';
import type { PrivateCloudSpec } from '../scenario/schema.ts';
import { SharedLink, type Transfer } from './bandwidth.ts';
import { type Boots, noBoots } from './vm-boot.ts';
import type { Vm } from './vm-world.ts';

export interface VmHost {
  readonly id: number;
  /** Virtual CPU not given away, millicores. */
  cpu: number;
  readonly boots: Boots<Vm>;
  /** Changes whenever what is on the calendar of the boots is out of date. */
  version: number;
  hasImage: boolean;
  /** The copy under way, and who waits for it. */
  copy: Transfer<VmHost> | null;
  readonly waiting: Vm[];
}

export interface PrivateCloud {
  readonly spec: PrivateCloudSpec;
  readonly hosts: readonly VmHost[];
  readonly store: SharedLink<VmHost>;
  /** As a host's, of the copies. */
  version: number;
  readonly calls: CallQueue;
}

/** The control plane's queue; times µs. */
export interface CallQueue {
  readonly capacity: number;
  readonly others: number;
  readonly stream: StreamState;
  /** When its server has worked off all calls so far. */
  free: number;
  /** When the next call of others comes. */
  nextOther: number;
}

/** Everything is as it has been for long. Memory of hosts is not counted. */
export function privateCloud(spec: PrivateCloudSpec, stream: StreamState): PrivateCloud {
  const { count, cores, overcommit, neighbours, sharedIo } = spec.hosts;
  const hosts = Array.from({ length: count }, (_, id): VmHost => {
    return {
      id,
      cpu: Math.floor(cores * overcommit * 1000),
      boots: noBoots({ cores, sharedIo, neighbours }),
      version: 0,
      hasImage: spec.image.cached,
      copy: null,
      waiting: [],
    };
  });
  const calls = callQueue(spec.capacity, spec.otherRequests, stream);
  const store = new SharedLink<VmHost>(Math.max(1, Math.floor(spec.image.storeRate)));
  return { spec, hosts, store, version: 0, calls };
}

/** A queue in the steady state of others' calls; one that they overload begins empty. */
export function callQueue(capacity: number, others: number, stream: StreamState): CallQueue {
  const isBusy = nextUniform(stream) < others / capacity && others < capacity;
  const wait = exponential(stream, capacity - others);
  const next = exponential(stream, others);
  return { capacity, others, stream, free: isBusy ? wait : 0, nextOther: next };
}

/** When a call that comes at `now` has been worked off, µs. Calls come in the order of time. */
export function workedOff(queue: CallQueue, now: number): number {
  const { capacity, others, stream } = queue;
  while (queue.nextOther <= now) {
    queue.free = Math.max(queue.free, queue.nextOther) + exponential(stream, capacity);
    queue.nextOther += exponential(stream, others);
  }
  queue.free = Math.max(queue.free, now) + exponential(stream, capacity);
  return Math.ceil(queue.free);
}

/** When the VM of a boot call that comes at `now` is active, µs; null = given up before. */
export function activeAt(
  queue: CallQueue,
  request: number,
  timeout: number,
  now: number,
): number | null {
  const at = workedOff(queue, now) + request;
  return at - now > timeout ? null : at;
}

/** µs at `rate` per second; one that does not happen takes for ever. */
function exponential(stream: StreamState, rate: number): number {
  const unit = nextExponential(stream);
  return rate <= 0 ? Number.POSITIVE_INFINITY : (unit / rate) * SECOND;
}

/** The host with the most virtual CPU left; null = none has room. */
export function findHost({ hosts }: PrivateCloud, cpu: number): VmHost | null {
  let best: VmHost | null = null;
  for (const host of hosts) {
    if (host.cpu >= cpu && (best === null || host.cpu > best.cpu)) best = host;
  }
  return best;
}
