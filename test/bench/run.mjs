/**
 * `pnpm bench`: the workloads through the public pipeline beside the reference programs, all in one
 * run, in interleaved rounds; medians of CPU time, ratios of the same rounds, gates on the results.
 *
 *   --rounds N   5             --only W        one workload (may be repeated)
 *   --size X     1             --json          the figures as JSON
 *   --check      fail where a ratio is more than 15 % worse than in baseline.json
 *   --update-baseline          write the ratios of this run there
 *   --memory [--full]          peak memory at 1, 10 (and 100) million requests, instead
 *
 * Exit code 1: a gate fails, results differ between rounds or paths, the check finds a worse ratio,
 * or memory grows.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { readBaseline, writeBaseline } from './baseline.mjs';
import { compareRatios, faultsOf, ratiosOf, rowOf } from './figures.mjs';
import { judgeGoals } from './goals.mjs';
import { CONTROL, decideJobs, jobsOf, jobsOfRound } from './jobs.mjs';
import { measureMemory, memoryTable } from './memory.mjs';
import { measureInChild } from './processes.mjs';
import { compileReferences, findSimpy, hasSimpy, runSimpy } from './references.mjs';
import { fixed, gatesTable, goalsTable, resultsTable } from './table.mjs';
import { PATIENCE, WORKLOADS } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    'update-baseline': { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
});
const OTHERS = ['hpa-decide', 'control-plane'];
const SIMPY_REQUESTS = 200_000;

const size = positive('size');
const rounds = Math.ceil(positive('rounds'));
const chosen = options.only ?? [...Object.keys(WORKLOADS), ...OTHERS];
for (const name of chosen) {
  if (!(name in WORKLOADS) && !OTHERS.includes(name)) {
    stop(`--only ${name}: one of ${[...Object.keys(WORKLOADS), ...OTHERS].join(', ')}`);
  }
}
if (size !== 1 && (options.check || options['update-baseline'])) {
  stop('--check and --update-baseline compare the full size alone');
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function positive(name) {
  const value = Number(options[name]);
  if (!(value > 0)) stop(`--${name} ${options[name]}: a number above 0`);
  return value;
}

const print = (text) => process.stdout.write(`${text}\n`);
const say = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

/** All samples of all rounds, by key of their row. */
async function measureRounds(jobs, references) {
  const results = new Map(jobs.map(({ key }) => [key, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { key, program, job } of jobs) {
      say(`round ${round} of ${rounds}: ${key}`);
      const sample = program ? await references.run(program) : await measureInChild(job);
      results.get(key).push(sample);
    }
  }
  say('');
  return results;
}

/** SimPy once and short: a round of it costs more than all others together. */
async function measureSimpy(workloads, notes) {
  const fitting = workloads.filter(hasSimpy);
  if (fitting.length === 0) return [];
  const simpy = findSimpy();
  if (simpy === null) {
    notes.push('no SimPy (Debian: python3-simpy): no rows for it');
    return [];
  }
  const rows = [];
  for (const workload of fitting) {
    say(`simpy ${workload}`);
    const sample = await runSimpy(simpy, workload, Math.ceil(SIMPY_REQUESTS * Math.min(1, size)));
    const job = { key: `${workload}/simpy`, workload, implementation: `simpy ${simpy.version}` };
    rows.push(rowOf(job, new Map([[job.key, [sample]]]), { size, patience: true }));
  }
  say('');
  return rows;
}

/** Percent of the CPU time. */
async function measureControl() {
  const shares = [];
  for (const { name, workload, strategy } of CONTROL) {
    say(`control plane of ${name}`);
    const job = { kind: 'control', workload, strategy, size };
    const { share, shareWarm, requests } = await measureInChild(job);
    const key = `control-plane/${name}`;
    shares.push({ key, requests, percent: share * 100, percentWarm: shareWarm * 100 });
  }
  say('');
  return shares;
}

function gatesFor({ workload, program }) {
  const gates = WORKLOADS[workload]?.gates ?? [];
  // The clients of the reference programs are patient, whatever ours are.
  return { gates, size, patience: program !== undefined || PATIENCE };
}

async function measureAll() {
  const workloads = chosen.filter((name) => name in WORKLOADS);
  const wanted = workloads.flatMap((workload) => jobsOf(workload, size));
  const programs = [...new Set(wanted.flatMap(({ program }) => program ?? []))];
  const references = compileReferences(programs, size);
  const notes = [...references.notes];
  try {
    const jobs = [
      ...jobsOfRound(workloads, size, references.names),
      ...(chosen.includes('hpa-decide') ? decideJobs(size) : []),
    ];
    const results = await measureRounds(jobs, references);
    const rows = jobs.map((job) => rowOf(job, results, gatesFor(job)));
    rows.push(...(await measureSimpy(workloads, notes)));
    const control = chosen.includes('control-plane') ? await measureControl() : [];
    if (!PATIENCE) notes.push('time-outs stand for patience: its gates are not judged (-)');
    return { rows, control, notes, compiler: references.compiler };
  } finally {
    references.dispose();
  }
}

function figuresOf({ rows, control }) {
  return new Map([
    ...rows.map(({ key, ns }) => [key, ns]),
    ...control.flatMap(({ key, percent, percentWarm }) => [
      [key, percent],
      [`${key}/warm`, percentWarm],
    ]),
  ]);
}

function printTables({ rows, control, notes, goals, machine, faults }) {
  print(`${machine.cpu} (${machine.processors} processors), Node ${machine.node}, ${machine.cc}`);
  print(`${rounds} rounds, size ${size}\n\n${resultsTable(rows)}\n\n${gatesTable(rows)}\n`);
  for (const { key, percent, percentWarm } of control) {
    const warm = `${fixed(percentWarm, 1)} % in its fourth`;
    print(`${key}: ${fixed(percent, 1)} % of the CPU time in the first run of a process, ${warm}`);
  }
  print(`\n${goalsTable(goals)}\n`);
  for (const note of notes) print(`note: ${note}`);
  for (const fault of faults) print(`FAIL ${fault}`);
}

/** The check's verdict as lines, and whether it failed. */
function check(rows) {
  const measured = ratiosOf(rows);
  if (Object.keys(measured).length === 0) {
    return { lines: ['check failed: nothing was measured that has a ratio'], failed: true };
  }
  const { worse, added, unmeasured } = compareRatios(measured, readBaseline());
  const lines = worse.map(
    ({ key, ratio, before, change }) =>
      `WORSE ${key}: ratio ${fixed(ratio, 2)}, baseline ${fixed(before, 2)}, ` +
      `${fixed(change * 100, 0)} % worse`,
  );
  if (added.length > 0) lines.push(`not in the baseline: ${added.join(', ')}`);
  if (unmeasured.length > 0) lines.push(`not measured: ${unmeasured.join(', ')}`);
  const verdict = worse.length === 0 ? 'check passed' : `check failed: ${worse.length} worse`;
  return { lines: [...lines, verdict], failed: worse.length > 0 };
}

async function bench() {
  const measured = await measureAll();
  const { rows } = measured;
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    processors: cpus().length,
    node: process.versions.node,
    cc: measured.compiler ?? 'no cc',
  };
  const goals = judgeGoals(figuresOf(measured));
  const faults = faultsOf(rows);
  const report = { machine, rounds, size, ...measured, goals, faults };
  if (options.json) print(JSON.stringify(report, null, 2));
  else printTables(report);
  if (options['update-baseline']) writeBaseline(ratiosOf(rows), options.only !== undefined);
  let failed = faults.length > 0;
  if (options.check) {
    const { lines, failed: worse } = check(rows);
    for (const line of lines) process.stderr.write(`${line}\n`);
    failed ||= worse;
  }
  process.exitCode = failed ? 1 : 0;
}

async function memory() {
  const rows = await measureMemory({ full: options.full, say });
  say('');
  print(options.json ? JSON.stringify(rows, null, 2) : memoryTable(rows));
  process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
}

try {
  await (options.memory ? memory() : bench());
} catch (error) {
  // A child process says itself what went wrong.
  stop(`\n${error.stderr || error.stack}`);
}
