/** Child processes of the bench: one measurement each, so that none inherits another's heap. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MEASURE = fileURLToPath(new URL('measure.mjs', import.meta.url));

/** Runs one job of measure.mjs → what it printed. */
export async function measureInChild(job) {
  const { stdout } = await run(process.execPath, [MEASURE, JSON.stringify(job)]);
  return JSON.parse(stdout);
}

/** Says at the exit of a process, threads included, how much memory it had at most, in kB. */
const SAY_MEMORY = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(" +
    "'\\nmaxRSS ' + process.resourceUsage().maxRSS + '\\n'));",
)}`;

/** Runs a Node program → its standard output and its peak memory, MB. */
export async function memoryOf(args, cwd) {
  const { stdout, stderr } = await run(process.execPath, ['--import', SAY_MEMORY, ...args], {
    cwd,
    maxBuffer: 2 ** 28,
  });
  const found = [...stderr.matchAll(/^maxRSS (\d+)$/gm)].map(([, size]) => Number(size));
  return { stdout, rssMb: Math.max(...found) / 1024 };
}
