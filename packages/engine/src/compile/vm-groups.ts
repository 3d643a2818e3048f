/** VM groups made runnable: what their policies go by, and what a planner should know of them. */
import type { Machines, ServiceModel, VmGroupModel } from '../model.ts';
import type { Message } from '../outcome.ts';
import { DEFAULT_STEPS } from '../scaling/vm/step-scaling.ts';
import { DEFAULT_TRACKING } from '../scaling/vm/target-tracking.ts';
import type { VmGroupStrategy } from '../scenario/scenario.ts';

export function vmGroupModel(strategy: VmGroupStrategy, machines: Machines): VmGroupModel {
  const { alarms, targetTracking, steps } = strategy;
  return {
    kind: 'vm-group',
    machines,
    strategy,
    policy: {
      alarms,
      tracking: {
        ...DEFAULT_TRACKING,
        ...targetTracking,
        target: targetTracking?.target ?? DEFAULT_TRACKING.target,
      },
      steps: {
        metric: steps?.metric ?? DEFAULT_STEPS.metric,
        adjustment: steps?.adjustment ?? DEFAULT_STEPS.adjustment,
        out: (steps?.out ?? []).map(({ from, change }) => ({ at: from, change })),
        in: (steps?.in ?? []).map(({ below, change }) => ({ at: below, change })),
        cooldown: steps?.cooldown ?? DEFAULT_STEPS.cooldown,
      },
    },
  };
}

export function vmGroupNotes(
  strategy: VmGroupStrategy,
  services: readonly ServiceModel[],
): Message[] {
  const { min, max, vm, warmPool } = strategy;
  const notes = services
    .filter(({ service }) => service.fixed === undefined)
    .map(({ service, slots }): Message => {
      const params = { service: service.name, min, max, type: vm.type, slots: Math.floor(slots) };
      return { key: 'note.vm-group', params };
    });
  // At zero there is nothing to measure, and no alarm.
  const reachesZero = min === 0 || strategy.schedule.some((action) => action.min === 0);
  if (reachesZero && strategy.policy !== 'none') notes.push({ key: 'note.vm-zero', params: {} });
  if (warmPool === undefined || warmPool.state === 'running') return notes;
  return [...notes, { key: 'note.vm-pool-disks', params: { size: warmPool.size } }];
}
