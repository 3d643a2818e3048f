/**
 * The browser's half of the comparison: a scenario's text → its digest, all of it in the page, from
 * the YAML to the hash. Bundled and loaded by chromium.mjs; looks like `peakless digest --json`.
 */
import {
  digestCell,
  digestCells,
  ENGINE_MODEL,
  parse,
  runCell,
  toCanonicalJson,
} from '@peakless/engine';
import { wasmKernel } from '@peakless/wasm';
import { decodeYaml } from '../../packages/runner/src/document.ts';
import { decodeTable } from '../../packages/runner/src/table-csv.ts';

const LIMIT = 1 << 24;

/** `readFile`: the text of a file that the scenario names. */
function filesOf(readFile) {
  const documents = async (name, version) =>
    decodeYaml(await readFile(name), { file: name, version, limit: LIMIT }).documents;
  return {
    manifests: async (name) => ({ ok: true, value: await documents(name, '1.1') }),
    priceBook: async (name) => ({ ok: true, value: (await documents(name, '1.2'))[0] }),
    table: async (name) => decodeTable(await readFile(name), name),
  };
}

async function sha256(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `settings`: how to run, by the names of the command line's options. */
globalThis.digestScenario = async ({ file, text, set, settings }, readFile) => {
  const { kernel = 'wasm', ...unknown } = settings;
  const [one] = Object.keys(unknown);
  if (one !== undefined) throw new Error(`the page cannot be run with --${one}`);
  const createKernel = kernel === 'wasm' ? wasmKernel() : undefined;
  if (createKernel === null) throw new Error('the page has no WebAssembly with SIMD');
  const { documents, diagnostics } = decodeYaml(text, { file, version: '1.2', limit: LIMIT });
  const files = filesOf(readFile);
  const parsed = await parse(documents[0], { set, files, diagnostics });
  if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.diagnostics)}`);
  const { scenario } = parsed;
  const { name, seed, replications } = scenario;
  const cells = [];
  for (let replication = 0; replication < replications; replication += 1) {
    for (const strategy of scenario.strategies) {
      const cell = runCell(scenario, strategy.name, replication, undefined, { createKernel });
      cells.push(digestCell(cell));
    }
  }
  return {
    sha256: digestCells(cells),
    scenario: { name, hash: await sha256(toCanonicalJson(scenario)) },
    engineModel: ENGINE_MODEL,
    seed,
    replications,
    cells,
  };
};
