/**
 * KEDA's cron trigger is a metric, and the HPA ignores a metric within its tolerance: from 46
 * replicas to 50 nothing happens, and the pre-scale is lost.
 */
import type { Message } from '../outcome.ts';
import { withDefaults } from '../scaling/hpa-defaults.ts';
import { tolerancesOf } from '../scaling/hpa-replicas.ts';
import { kedaHpa } from '../scaling/keda.ts';
import { triggersOf } from '../scaling/keda-triggers/index.ts';
import type { KubernetesStrategy, Scenario } from '../scenario/scenario.ts';
import { isHidden } from './tolerance.ts';

/** Cron triggers that ask for little more than what runs at least. */
export function hiddenCron(
  { services, hpaController }: Scenario,
  { keda, replicas }: KubernetesStrategy,
): readonly Message[] {
  if (keda === undefined) return [];
  const scaled = services.filter(({ fixed }) => fixed === undefined);
  return scaled.flatMap(({ name, hpa }) => {
    const triggers = triggersOf(keda.triggers, name);
    const spec = withDefaults(kedaHpa(keda, triggers, hpa?.behavior));
    const tolerances = tolerancesOf(spec, hpaController);
    const from = replicas ?? keda.minReplicas;
    return triggers.flatMap((trigger) => {
      if (trigger.kind !== 'cron' || !isHidden(from, trigger.desiredReplicas, tolerances))
        return [];
      const to = trigger.desiredReplicas;
      const ratio = String(Math.round((to / from) * 1000) / 1000);
      const params = { service: name, from, to, ratio, tolerance: tolerances.up };
      return [{ key: 'trap.tolerance-cron', params }];
    });
  });
}
