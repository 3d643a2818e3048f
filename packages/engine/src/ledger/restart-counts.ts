/** The lives of the pods → how often their containers were restarted, and why; null = never. */
import type { PodLife, RestartCause } from './ledger.ts';
import type { RestartCounts } from './outcome.ts';

export function restartCounts(lives: readonly PodLife[]): RestartCounts | null {
  const causes = lives.flatMap(({ restarts = [] }) => restarts.map(({ cause }) => cause));
  if (causes.length === 0) return null;
  const count = (...which: readonly RestartCause[]) =>
    causes.filter((cause) => which.includes(cause)).length;
  return {
    total: causes.length,
    probes: count('startup', 'liveness'),
    outOfMemory: count('oom'),
    crashes: count('crash'),
  };
}
