/**
 * Builds the kernel for WebAssembly from the engine's own sources: the same text that `tsc` makes
 * the reference of, in another dialect. Writes src/kernel-binary.ts, or with --check compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const ENGINE = new URL('../engine/src/', import.meta.url);
const TARGET = new URL('./src/kernel-binary.ts', import.meta.url);
const SOURCES = [
  'kernel/draws.ts',
  'traffic/inversion.ts',
  'flow/fast/frame.ts',
  'flow/fast/blocks.ts',
  'flow/fast/booking.ts',
  'flow/fast/narrow.ts',
  'flow/fast/heap.ts',
  'flow/fast/one-pod.ts',
  'flow/fast/wide.ts',
  'flow/fast/ranked.ts',
  'flow/fast/window.ts',
  'flow/fast/busy.ts',
  'flow/row-batch.ts',
  'flow/fast/rows.ts',
];
/** The dialect, and twins of what gains much by another text. */
const OWN_SOURCES = ['./dialect.as', './buckets.as', './delays.as'];
const EXPORTS = [
  'refill',
  'runNarrow',
  'runWide',
  'runRanked',
  'catchUp',
  'recordEnded',
  'endWindow',
  'runRows',
  'endRow',
  'busyNarrow',
  'busyWide',
];
/** Called from several places and large, or seldom: not worth a copy at each call. */
const CALLED = ['slowExponential', 'slowNormal', 'normalTail', 'logOf', 'logNearOne'];

/** One module: imports are dropped, the frame becomes a table of pointers, little is exported. */
function translate(text) {
  return text
    .replace(/^import [^;]*;$/gm, '')
    .replaceAll('for (;;)', 'while (true)')
    .replace(/export interface (\w+) \{/g, '@unmanaged class $1 {')
    .replace(/^ {2}readonly (\w+): /gm, '  $1: ')
    .replace(/^export (const|class)/gm, '$1')
    .replace(/^export function (\w+)/gm, (all, name) =>
      EXPORTS.includes(name) ? all : `function ${name}`,
    )
    .replace(/^function (\w+)/gm, (all, name) =>
      CALLED.includes(name) ? all : `// @ts-ignore: decorator\n@inline\n${all}`,
    );
}

async function compileKernel() {
  const own = OWN_SOURCES.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
  const parts = SOURCES.map((name) => translate(readFileSync(new URL(name, ENGINE), 'utf8')));
  const files = new Map([['kernel.ts', [...own, ...parts].join('\n')]]);
  let binary;
  const options = ['kernel.ts', '--outFile', 'kernel.wasm', '-O3', '--noAssert'];
  const features = ['--runtime', 'stub', '--importMemory', '--enable', 'simd'];
  const { error, stderr } = await asc.main([...options, ...features], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary);
}

const binary = await compileKernel();
const lines = binary.toString('base64').match(/.{1,96}/g);
const text = `/** The kernel's WebAssembly build, base64. Made by build.mjs: do not edit. */
export const KERNEL_BINARY =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') === text) console.log('The binary is what its sources say.');
  else {
    console.error('src/kernel-binary.ts is stale: run `node packages/wasm/build.mjs`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, text);
  console.log(`${binary.length} bytes`);
}
