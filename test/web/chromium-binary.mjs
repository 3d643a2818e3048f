/** The browser of this machine, if it has one. */
import { existsSync } from 'node:fs';

const CANDIDATES = [
  process.env.PEAKLESS_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const CHROMIUM = CANDIDATES.find((path) => path !== undefined && existsSync(path));

export const NO_CHROMIUM =
  'no Chromium on this machine (install it, or name it in PEAKLESS_CHROMIUM)';

/** Runs in a container as root as well, and talks to nobody. */
export const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
