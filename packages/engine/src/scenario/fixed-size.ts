/**
 * Services of fixed size are no Deployments: what the file says about the scaling of one would
 * silently mean nothing, so it is refused.
 */
import { type CheckContext, placeOf } from './draft.ts';
import type { Manifests } from './manifests.ts';
import type { Service } from './scenario.ts';

export function checkFixedSizes(
  services: readonly Service[],
  manifests: Manifests,
  context: CheckContext,
): void {
  for (const { name, fixed } of services) {
    if (fixed === undefined) continue;
    checkManifests(name, manifests, context);
    checkSchedules(name, context);
  }
}

function checkManifests(
  name: string,
  { deployments, hpas }: Manifests,
  { reporter }: CheckContext,
): void {
  for (const [kind, found] of [
    ['a Deployment', deployments.get(name)],
    ['an HPA', hpas.get(name)],
  ] as const) {
    if (found === undefined) continue;
    reporter.report(
      'E_CONFLICT',
      { at: found.at, path: ['services', name, 'fixed'] },
      {
        problem: `${name} has a fixed size, and ${kind}`,
        hint: `remove it, or services.${name}.fixed`,
      },
    );
  }
}

function checkSchedules(name: string, { draft, root, reporter }: CheckContext): void {
  (draft.strategies ?? []).forEach((strategy, i) => {
    if (strategy?.kind !== 'kubernetes') return;
    (strategy.schedule ?? []).forEach((floor, k) => {
      if (floor?.service !== name) return;
      const place = placeOf(root, ['strategies', i, 'schedule', k, 'service']);
      reporter.report('E_CONFLICT', place, {
        problem: `${name} has a fixed size: no schedule scales it`,
        hint: `remove the floor, or services.${name}.fixed`,
      });
    });
  });
}
