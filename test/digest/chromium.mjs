/** Digests of scenarios in Chromium: the engine's sources bundled into a page of their own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ARGUMENTS, CHROMIUM, NO_CHROMIUM } from '../web/chromium-binary.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Never on the network: what the page asks for is answered here. A secure context: has hashes. */
const ORIGIN = 'http://localhost';
const PAGE = '<!doctype html><script type="module" src="/page.js"></script>';

/** A page that holds `digestScenario`; close it at the end. */
export async function openDigestPage() {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  const scripts = await bundle();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
  try {
    const page = await browser.newPage();
    const broken = new Promise((_, reject) => page.once('pageerror', reject));
    broken.catch(() => {});
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      const script = scripts.get(pathname.slice(1));
      return script === undefined
        ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: PAGE })
        : route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script });
    });
    await page.goto(ORIGIN);
    await Promise.race([page.waitForFunction('"digestScenario" in globalThis'), broken]);
    await page.exposeFunction('readScenarioFile', readScenarioFile);
    return {
      version: browser.version(),
      digest: (file, options) => digest(page, file, options),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function digest(page, file, { set = {}, settings = {} }) {
  const text = readFileSync(file, 'utf8');
  return page.evaluate(
    ([input]) =>
      globalThis.digestScenario(input, (name) => globalThis.readScenarioFile(name, input.file)),
    [{ file, text, set, settings }],
  );
}

/** For the bundled scenarios: no paths that must be distrusted. */
function readScenarioFile(name, scenarioFile) {
  const builtin = /^builtin:([a-z0-9-]+)$/.exec(name)?.[1];
  const path =
    builtin === undefined
      ? join(dirname(scenarioFile), name)
      : join(ROOT, 'scenarios/prices', `${builtin}.yaml`);
  return readFileSync(path, 'utf8');
}

/** File name → script; the entry is page.js. */
async function bundle() {
  // The bundler of the web page; knip.json knows that it is not listed for the tests.
  const require = createRequire(join(ROOT, 'packages/web/package.json'));
  const { build } = await import(pathToFileURL(require.resolve('vite')).href);
  const [{ output }] = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: {
      conditions: ['development', 'module', 'browser'],
      // The one for Node wants a Buffer.
      alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    },
    build: {
      write: false,
      target: 'esnext',
      lib: { entry: join(ROOT, 'test/digest/page.mjs'), formats: ['es'], fileName: 'page' },
    },
  });
  return new Map(output.map(({ fileName, code }) => [fileName, code]));
}
