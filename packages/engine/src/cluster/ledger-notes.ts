/** What the control plane writes down besides decisions of an autoscaler, as rows of the ledger. */
import { closeRuns } from '../ledger/decision-runs.ts';
import type { DecisionRow, Message } from '../outcome.ts';
import type { Deployment, Pod, World } from './world.ts';

const MEBIBYTE = 2 ** 20;

/** Preemptions for one service this close together are one row, µs. */
const ONE_BURST = 60_000_000;

/** The last row about preemptions for a service. */
export interface PreemptionNote {
  until: number;
  readonly params: Record<string, string | number>;
}

export function notePreemption(world: World, pod: Pod, victims: number, now: number): void {
  const { deployment } = pod;
  const { preemptions: last } = deployment;
  if (last !== null && now - last.until <= ONE_BURST) {
    last.until = now;
    last.params.pods = Number(last.params.pods) + 1;
    last.params.victims = Number(last.params.victims) + victims;
    return;
  }
  const params = { service: deployment.model.service.name, pods: 1, victims };
  deployment.preemptions = { until: now, params };
  note(world, deployment, { key: 'decision.preemption', params }, now);
}

/** The quota refuses a pod, for the first time in a row. */
export function noteRefusal(
  world: World,
  deployment: Deployment,
  { resource, hard }: { readonly resource: string; readonly hard: number },
  now: number,
): void {
  const service = deployment.model.service.name;
  const missing = deployment.pods.filter(({ life }) => life.created === undefined).length;
  const params = { service, missing, hard: resource === 'memory' ? hard / MEBIBYTE : hard };
  note(world, deployment, { key: `decision.quota-${resource}`, params }, now);
}

function note({ ledger }: World, deployment: Deployment, reason: Message, now: number): void {
  const { desired, model } = deployment;
  const row: DecisionRow = {
    at: now,
    service: model.service.name,
    from: desired,
    to: desired,
    reason,
  };
  ledger.decisions.push(row);
  closeRuns(deployment.runs);
}
