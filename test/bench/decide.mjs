/**
 * One reconcile of an HPA after another, each with the memory of the one before it: what a year of
 * syncs costs. `parts` are the engine's scaling functions (they are not part of its public face).
 */

/** Modules of the engine that `parts` is made of. */
export const PARTS = ['scaling/hpa', 'scaling/hpa-memory', 'scaling/hpa-observation'];

const SYNC = 15_000_000;
const HOUR = 3_600_000_000;
const CONTROLLER = {
  tolerance: 0.1,
  downscaleStabilization: 300_000_000,
  cpuInitializationPeriod: 300_000_000,
  initialReadinessDelay: 30_000_000,
};

const utilization = (name) => ({
  type: 'Resource',
  name,
  target: { type: 'Utilization', averageUtilization: 60 },
});

/** `count` ready pods that are an hour old; `use(pod)` millicores of the 1000 requested. */
function observation({ hpaPods, hpaSamples, PHASE, READY }, count, metrics, use) {
  const pods = hpaPods(count);
  pods.count = count;
  pods.phase.fill(PHASE.running);
  pods.startTime.fill(-HOUR);
  pods.ready.fill(READY.true);
  pods.readySince.fill(-HOUR + SYNC);
  const readings = metrics.map(() => {
    const samples = hpaSamples(count);
    for (let pod = 0; pod < count; pod++) samples.value[pod] = use(pod);
    samples.window.fill(SYNC);
    samples.resourceRequest.fill(1000);
    return { kind: 'samples', samples };
  });
  return { specReplicas: count, statusReplicas: count, pods, readings };
}

/** → (calls) → the replicas decided in all, and the last decision’s reason. */
function reconciles(parts, count, metrics, use) {
  const spec = { minReplicas: 1, maxReplicas: 1000, metrics, behavior: null };
  const seen = observation(parts, count, metrics, use);
  return (calls) => {
    let memory = parts.hpaMemory();
    let desired = 0;
    let last = null;
    for (let call = 0; call < calls; call++) {
      const now = call * SYNC;
      for (const { samples } of seen.readings) samples.time.fill(now);
      last = parts.decide(spec, CONTROLLER, { ...seen, now }, memory);
      memory = last.memory;
      desired += last.desired;
    }
    return { desired, reason: last.reason };
  };
}

/** Row of the bench → (parts) → (calls) → result. `goal`: µs per decision. */
export const DECIDE = {
  // Off target by less than the tolerance and different in every pod; the second metric decides.
  'hpa-decide-500x2': (parts) =>
    reconciles(parts, 500, [utilization('cpu'), utilization('memory')], (pod) => 580 + (pod % 40)),
  'hpa-decide-steady': (parts) => reconciles(parts, 10, [utilization('cpu')], () => 600),
};

export const DECIDE_CALLS = { 'hpa-decide-500x2': 20_000, 'hpa-decide-steady': 400_000 };
