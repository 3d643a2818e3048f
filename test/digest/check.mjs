/**
 * `pnpm digest:check [--small] [scenario…]`: the digests of the bundled scenarios in every
 * environment of VARIANTS, side by side; exit code 1 when any two differ, with the runs that do.
 * One replication each. `--small` sets the load to the low end of what the scenario allows.
 */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { openDigestPage } from './chromium.mjs';
import { nodeBinary, versionOf } from './node-binaries.mjs';

const call = promisify(execFile);
const SEVERAL = String(Math.max(2, availableParallelism()));

/**
 * The first is what the others are held against. `settings`: how to run, by the options of the
 * command line; without `node` in the browser.
 */
const VARIANTS = [
  { name: 'Node 20, 1 worker', node: 20, settings: { workers: '1' } },
  {
    name: `Node 22, ${SEVERAL} workers, TypeScript`,
    node: 22,
    settings: { workers: SEVERAL, kernel: 'ts' },
  },
  { name: 'Node 24, 1 worker', node: 24, settings: { workers: '1' } },
  { name: 'Node 20, general path', node: 20, settings: { path: 'general' } },
  { name: 'Chromium, WebAssembly', settings: { kernel: 'wasm' } },
  { name: 'Chromium, TypeScript', settings: { kernel: 'ts' } },
];

/** Variables of the scenarios, within their ranges; scenarios that are not named are short. */
const SMALL = {
  'bare-metal': { peakRate: '500' },
  'cloud-cluster-autoscaler': { peakRate: '500' },
  'cloud-karpenter': { peakRate: '500' },
  'database-limit': { peakRate: '1000' },
  'good-start': { morning: '500' },
  'iaas-vms': { peakRate: '300' },
  'jvm-metastable': { peakRate: '200' },
  'keda-cron': { peakRate: '1000', cronReplicas: '10' },
  'second-kill': { peakRate: '4000', prescaled: '60' },
  serverless: { peakRate: '500' },
  'vm-group': { peakRate: '300' },
  'world-cup-1998': { level: '0.01' },
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = pathToFileURL(join(ROOT, 'packages/cli/dist/main.js')).href;

const { values, positionals } = parseArgs({
  options: { small: { type: 'boolean', default: false } },
  allowPositionals: true,
});

function bundled() {
  const files = readdirSync(join(ROOT, 'scenarios')).filter((file) => file.endsWith('.yaml'));
  const names = files.map((file) => basename(file, '.yaml'));
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`no scenario ${unknown}: there is ${names.join(', ')}`);
  return positionals.length > 0 ? positionals : names;
}

const fileOf = (name) => join(ROOT, 'scenarios', `${name}.yaml`);

const setOf = (name) => ({ replications: '1', ...(values.small ? SMALL[name] : {}) });

/** Scenarios that get the same settings go into one process. */
function groups(scenarios) {
  const sets = new Map();
  for (const name of scenarios) {
    const set = Object.entries(setOf(name)).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const key = set.join(' ');
    sets.set(key, { set, names: [...(sets.get(key)?.names ?? []), name] });
  }
  return [...sets.values()];
}

/** The compiled command line under that Node; the launcher would look for changes every time. */
async function digestInNode(binary, { set, names }, settings) {
  const options = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  const args = ['digest', ...names.map(fileOf), '--json', '--quiet', ...set, ...options];
  const start = `import { main } from ${JSON.stringify(PROGRAM)}; await main(process.argv.slice(1));`;
  const { stdout } = await call(binary, ['--input-type=module', '--eval', start, '--', ...args], {
    maxBuffer: 1 << 26,
  });
  return [JSON.parse(stdout)].flat();
}

/** Name → digest. */
async function run({ node, settings }, scenarios) {
  const digests = new Map();
  if (node !== undefined) {
    const binary = await nodeBinary(node);
    for (const group of groups(scenarios)) {
      const found = await digestInNode(binary, group, settings);
      for (const [i, name] of group.names.entries()) digests.set(name, found[i]);
    }
    return { version: await versionOf(binary), digests };
  }
  const page = await openDigestPage();
  try {
    for (const name of scenarios) {
      digests.set(name, await page.digest(fileOf(name), { set: setOf(name), settings }));
    }
    return { version: page.version, digests };
  } finally {
    await page.close();
  }
}

/** In order; as many at once as there are processors. */
async function runAll(scenarios) {
  const results = [];
  let next = 0;
  const lane = async () => {
    while (next < VARIANTS.length) {
      const index = next;
      next += 1;
      results[index] = await run(VARIANTS[index], scenarios).catch((error) => ({ error }));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

/** What differs, the cause before the consequence: the scenario as read, then runs. */
function differences(expected, seen) {
  if (expected.sha256 === seen.sha256 && expected.scenario.hash === seen.scenario.hash) return [];
  const read = expected.scenario.hash === seen.scenario.hash ? [] : ['the scenario as read'];
  const cells = expected.cells.flatMap(({ strategy, replication, sha256 }, i) =>
    seen.cells[i]?.sha256 === sha256 ? [] : [`${strategy}, replication ${replication}`],
  );
  const places = [...read, ...cells];
  return places.length > 0 ? places : ['the list of runs'];
}

const print = (text) => process.stdout.write(`${text}\n`);

/** Says for each scenario how the variant stands to the first; returns how many agree or do not. */
function report({ name }, { version, digests, error }, reference, scenarios) {
  if (error !== undefined) {
    print(`${name}: no digests: ${error.stderr?.trim() || error.message.split('\n', 1)[0]}`);
    return { same: 0, different: scenarios.length };
  }
  print(`${name} (${version})`);
  let different = 0;
  for (const scenario of scenarios) {
    const digest = digests.get(scenario);
    const places = reference === undefined ? [] : differences(reference.get(scenario), digest);
    const mark = reference === undefined ? '' : places.length === 0 ? '  same' : '  DIFFERENT';
    print(`  ${digest.sha256.slice(0, 16)}  ${scenario}${mark}`);
    for (const place of places) print(`    ${place}`);
    if (places.length > 0) different += 1;
  }
  return { same: reference === undefined ? 0 : scenarios.length - different, different };
}

const scenarios = bundled();
const results = await runAll(scenarios);
let same = 0;
let different = 0;
for (const [index, variant] of VARIANTS.entries()) {
  const reference = index === 0 ? undefined : results[0].digests;
  const found = report(variant, results[index], reference, scenarios);
  same += found.same;
  different += found.different;
}
print(`${same} same, ${different} different`);
process.exitCode = different === 0 && same > 0 ? 0 : 1;
