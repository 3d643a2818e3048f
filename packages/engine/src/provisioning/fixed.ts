/** A fixed pool, such as bare metal: no node is ever added or removed. */
import type { Provisioner } from './provisioner.ts';

export const fixed: Provisioner<unknown, null> = {
  initial: null,
  groupsKeepSize: false,
  period: () => Number.POSITIVE_INFINITY,
  decide: () => ({
    launches: [],
    removals: [],
    memory: null,
    takes: 0,
    wake: { at: Number.POSITIVE_INFINITY, onPending: false },
    reason: null,
  }),
};
