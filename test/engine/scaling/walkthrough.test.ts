/**
 * The HPA of the Kubernetes walkthrough (scenarios/k8s/walkthrough.yaml): request 200m, target 50 %
 * of it, 1 to 10 replicas, no `behavior`. An observed 305 % is 610m of one pod: ⌈6.1⌉ = 7 replicas,
 * but without `behavior` a sync goes to max(2 × current, 4) at most.
 */
import { describe, expect, test } from 'vitest';
import { decide } from '../../../packages/engine/src/scaling/hpa.ts';
import { DEFAULT_HPA_CONTROLLER } from '../../../packages/engine/src/scaling/hpa-controller.ts';
import { withDefaults } from '../../../packages/engine/src/scaling/hpa-defaults.ts';
import { type HpaMemory, hpaMemory } from '../../../packages/engine/src/scaling/hpa-memory.ts';
import {
  hpaPods,
  hpaSamples,
  PHASE,
  READY,
} from '../../../packages/engine/src/scaling/hpa-observation.ts';
import { loadDryRun } from '../../../packages/runner/src/load-dry-run.ts';

const SECOND = 1_000_000;

async function walkthrough() {
  const loaded = await loadDryRun('scenarios/k8s/walkthrough.yaml', 'scenarios/minimal.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const [service] = loaded.scenario.services;
  if (service?.hpa === undefined) throw new Error('the manifests have an HPA');
  return { hpa: service.hpa, workload: service.workload };
}

/** Pods that are ready for an hour, then pods that were just created. */
function observation(now: number, used: number, ready: number, starting: number, request: number) {
  const count = ready + starting;
  const pods = hpaPods(count);
  const samples = hpaSamples(count);
  pods.count = count;
  for (let i = 0; i < count; i++) {
    const isReady = i < ready;
    pods.phase[i] = isReady ? PHASE.running : PHASE.pending;
    pods.ready[i] = isReady ? READY.true : READY.none;
    pods.startTime[i] = isReady ? now - 3600 * SECOND : Number.NaN;
    pods.readySince[i] = isReady ? now - 3590 * SECOND : 0;
    samples.resourceRequest[i] = request;
    if (!isReady) continue;
    samples.value[i] = used;
    samples.time[i] = now - 5 * SECOND;
    samples.window[i] = 15 * SECOND;
  }
  const readings = [{ kind: 'samples', samples }] as const;
  return { now, specReplicas: count, statusReplicas: count, pods, readings };
}

describe('the walkthrough of Kubernetes', () => {
  test('its objects are read as they are', async () => {
    const { hpa, workload } = await walkthrough();
    expect(hpa).toEqual({
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      ],
    });
    expect(workload).toMatchObject({ replicas: 1, cpuRequest: 200, cpuLimit: 500 });
  });

  test('an observed 305 % leads 1 → 4 → 7', async () => {
    const { hpa, workload } = await walkthrough();
    const request = workload.cpuRequest ?? Number.NaN;
    const spec = withDefaults(hpa);
    const seen: number[] = [];
    const proposals: (number | null)[] = [];
    const limits: (string | null)[] = [];
    let memory: HpaMemory = hpaMemory();
    let replicas = 1;
    for (const now of [0, 15, 30]) {
      const observed = observation(now * SECOND, 610, 1, replicas - 1, request);
      const decision = decide(spec, DEFAULT_HPA_CONTROLLER, observed, memory);
      expect(decision.metrics[0]?.averageUtilization).toBe(305);
      ({ memory, desired: replicas } = decision);
      seen.push(decision.desired);
      proposals.push(decision.proposal);
      limits.push(decision.limited);
    }
    expect(seen).toEqual([4, 7, 7]);
    expect(proposals).toEqual([7, 7, 7]);
    expect(limits).toEqual(['ScaleUpLimit', 'DesiredWithinRange', 'DesiredWithinRange']);
  });
});
