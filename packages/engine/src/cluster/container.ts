/**
 * What the kubelet knows of a pod's container, from the pod's admission to its end. A container may
 * be started several times; what an earlier start still has on the calendar is stale, and what is
 * known of the endpoints has a number of its own, because a change of them outlives its cause.
 */
import { nextNormal, nextUniform, type StreamState } from '../kernel/random.ts';
import type { ControlEvent } from './world.ts';

/** Draws of a pod beyond those of its first start, in a fixed number and order. */
export interface ContainerDraws {
  /** Uniform: phases of the probes’ tickers on a young kubelet. */
  readonly readiness: number;
  readonly liveness: number;
  readonly startup: number;
  /** Uniform: phase of the load balancer’s health checks. */
  readonly check: number;
  /** Normal. */
  readonly sidecar: number;
  readonly policy: number;
}

export interface Container {
  readonly draws: ContainerDraws;
  /** Number of its current run, from 0. */
  run: number;
  /** When it was started last, µs; null = it does not run. */
  startedAt: number | null;
  /** When it counted as started: the grid of its readiness probe begins there, µs. */
  startedGrid: number;
  /** Its application answers. */
  isUp: boolean;
  /** When its application comes up, as far as is known, µs. */
  upAt: number;
  /** CPU that its start still takes, core-µs; 0 = none, or its start is a plain delay. */
  work: number;
  /** Share of full speed at which it serves, as its node lets it (node-cpu.ts). */
  speed: number;
  /** Cores that its requests used lately (node-cpu.ts) … */
  load: number;
  /** … as of its CPU at the last look and when that was; NaN and −Infinity = nobody has looked. */
  loadCpu: number;
  loadTime: number;
  /** Clients send to it: it is in the endpoints that proxies know. */
  isListed: boolean;
  /** Number of the newest change of its endpoints. */
  listing: number;
  /** Failed probes in a row, while its application is up. */
  notAlive: number;
  notReady: number;
  /** Successful readiness probes in a row, while it is not ready. */
  readyAgain: number;
  /** Wait before its next restart, µs, as of `backoffSince`, µs; 0 = none. */
  backoff: number;
  backoffSince: number;
  /** TERM has been sent. */
  isTermed: boolean;
  /** It has ended, for good. */
  hasEnded: boolean;
}

export function newContainer(stream: StreamState): Container {
  return {
    draws: {
      readiness: nextUniform(stream),
      liveness: nextUniform(stream),
      startup: nextUniform(stream),
      check: nextUniform(stream),
      sidecar: nextNormal(stream),
      policy: nextNormal(stream),
    },
    run: 0,
    startedAt: null,
    startedGrid: Number.NEGATIVE_INFINITY,
    isUp: false,
    upAt: Number.POSITIVE_INFINITY,
    work: 0,
    speed: 1,
    load: 0,
    loadCpu: Number.NaN,
    loadTime: Number.NEGATIVE_INFINITY,
    isListed: false,
    listing: 0,
    notAlive: 0,
    notReady: 0,
    readyAgain: 0,
    backoff: 0,
    backoffSince: 0,
    isTermed: false,
    hasEnded: false,
  };
}

/** What was begun and not called off: of a pod that exists, of its current run or listing. */
export function isCurrent({ pod, run, listing }: Extract<ControlEvent, { kind: 'pod' }>): boolean {
  if (listing !== undefined) return listing === pod.container.listing;
  return pod.state !== 'gone' && (run === undefined || run === pod.container.run);
}
