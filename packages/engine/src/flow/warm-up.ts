/**
 * Warm-up of new pods, as of a JVM whose compiler competes with requests for the pod's CPU. A new
 * pod has a backlog of compilation; a request that starts takes longer by what is left of it:
 *
 *   multiplier = 1 + (factor − 1) · left ÷ work, and `firstFactor` for its first requests
 *   d left ÷ dt = −(CPU that requests do not use + floor · CPU of the pod), never below 0
 *
 * So a pod that is saturated from birth hardly warms up. The CPU in use changes when a request
 * begins or ends its work alone: between two such events `left` falls on a straight line, which is
 * followed in whole ticks of 1/65 536 core-µs, exactly.
 *
 * @source quarkus.io/blog/when-the-jit-cant-keep-up (compile threads starve under full load).
 */
import { FULL_SPEED } from './speeds.ts';

/** What a service says of its new pods' warm-up. */
export interface WarmUpSpec {
  /** Compilation to be done by a new pod, core-µs. */
  readonly work: number;
  /** Multiplier of the service time while all of it is left, at least 1. */
  readonly factor: number;
  /** The first requests of a pod, and their multiplier. */
  readonly firstRequests: number;
  readonly firstFactor: number;
  /** Share of the pod's CPU that compilation gets in any case. */
  readonly floor: number;
  /** Cores of the pod, and of a slot at work. */
  readonly cores: number;
  readonly coresPerSlot: number;
}

/** Ticks per core-µs. */
const TICKS = FULL_SPEED;

/** Arrays by pod. */
export interface WarmUp {
  readonly spec: WarmUpSpec;
  /** Ticks. */
  readonly work: number;
  /** Ticks per µs that compilation gets with n requests at work, by n. */
  readonly rate: Float64Array;
  /** What is left of the backlog at `since`, ticks, µs; and all that the pod was ever given. */
  left: Float64Array;
  since: Float64Array;
  given: Float64Array;
  /** The pod has been there before. */
  isKnown: Uint8Array;
  /** Requests at work, and how many more are among the first. */
  atWork: Int32Array;
  first: Int32Array;
}

export function createWarmUp(spec: WarmUpSpec, pods: number, slots: number): WarmUp {
  const { work, floor, cores, coresPerSlot } = spec;
  const rate = Float64Array.from({ length: slots + 1 }, (_, n) =>
    Math.round((Math.max(0, cores - n * coresPerSlot) + floor * cores) * TICKS),
  );
  return {
    spec,
    work: Math.round(work * TICKS),
    rate,
    left: new Float64Array(pods),
    since: new Float64Array(pods),
    given: new Float64Array(pods),
    isKnown: new Uint8Array(pods),
    atWork: new Int32Array(pods),
    first: new Int32Array(pods),
  };
}

/** The pod's process is new: nothing is compiled. */
export function chill(warmUp: WarmUp, pod: number, time: number, speed: number): void {
  carryOn(warmUp, pod, time, speed);
  warmUp.isKnown[pod] = 1;
  warmUp.given[pod] += warmUp.work - warmUp.left[pod];
  warmUp.left[pod] = warmUp.work;
  warmUp.since[pod] = time;
  warmUp.first[pod] = warmUp.spec.firstRequests;
}

/** A request begins its work; returns how long it takes on this pod, µs at full speed. */
export function beginWarmUp(
  warmUp: WarmUp,
  pod: number,
  time: number,
  service: number,
  speed: number,
): number {
  carryOn(warmUp, pod, time, speed);
  warmUp.atWork[pod] += 1;
  return warmedService(warmUp, pod, service);
}

function warmedService(warmUp: WarmUp, pod: number, service: number): number {
  const { spec, first, left, work } = warmUp;
  if (first[pod] > 0) {
    first[pod] -= 1;
    return Math.max(1, Math.round(service * spec.firstFactor));
  }
  if (left[pod] === 0) return service;
  return Math.max(1, Math.round(service * (1 + ((spec.factor - 1) * left[pod]) / work)));
}

/** `count` requests of the pod end their work. */
export function endWarmUp(
  warmUp: WarmUp,
  pod: number,
  time: number,
  count: number,
  speed: number,
): void {
  carryOn(warmUp, pod, time, speed);
  warmUp.atWork[pod] -= count;
}

/** CPU that compilation has used by `time`, core-µs. */
export function warmUpCpu(warmUp: WarmUp, pod: number, time: number, speed: number): number {
  if (pod >= warmUp.left.length) return 0;
  return (warmUp.given[pod] - leftAt(warmUp, pod, time, speed)) / TICKS;
}

/** Brings what is left up to `time`; the speed has been the same since. */
export function carryOn(warmUp: WarmUp, pod: number, time: number, speed: number): void {
  if (warmUp.left[pod] === 0) return;
  warmUp.left[pod] = leftAt(warmUp, pod, time, speed);
  warmUp.since[pod] = time;
}

function leftAt(warmUp: WarmUp, pod: number, time: number, speed: number): number {
  const { left, since, rate, atWork } = warmUp;
  if (left[pod] === 0) return 0;
  const full = rate[atWork[pod]];
  const slowed = speed === FULL_SPEED ? full : Math.round((full * speed) / FULL_SPEED);
  return Math.max(0, left[pod] - slowed * (time - since[pod]));
}

export function growWarmUp(warmUp: WarmUp, pods: number): void {
  const { left, since, given, isKnown, atWork, first } = warmUp;
  warmUp.left = new Float64Array(pods);
  warmUp.since = new Float64Array(pods);
  warmUp.given = new Float64Array(pods);
  warmUp.isKnown = new Uint8Array(pods);
  warmUp.atWork = new Int32Array(pods);
  warmUp.first = new Int32Array(pods);
  warmUp.left.set(left);
  warmUp.since.set(since);
  warmUp.given.set(given);
  warmUp.isKnown.set(isKnown);
  warmUp.atWork.set(atWork);
  warmUp.first.set(first);
}
