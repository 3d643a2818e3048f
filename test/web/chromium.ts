/** A browser for tests, where the machine has one. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';

const CANDIDATES = [
  process.env.PEAKLESS_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const CHROMIUM = CANDIDATES.find((path) => path !== undefined && existsSync(path));

export const NO_CHROMIUM =
  'skipped: no Chromium on this machine (install it, or name it in PEAKLESS_CHROMIUM)';

/** Where skips are forbidden, a missing browser is a failure. */
export const MAY_SKIP = CHROMIUM === undefined && process.env.PEAKLESS_FORBID_SKIPS !== '1';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openPage(viewport = { width: 1280, height: 900 }) {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}
