/**
 * The reference programs (reference/README.md): compiled on the spot, run, and their line of JSON
 * read. What is missing on this machine is said and left out.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dayWindow, SALE } from './curves.mjs';

const FOLDER = fileURLToPath(new URL('reference/', import.meta.url));
const COMPILER = process.env.CC ?? 'cc';
const PYTHON = ['python3', '/usr/bin/python3'];
const run = promisify(execFile);

const HEAP = ['-DD=4'];
const saleFlags = (size) => (size === 1 ? [] : [`-DW3_SLICES=${Math.ceil(SALE.slices * size)}`]);
const markovian = (mode) => ({
  source: 'w12',
  flags: () => HEAP,
  args: (size) => [mode, String(Math.round(1e7 * size))],
});
const sale = (mode) => ({
  source: 'w3',
  flags: (size) => [...HEAP, ...saleFlags(size)],
  args: () => [mode, '200', '40000'],
});
const integerSale = (pods) => ({
  source: 'w3i',
  flags: saleFlags,
  args: () => [String(pods), '40000'],
});
const day = {
  source: 'w5',
  flags: () => [],
  args: (size) => {
    const { from, until } = dayWindow(size);
    return ['1', String(from), String(until)];
  },
};

/** Name in the table → program. */
export const PROGRAMS = {
  'c w1ev': markovian('w1ev'),
  'c w1rec': markovian('w1rec'),
  'c w2ev': markovian('w2ev'),
  'c w2tree': markovian('w2tree'),
  'c w3 ev': sale('ev'),
  'c w3 lc': sale('lc'),
  'c w3i 200': integerSale(200),
  'c w3i 120': integerSale(120),
  'c w5': day,
};

/** Workload → arguments of simpy_w.py for `requests` requests. */
const SIMPY = {
  'mm1-90': (requests) => ['w1', requests],
  'mmc64-90': (requests) => ['w2', requests],
  'flash-p2c-200': (requests) => ['w3', requests, '200', '40000'],
};

/** A line of JSON of a reference program → a sample; its times are in the unit of the gates. */
export function readReference(line) {
  const { n, cpu, rss_mb: rssMb, mean, p50, p95, p99, timeouts } = JSON.parse(line);
  const stats = { requests: n, mean, p50, p95, p99, timedOut: timeouts, missShare: null };
  return { requests: n, seconds: cpu, rssMb, hash: null, stats };
}

/** Compiles the programs named → `{ run(name), compiler, notes, dispose }`. */
export function compileReferences(names, size) {
  const version = spawnSync(COMPILER, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) {
    const notes =
      names.length === 0 ? [] : [`no C compiler (${COMPILER}): no C references, no ratios to C`];
    return { names: [], compiler: null, notes, run: undefined, dispose: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'peakless-bench-'));
  const binaries = new Map();
  for (const name of names) {
    const { source, flags } = PROGRAMS[name];
    const key = [source, ...flags(size)].join(' ');
    if (binaries.has(key)) continue;
    const out = join(folder, `program-${binaries.size}`);
    compileProgram(join(FOLDER, `${source}.c`), flags(size), out);
    binaries.set(key, out);
  }
  return {
    names,
    compiler: version.stdout.split('\n')[0],
    notes: [],
    run: async (name) => {
      const { source, flags, args } = PROGRAMS[name];
      const binary = binaries.get([source, ...flags(size)].join(' '));
      return readReference((await run(binary, args(size))).stdout);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function compileProgram(source, flags, out) {
  const args = ['-O3', '-march=native', ...flags, source, '-lm', '-o', out];
  const { status, stderr } = spawnSync(COMPILER, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${COMPILER} ${args.join(' ')} failed:\n${stderr}`);
}

/** The Python that has SimPy, or null. */
export function findSimpy() {
  const script = 'import simpy; print(simpy.__version__)';
  for (const python of PYTHON) {
    const { status, stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return null;
}

export const hasSimpy = (workload) => workload in SIMPY;

export async function runSimpy({ python }, workload, requests) {
  const args = SIMPY[workload](String(requests));
  return readReference((await run(python, [join(FOLDER, 'simpy_w.py'), ...args])).stdout);
}
