/**
 * Luck of one purpose for pods of several services that meet at one place (a gate, a registry, the
 * scheduler): a stream for each service, so that none depends on how often another asks.
 */
import type { StreamState } from '../kernel/random.ts';
import type { Model } from '../model.ts';
import type { Deployment } from './world.ts';

/** Index of an owner → its stream. */
export type ServiceStreams = (owner: number) => StreamState;

/** Made when they are first asked for: seeding one is dear, and most runs never draw from it. */
export function serviceStreams(
  { stream }: Model,
  owners: readonly Deployment[],
  purpose: string,
): ServiceStreams {
  const made: StreamState[] = [];
  return (owner) => {
    made[owner] ??= stream(`${purpose}/${owners[owner].model.service.name}`);
    return made[owner];
  };
}
