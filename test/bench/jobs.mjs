/**
 * What one run of the bench does: which rows, in which order within a round. References come
 * first; two workloads that compare with the same program share its samples.
 */
import { DECIDE, DECIDE_CALLS } from './decide.mjs';
import { KERNELS, PIPELINES } from './implementations.mjs';
import { WORKLOADS } from './workloads.mjs';

/**
 * The control planes that are weighed: of a 30-minute sale, all of its strategies as a comparison
 * runs them and each that has one; and of a big cluster.
 */
export const CONTROL = [
  { name: 'second-kill-10m', workload: 'second-kill-10m', strategy: null },
  { name: 'hpa', workload: 'second-kill-10m', strategy: 'hpa' },
  { name: 'hpa-prescale', workload: 'second-kill-10m', strategy: 'hpa-prescale' },
  { name: 'big-cluster', workload: 'big-cluster', strategy: 'big-cluster' },
];

/** Rows of one workload: its references, its kernels, its pipelines. */
export function jobsOf(workload, size) {
  const { against, references } = WORKLOADS[workload];
  const ours = (implementations, kind) =>
    Object.entries(implementations)
      .filter(([, { kind: reference }]) => against[reference] !== undefined)
      .map(([implementation, { kind: reference, path, build }]) => ({
        key: `${workload}/${implementation}`,
        workload,
        implementation,
        path,
        build,
        against: against[reference],
        job: { kind, workload, implementation, size },
      }));
  const mine = [...ours(KERNELS, 'kernel'), ...ours(PIPELINES, 'pipeline')];
  const named = new Set([...mine.map((job) => job.against), ...references]);
  const programs = [...named].map((name) => ({
    key: name,
    workload,
    implementation: name,
    program: name,
  }));
  return [...programs, ...mine];
}

/** All jobs of a round, each key once. */
export function jobsOfRound(workloads, size, programs) {
  const jobs = new Map();
  for (const workload of workloads) {
    for (const job of jobsOf(workload, size)) {
      if (job.program !== undefined && !programs.includes(job.program)) continue;
      if (!jobs.has(job.key)) jobs.set(job.key, job);
    }
  }
  return [...jobs.values()];
}

/** The autoscaler's decisions, timed in the same rounds. */
export function decideJobs(size) {
  return Object.keys(DECIDE).map((name) => ({
    key: name,
    workload: name,
    implementation: 'decide',
    path: 'hpa',
    build: 'ts',
    job: { kind: 'decide', name, calls: Math.ceil(DECIDE_CALLS[name] * size) },
  }));
}
