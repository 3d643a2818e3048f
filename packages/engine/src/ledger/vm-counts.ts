/** Calls for VMs → how many came, what became of the others, how long the slowest took. */
import type { LaunchFailure, VmCall } from './ledger.ts';
import type { VmCounts } from './outcome.ts';

/** Undefined = no VM was called for. */
export function vmCounts(calls: readonly VmCall[]): VmCounts | undefined {
  if (calls.length === 0) return undefined;
  const failed = (cause: LaunchFailure) => calls.filter(({ failure }) => failure === cause).length;
  const ran = calls.filter(({ running }) => running !== undefined);
  return {
    launched: ran.filter(({ isPooled }) => !isPooled).length,
    resumed: ran.filter(({ isPooled }) => isPooled).length,
    quota: failed('quota'),
    timeout: failed('timeout'),
    noHost: failed('no-host'),
    longest: ran.reduce((most, { at, running = at }) => Math.max(most, running - at), 0),
  };
}
