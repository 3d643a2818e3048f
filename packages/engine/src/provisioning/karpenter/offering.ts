/**
 * Offerings of Karpenter's pools: the cheapest first, and those that turned out to be sold out left
 * alone for a while.
 *
 * @source aws/karpenter-provider-aws, pkg/cache/unavailableofferings.go and cache.go (3 minutes).
 */
import type { Offering } from '../provisioner.ts';

/** By price; equal ones in the order given, which is that of the zones. */
export function cheapestFirst(offerings: readonly Offering[]): readonly Offering[] {
  return [...offerings].sort((a, b) => a.perHour - b.perHour);
}

/** Offering → until when it is left alone, µs. */
export type SoldOut = ReadonlyMap<string, number>;

export function offeringKey({ type, zone, plan }: Pick<Offering, 'type' | 'zone' | 'plan'>) {
  return `${type}|${zone}|${plan}`;
}

export function withSoldOut(
  soldOut: SoldOut,
  offering: Offering,
  until: number,
  now: number,
): SoldOut {
  const current = [...soldOut].filter(([, end]) => end > now);
  return new Map(current).set(offeringKey(offering), until);
}

export function onSale(
  offerings: readonly Offering[],
  soldOut: SoldOut,
  now: number,
): readonly Offering[] {
  if (soldOut.size === 0) return offerings;
  return offerings.filter((offering) => (soldOut.get(offeringKey(offering)) ?? now) <= now);
}
