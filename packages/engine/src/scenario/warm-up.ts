/** Warm-up and slow start: of pods that never are new, or with a balancer that has none. */
import { BALANCERS, type BalancerName, knowsSlowStart } from '../flow/balancers/index.ts';
import { type CheckContext, isWritten, placeOf, type ServiceDraft } from './draft.ts';
import type { Path } from './source.ts';

/** Strategies whose machines are all there from the start. */
const WITHOUT_NEW_PODS = ['vm-peak'];

export function checkNewPods(service: ServiceDraft, path: Path, context: CheckContext): void {
  const { root, reporter, draft } = context;
  const strategies = (draft.strategies ?? []).map((strategy) => strategy?.kind);
  const neverNew = strategies.length > 0 && strategies.every(isStanding);
  for (const field of ['warmUp', 'slowStart']) {
    if (!isWritten(root, [...path, field])) continue;
    const place = placeOf(root, [...path, field]);
    if (isWritten(root, [...path, 'fixed'])) {
      reporter.report('E_CONFLICT', place, {
        problem: `${field} means nothing for a service of fixed size: none of its pods is new`,
        hint: `remove ${field}, or fixed`,
      });
    } else if (neverNew) {
      reporter.report('E_CONFLICT', place, {
        problem: `${field} means nothing here: no strategy ever starts a pod`,
        hint: `remove ${field}, or add a strategy that scales`,
      });
    }
  }
  const { balancer } = service;
  if (balancer === undefined || !isWritten(root, [...path, 'slowStart'])) return;
  if (knowsSlowStart(balancer as BalancerName)) return;
  const names = (Object.keys(BALANCERS) as BalancerName[]).filter(knowsSlowStart);
  reporter.report('E_CONFLICT', placeOf(root, [...path, 'slowStart']), {
    problem: `the balancer ${balancer} has no slow start`,
    allowed: names.join(', '),
    hint: 'choose another balancer, or remove slowStart',
  });
}

function isStanding(kind: string | undefined): boolean {
  return kind !== undefined && WITHOUT_NEW_PODS.includes(kind);
}
