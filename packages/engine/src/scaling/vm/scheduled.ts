/** No policy: the capacity changes with scheduled actions alone. */
import { clamp, type VmPolicy } from './policy.ts';

export function scheduled(): VmPolicy {
  return (observation) => {
    const desired = clamp(observation, observation.desired);
    return { desired, reason: { key: 'vm.scheduled', params: { desired } }, grounds: null };
  };
}
