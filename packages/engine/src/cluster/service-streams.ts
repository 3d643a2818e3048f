/**
 * Luck of one purpose for pods of several services that meet at one place (a gate, a registry, the
 * scheduler): a stream for each service, so that none depends on how often another asks.
 */
import type { StreamState } from '../kernel/random.ts';
import type { Model } from '../model.ts';
import type { Deployment } from './world.ts';

export function serviceStreams(
  { stream }: Model,
  owners: readonly Deployment[],
  purpose: string,
): readonly StreamState[] {
  return owners.map(({ model }) => stream(`${purpose}/${model.service.name}`));
}
