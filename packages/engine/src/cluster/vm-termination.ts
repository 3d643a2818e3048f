/**
 * Termination policies: which VMs of a group go first. Whatever the policy, a VM that does not
 * serve yet goes before one that does.
 */

export interface Terminable {
  /** In the order in which VMs were launched. */
  readonly id: number;
}

export const VM_TERMINATIONS = {
  oldest: (a, b) => a.id - b.id,
  newest: (a, b) => b.id - a.id,
} as const satisfies Record<string, (a: Terminable, b: Terminable) => number>;
