/**
 * The implementations of Peakless that are measured, one line each; `kind` chooses the reference
 * that a workload compares them with (`against` in workloads.mjs).
 */

/**
 * Through the public pipeline: compile, simulate, evaluate, all accounting on. `options()` gives
 * those of `runCell`, or a promise of them (a kernel to load); that is not in the time.
 */
export const PIPELINES = {
  'general-ts': {
    kind: 'general',
    path: 'general',
    build: 'ts',
    options: () => ({ path: 'general' }),
  },
  'fast-ts': { kind: 'fast', path: 'fast', build: 'ts', options: () => ({}) },
  'fast-wasm': { kind: 'fast', path: 'fast', build: 'wasm', options: loadWasm },
};

async function loadWasm() {
  const { wasmKernel } = await import('../../packages/wasm/dist/index.js');
  return { createKernel: wasmKernel() };
}

/** One strategy of a scenario through the pipeline. */
export const runPipeline = (engine, scenario, strategy, options) =>
  engine.runCell(scenario, strategy, 0, undefined, options);

/**
 * The inner loop alone, without rows, ledger and evaluation, on the workloads whose `against` has
 * `kernel`. `prepare(engine, scenario)` gives, or promises, the function that is timed; it gives
 * `{ requests, stats? }`, stats as gates.mjs has them.
 */
export const KERNELS = {
  'kernel-ts': {
    kind: 'kernel',
    path: 'kernel',
    build: 'ts',
    prepare: (engine, scenario) => bareKernel(engine, scenario, {}),
  },
  'kernel-wasm': {
    kind: 'kernel',
    path: 'kernel',
    build: 'wasm',
    prepare: async (engine, scenario) => bareKernel(engine, scenario, await loadWasm()),
  },
};

/** The fleet's requests from start to end in one stretch: arrivals, balancer, slots, histogram. */
function bareKernel(engine, scenario, options) {
  const model = engine.compile(scenario, scenario.baseline, 0, options);
  const [{ plane }] = model.services;
  for (let vm = 0; vm < model.provision.counts[0]; vm++) plane.admit(vm);
  return () => {
    plane.advance(model.horizon);
    plane.settle(model.horizon);
    return { requests: plane.counts[0] };
  };
}
