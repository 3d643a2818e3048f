/** No autoscaler: the replicas that were written down, or what a schedule asks for now. */
import type { Autoscaler } from './autoscaler.ts';

/** Memory: the number written down, known from the first observation. */
export function fixed(): Autoscaler<number | null> {
  return {
    initial: null,
    decide: ({ wanted, floor }, written) => {
      const base = written ?? wanted;
      const desired = Math.max(base, floor);
      const reason = { key: 'fixed.replicas', params: { desired } };
      return { desired, reason, grounds: null, memory: base };
    },
  };
}
