/** A price plan: from the leases of one machine type to the machine time that is billed. */

/** So many machines, each for [from, to), µs. */
export interface Usage {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Machine time billed for the usage of one instance type within [0, until), µs. */
export type Plan = (usages: readonly Usage[], until: number) => number;

/** The part of a usage that lies within [0, until). */
export function clipped(usage: Usage, until: number): Usage {
  const { from, to, count } = usage;
  return { from: Math.max(0, from), to: Math.min(until, to), count };
}
