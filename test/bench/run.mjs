/**
 * `pnpm bench [--rounds N] [--size X]`: the workloads through the public pipeline, in interleaved
 * rounds of one run; medians of CPU time, and a hash of the results (equal hashes = equal results).
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCell } from '@peakless/engine';
import { WORKLOADS } from './workloads.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '1' },
  },
});

function measure(scenario) {
  const started = process.cpuUsage();
  let requests = 0;
  const hash = createHash('sha256');
  for (const strategy of scenario.strategies) {
    const { outcome } = runCell(scenario, strategy.name, 0);
    requests += outcome.counts.offered;
    hash.update(JSON.stringify(outcome));
  }
  const { user, system } = process.cpuUsage(started);
  return { requests, seconds: (user + system) / 1e6, hash: hash.digest('hex').slice(0, 12) };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const scenarios = Object.entries(WORKLOADS).map(([name, make]) => [
  name,
  make(Number(values.size)),
]);
const rounds = new Map(scenarios.map(([name]) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, scenario] of scenarios) rounds.get(name).push(measure(scenario));
}

const cell = (text, width) => String(text).padStart(width);
const header = ['workload', 'requests', 'CPU s', 'ns/request', 'requests/s', 'hash'];
const widths = [16, 12, 8, 11, 13, 13];
const line = (cells) =>
  process.stdout.write(`${cells.map((c, i) => cell(c, widths[i])).join(' ')}\n`);
line(header);
for (const [name, results] of rounds) {
  const seconds = median(results.map((r) => r.seconds));
  const { requests, hash } = results[0];
  const perSecond = Math.round(requests / seconds);
  const ns = ((seconds * 1e9) / requests).toFixed(1);
  line([name, requests, seconds.toFixed(2), ns, perSecond, hash]);
}
process.stdout.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`);
