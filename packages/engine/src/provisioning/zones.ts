/**
 * In which zones the next nodes of a group start: a group keeps its zones equally full, as the
 * groups of the clouds do.
 *
 * @source AWS Auto Scaling guide, “Availability Zone rebalancing”: launches go to the zone with the
 *   fewest instances, and to another if that fails.
 */
import type { Offering } from './provisioner.ts';

interface ZoneShare {
  /** The best first, the others in order: for when the cloud does not have it. */
  readonly offerings: readonly Offering[];
  readonly count: number;
}

/** `nodes`: those that the group has. Shares in the order of the offerings, none of them empty. */
export function balancedZones(
  offerings: readonly Offering[],
  nodes: readonly { readonly zone: string }[],
  count: number,
): readonly ZoneShare[] {
  const sizes = offerings.map(({ zone }) => nodes.filter((node) => node.zone === zone).length);
  const added = offerings.map(() => 0);
  for (let i = 0; i < count; i++) {
    let least = 0;
    for (let zone = 1; zone < offerings.length; zone++) {
      if (sizes[zone] + added[zone] < sizes[least] + added[least]) least = zone;
    }
    added[least] += 1;
  }
  return offerings.flatMap((first, i) => {
    if (added[i] === 0) return [];
    const others = offerings.filter((offering) => offering !== first);
    return [{ offerings: [first, ...others], count: added[i] }];
  });
}
