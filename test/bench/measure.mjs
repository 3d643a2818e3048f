/**
 * One measurement in a process of its own: `node measure.mjs '<job as JSON>'` prints one line of
 * JSON. CPU time is that of all threads of the process from after the imports to the result, so it
 * includes what V8 spends on compiling and collecting.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { shareOfControlPlane } from './control-share.mjs';
import { DECIDE, PARTS } from './decide.mjs';
import { statsOf } from './gates.mjs';
import { KERNELS, PIPELINES, runPipeline } from './implementations.mjs';
import { stretchedSale, WORKLOADS } from './workloads.mjs';

/** Runs `work` → its result and the CPU seconds it took. */
function timed(work) {
  const started = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(started);
  return { result, seconds: (user + system) / 1e6 };
}

/** 12 hexadecimal digits of what a run came to; equal = equal results, whatever made them. */
export function hashOf(engine, cells) {
  const hash = createHash('sha256');
  for (const { outcome, series, decisions, pods } of cells) {
    hash.update(engine.toCanonicalJson({ outcome, series, decisions, pods }));
  }
  return hash.digest('hex').slice(0, 12);
}

/** All strategies of a workload through the public pipeline. */
export async function measurePipeline(engine, { workload, implementation, size }) {
  const { scenario: make, unit } = WORKLOADS[workload];
  const options = await PIPELINES[implementation].options();
  const scenario = make(size);
  const names = scenario.strategies.map(({ name }) => name);
  const { result, seconds } = timed(() =>
    names.map((name) => runPipeline(engine, scenario, name, options)),
  );
  const requests = result.reduce((sum, { outcome }) => sum + outcome.counts.offered, 0);
  // Several strategies have no common statistics.
  const stats = result.length === 1 ? statsOf(result[0].outcome, unit) : { requests };
  return { requests, seconds, hash: hashOf(engine, result), stats };
}

/** Part of the run that a kernel makes before it is timed. */
const WARM_UP = 0.1;

/**
 * The inner loop as it is once V8 has compiled it, since the programs that it is compared with are
 * compiled as well. What compiling costs is in the figures of the pipelines.
 */
async function measureKernel(engine, { workload, implementation, size }) {
  const warmUp = WORKLOADS[workload].scenario(size * WARM_UP);
  for (let i = 0; i < 3; i++) (await KERNELS[implementation].prepare(engine, warmUp))();
  const scenario = WORKLOADS[workload].scenario(size);
  const { result, seconds } = timed(await KERNELS[implementation].prepare(engine, scenario));
  return { requests: result.requests, seconds, hash: null, stats: result.stats ?? {} };
}

function measureDecide(_engine, { name, calls }, parts) {
  const work = DECIDE[name](parts);
  work(Math.ceil(calls / 10));
  const { result, seconds } = timed(() => work(calls));
  return { requests: calls, seconds, hash: hashText(JSON.stringify(result)), stats: {} };
}

const hashText = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

async function measureMemory(engine, { requests, implementation }) {
  const scenario = stretchedSale(requests);
  const options = await PIPELINES[implementation].options();
  const { outcome } = runPipeline(engine, scenario, 'fleet', options);
  return { requests: outcome.counts.offered };
}

const KINDS = {
  pipeline: measurePipeline,
  kernel: measureKernel,
  decide: measureDecide,
  control: shareOfControlPlane,
  memory: measureMemory,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const job = JSON.parse(process.argv[2]);
  const engine = await import('@peakless/engine');
  const built = (path) => import(new URL(`${path}.js`, import.meta.resolve('@peakless/engine')));
  const parts =
    job.kind === 'decide' ? Object.assign({}, ...(await Promise.all(PARTS.map(built)))) : {};
  const measured = await KINDS[job.kind](engine, job, parts);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...measured, rssMb })}\n`);
}
