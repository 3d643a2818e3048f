/**
 * Peak memory against the number of requests: the sale of flash-p2c-200, stretched in time, through
 * the pipeline in a bare process and through the command line. It must not grow.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SALE } from './curves.mjs';
import { PIPELINES } from './implementations.mjs';
import { measureInChild, memoryOf } from './processes.mjs';
import { fixed, table } from './table.mjs';

const CLI = fileURLToPath(new URL('../../packages/cli/bin/peakless.mjs', import.meta.url));
/** MB, from 1 million to 100 million requests; and for the command line in all. */
const GOALS = { growth: 10, total: 200 };

/** The sale as a scenario file; 200 VMs of 8 slots. */
export function saleFile(requests) {
  const stretch = requests / SALE.expected;
  const seconds = (time) => `${Math.round(time * stretch * 1000)}ms`;
  return `apiVersion: peakless/v1
name: memory
clock: { duration: ${seconds(1200)} }
replications: 1
load:
  - name: buyers
    flashSale: { base: 500/s, peak: 40000/s, at: +0s, surge: ${seconds(10)}, plateau: 0s, decay: ${seconds(240)} }
    client: { timeout: 2s }
services:
  app:
    time: { dist: lognormal, mean: 30ms, cv: 1 }
    cpuPerRequest: 3ms
    concurrency: 4
    balancer: power-of-two
strategies:
  - { name: fleet, kind: vm-peak, vm: { type: c7i.large, reservedCpu: 0 }, count: 200 }
`;
}

async function throughCli(requests) {
  const folder = mkdtempSync(join(tmpdir(), 'peakless-memory-'));
  try {
    writeFileSync(join(folder, 'memory.yaml'), saleFile(requests));
    const args = [CLI, 'run', 'memory.yaml', '--json', '--quiet', '--workers', '1'];
    const { stdout, rssMb } = await memoryOf(args, folder);
    return { requests: offeredOf(JSON.parse(stdout)), rssMb };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `counts.offered`, wherever the JSON of the command line has it. */
function offeredOf(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof value.counts?.offered === 'number') return value.counts.offered;
  for (const inner of Object.values(value)) {
    const found = offeredOf(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** → a row per way and number of requests, with the growth since the first of its way. */
export async function measureMemory({ full, say }) {
  const sizes = [1e6, 1e7, ...(full ? [1e8] : [])];
  const ways = [
    ...Object.keys(PIPELINES).map((implementation) => [
      implementation,
      (requests) => measureInChild({ kind: 'memory', requests, implementation }),
    ]),
    ['cli', throughCli],
  ];
  const rows = [];
  for (const [way, measure] of ways) {
    let first = null;
    for (const size of sizes) {
      say(`memory ${way} ${size}`);
      const { requests, rssMb } = await measure(size);
      first ??= rssMb;
      const ok = rssMb - first <= GOALS.growth && (way !== 'cli' || rssMb <= GOALS.total);
      rows.push({ way, requests, rssMb, growth: rssMb - first, ok });
    }
  }
  return rows;
}

export function memoryTable(rows) {
  return table(
    ['through', 'requests', 'peak MB', 'growth MB', `goal: growth ≤ ${GOALS.growth}`],
    rows.map(({ way, requests, rssMb, growth, ok }) => [
      way,
      requests,
      fixed(rssMb, 1),
      fixed(growth, 1),
      ok ? 'met' : 'MISSED',
    ]),
    1,
  );
}
