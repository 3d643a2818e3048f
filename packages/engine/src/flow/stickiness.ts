/** Which pod each client connection is pinned to: the state of the sticky balancer. */
export interface Stickiness {
  /** A connection is closed after this many requests, and after this time, µs. */
  readonly requests: number;
  readonly lifetime: number;
  /** By connection: its pod, −1 = not open. */
  readonly pod: Int32Array;
  readonly used: Int32Array;
  readonly opened: Float64Array;
}

export interface StickinessSpec {
  readonly connections: number;
  readonly requests?: number;
  readonly lifetime?: number;
}

export function createStickiness({
  connections,
  requests = Number.POSITIVE_INFINITY,
  lifetime = Number.POSITIVE_INFINITY,
}: StickinessSpec): Stickiness {
  return {
    requests,
    lifetime,
    pod: new Int32Array(connections).fill(-1),
    used: new Int32Array(connections),
    opened: new Float64Array(connections),
  };
}
