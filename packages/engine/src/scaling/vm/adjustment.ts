/**
 * What a step does to the capacity of a group.
 *
 * @source awsdocs/amazon-ec2-auto-scaling-user-guide doc_source/as-scaling-simple-step.md: a
 *   percentage that is more than 1 VM is rounded down, one between 0 and 1 is 1 VM.
 */

/** `change`: VMs more or fewer; `percent` of the group; `exact`: the capacity itself. */
export const ADJUSTMENTS = ['change', 'percent', 'exact'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

/** The capacity after the step. */
export function adjusted(
  capacity: number,
  adjustment: Adjustment,
  change: number,
  direction: 1 | -1,
): number {
  if (adjustment === 'exact') return change;
  if (adjustment === 'change') return Math.max(0, capacity + direction * change);
  const exact = (capacity * change) / 100;
  const whole = exact > 1 ? Math.floor(exact + 1e-9) : exact > 0 ? 1 : 0;
  return Math.max(0, capacity + direction * whole);
}
