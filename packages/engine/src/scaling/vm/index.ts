/** The registry of scaling policies: `policy` of a VM group → what decides on its capacity. */
import type { Adjustment } from './adjustment.ts';
import type { VmAlarms, VmMetric, VmPolicy } from './policy.ts';
import { scheduled } from './scheduled.ts';
import { simpleScaling } from './simple-scaling.ts';
import { type Step, stepScaling } from './step-scaling.ts';
import { targetTracking } from './target-tracking.ts';

/** What a scenario says of a group's policy, complete. */
export interface VmPolicySpec {
  readonly alarms: VmAlarms;
  readonly tracking: {
    readonly metric: VmMetric;
    readonly target: number;
    readonly margin: number;
    readonly scaleIn: boolean;
  };
  readonly steps: {
    readonly metric: VmMetric;
    readonly adjustment: Adjustment;
    readonly out: readonly Step[];
    readonly in: readonly Step[];
    /** µs */
    readonly cooldown: number;
  };
}

export const VM_POLICIES = {
  'target-tracking': ({ tracking, alarms }) => targetTracking({ ...tracking, alarms }),
  step: ({ steps, alarms }) => stepScaling({ ...steps, alarms }),
  simple: ({ steps, alarms }) => simpleScaling({ ...steps, alarms }),
  none: () => scheduled(),
} as const satisfies Record<string, (spec: VmPolicySpec) => VmPolicy>;

export type VmPolicyName = keyof typeof VM_POLICIES;
