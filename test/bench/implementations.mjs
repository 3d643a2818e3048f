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
};

/** One strategy of a scenario through the pipeline. */
export const runPipeline = (engine, scenario, strategy, options) =>
  engine.runCell(scenario, strategy, 0, undefined, options);

/**
 * The inner loop alone, without rows, ledger and evaluation, on the workloads whose `against` has
 * `kernel`. `prepare(engine, scenario)` gives, or promises, the function that is timed; it gives
 * `{ requests, stats? }`, stats as gates.mjs has them.
 */
export const KERNELS = {};
