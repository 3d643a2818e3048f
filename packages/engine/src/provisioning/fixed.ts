/** A fixed pool, such as bare metal: no node is ever added or removed. */
import type { Provisioner } from './provisioner.ts';

export const fixed: Provisioner = () => ({ add: 0, remove: [] });
