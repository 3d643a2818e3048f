/** The committed baseline: ratios alone, since times belong to a machine. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('baseline.json', import.meta.url));

export function readBaseline() {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
}

/** `partial`: the run left rows out, whose ratios stay as they are. */
export function writeBaseline(ratios, partial) {
  const all = { ...(partial ? readBaseline() : {}), ...ratios };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}
