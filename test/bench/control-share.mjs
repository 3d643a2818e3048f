/**
 * The control plane's share of a run's CPU time, from V8's sampling profiler: the product is
 * measured as it is, without probes in it. A sample belongs to the control plane if a function of
 * engine/cluster is anywhere on its stack, so what it calls (autoscaler, calendar, ledger, the data
 * plane's admissions) counts as its own.
 */
import { Session } from 'node:inspector/promises';
import { bigCluster } from './big-cluster.mjs';
import { WORKLOADS } from './workloads.mjs';

/** Those that are no rows of the table. */
const SCENARIOS = { 'big-cluster': bigCluster };

const CONTROL = /\/engine\/(dist|src)\/cluster\//;
/** Nodes of the profile that are no code of anybody: the collector is not either plane's. */
const NOBODY = new Set(['(root)', '(program)', '(idle)', '(garbage collector)']);

/** Share of samples in the control plane among those in code; a profile as of Profiler.stop. */
export function controlShare({ nodes }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  let control = 0;
  let all = 0;
  const visit = (node, inControl) => {
    const { functionName, url } = node.callFrame;
    const within = inControl || CONTROL.test(url);
    if (!NOBODY.has(functionName)) {
      all += node.hitCount;
      if (within) control += node.hitCount;
    }
    for (const child of node.children ?? []) visit(byId.get(child), within);
  };
  visit(nodes[0], false);
  return all === 0 ? 0 : control / all;
}

/** Runs one strategy of a workload under the profiler. */
export async function shareOfControlPlane(engine, { workload, strategy, size }) {
  const scenario = (SCENARIOS[workload] ?? WORKLOADS[workload].scenario)(size);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  const { outcome } = engine.runCell(scenario, strategy, 0);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { requests: outcome.counts.offered, share: controlShare(profile) };
}
