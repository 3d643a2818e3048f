#!/usr/bin/env node
/**
 * Starts Peakless from a checkout: builds what is missing or older than its sources, then hands
 * over to the compiled program in this same process, so that signals reach the work.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const PROGRAM = join(ROOT, 'packages/cli/dist/main.js');
const COMPILED = [
  'packages/engine/dist/index.js',
  'packages/wasm/dist/index.js',
  'packages/runner/dist/worker.js',
  'packages/web/dist/server/index.js',
  'packages/cli/dist/main.js',
].map((path) => join(ROOT, path));

function stop(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** Runs a tool of the workspace; what it says matters only when it fails. */
function build(what, script, args, cwd) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (signal === 'SIGINT') process.exit(130);
  if (signal === 'SIGTERM') process.exit(143);
  if (status === 0) return;
  process.stderr.write(stdout);
  process.stderr.write(stderr);
  stop(1, `E_BUILD: ${what} could not be built; the reason is above.`);
}

function compile() {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const missing = COMPILED.some((path) => !existsSync(path));
  if (!existsSync(compiler)) {
    if (!missing) return;
    stop(1, 'E_SETUP: the dependencies are not installed. Run: npx -y pnpm@12 install');
  }
  if (missing) process.stderr.write('Building Peakless (once) …\n');
  // Without --force the compiler trusts its own records, also when somebody removed its output.
  build('Peakless', compiler, missing ? ['-b', '--force'] : ['-b'], ROOT);
}

/** The newest change below a folder or of a file; 0 = there is none. */
function changedAt(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((newest, name) => {
    const inside = name === 'node_modules' ? 0 : changedAt(join(path, name));
    return Math.max(newest, inside);
  }, 0);
}

function bundlePage() {
  const web = join(ROOT, 'packages/web');
  const bundler = join(web, 'node_modules/vite/bin/vite.js');
  const sources = [join(web, 'src'), join(web, 'package.json'), join(ROOT, 'packages/engine/src')];
  const newest = Math.max(...sources.map(changedAt));
  if (changedAt(join(web, 'dist/app/index.html')) > newest || !existsSync(bundler)) return;
  process.stderr.write('Building the web page (once) …\n');
  const args = ['build', 'src', '--outDir', '../dist/app', '--emptyOutDir'];
  build('the web page', bundler, args, web);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(1, `E_SETUP: Peakless needs Node 20.19 or newer; this is ${process.versions.node}.`);
}
compile();
if (process.argv[2] === 'serve' && !process.argv.includes('--help')) bundlePage();

// A package script runs in the workspace's folder; paths are meant from the user's folder.
if (process.env.npm_lifecycle_event === 'peakless' && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD);
}
const { main } = await import(pathToFileURL(PROGRAM).href);
await main(process.argv.slice(2));
