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

/** Runs before V8 has compiled what a sale needs: the share of later ones no longer falls. */
const RUNS_TO_WARM = 3;

/**
 * Runs a strategy of a workload (null: all, one after another) again and again: the share in the
 * first run, and later.
 */
export async function shareOfControlPlane(engine, { workload, strategy, size }) {
  const scenario = (SCENARIOS[workload] ?? WORKLOADS[workload].scenario)(size);
  const names = strategy === null ? scenario.strategies.map(({ name }) => name) : [strategy];
  const run = () => names.map((name) => engine.runCell(scenario, name, 0).outcome.counts.offered);
  const { result, share } = await profiled(run);
  for (let i = 1; i < RUNS_TO_WARM; i++) run();
  const { share: shareWarm } = await profiled(run);
  const requests = result.reduce((sum, offered) => sum + offered, 0);
  return { requests, share, shareWarm };
}

async function profiled(work) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  const result = work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { result, share: controlShare(profile) };
}
