/**
 * Which mechanism serves a service: the fast path where a request's whole life is known when it
 * arrives, else the general path. Where both apply they agree to the last bit, so the choice is of
 * speed alone.
 */
import { leastLoaded } from './balancers/least-loaded.ts';
import { powerOfTwo } from './balancers/power-of-two.ts';
import { random } from './balancers/random.ts';
import { roundRobin } from './balancers/round-robin.ts';
import type { Balancer, PlaneSpec } from './columns.ts';
import type { DataPlane, FlowPath } from './data-plane.ts';
import { type CreateKernel, type KernelName, typescriptKernel } from './fast/build.ts';
import { createFastPlane } from './fast/fast-plane.ts';
import { LEAST_LOADED, POWER_OF_TWO, RANDOM, ROUND_ROBIN } from './fast/frame.ts';
import { createGeneralPlane } from './general-plane.ts';

export interface PathOptions {
  /** Default: the fast path where the model allows it. */
  readonly path?: 'auto' | FlowPath;
  /** Build of the kernel (default: the TypeScript reference). */
  readonly createKernel?: CreateKernel;
}

/** Why a service runs on the general path; keys `path.<reason>` of the message catalogue. */
export type GeneralReason =
  | 'forced'
  | 'closed-clients'
  | 'calls'
  | 'processor-sharing'
  | 'balancer'
  | 'warm-up'
  | 'slow-start'
  | 'variable-speed'
  | 'hold'
  | 'unequal-clients'
  | 'drawn-patience';

export interface PlaneChoice {
  readonly plane: DataPlane;
  /** Build of the kernel on the fast path. */
  readonly kernel: KernelName | null;
  readonly reason: GeneralReason | null;
}

const KERNEL_BALANCERS: readonly (readonly [Balancer, number])[] = [
  [random, RANDOM],
  [roundRobin, ROUND_ROBIN],
  [powerOfTwo, POWER_OF_TWO],
  [leastLoaded, LEAST_LOADED],
];

function kernelBalancer({ choose }: PlaneSpec): number | undefined {
  return KERNEL_BALANCERS.find(([balancer]) => balancer === choose)?.[1];
}

/** Null = the fast path applies. */
export function whyGeneral(spec: PlaneSpec): GeneralReason | null {
  const { timeouts, patience = [], processor, linked = false, closed = false } = spec;
  if (closed) return 'closed-clients';
  if (linked) return 'calls';
  if (processor !== undefined) return 'processor-sharing';
  if (spec.warmUp !== undefined) return 'warm-up';
  if (spec.slowStart !== undefined) return 'slow-start';
  if (spec.variableSpeed === true) return 'variable-speed';
  if (spec.hold !== undefined) return 'hold';
  if (kernelBalancer(spec) === undefined) return 'balancer';
  if (patience.includes('drawn')) return 'drawn-patience';
  // Queues are then left in the order in which they were joined.
  const equal = (values: readonly unknown[]) => new Set(values).size <= 1;
  return equal(timeouts) && equal(patience) ? null : 'unequal-clients';
}

export function choosePlane(spec: PlaneSpec, options: PathOptions = {}): PlaneChoice {
  const reason = options.path === 'general' ? 'forced' : whyGeneral(spec);
  if (reason !== null) return { plane: createGeneralPlane(spec), kernel: null, reason };
  const [timeout = Number.POSITIVE_INFINITY] = spec.timeouts;
  const patience = spec.patience?.[0];
  let name: KernelName = 'ts';
  const plane = createFastPlane({
    slots: spec.slots,
    queueLimit: spec.queueLimit,
    latencyObjective: spec.latencyObjective,
    timeout,
    patience: typeof patience === 'number' ? patience : Number.POSITIVE_INFINITY,
    balancer: kernelBalancer(spec) ?? RANDOM,
    arrivals: spec.arrivals,
    sample: spec.sample ?? null,
    createKernel: (lengths) => {
      const kernel = (options.createKernel ?? typescriptKernel)(lengths);
      name = kernel.name;
      return kernel;
    },
  });
  return { plane, kernel: name, reason: null };
}
