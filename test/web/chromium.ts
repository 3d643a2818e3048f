/** A browser for tests, where the machine has one. */
import { chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { ARGUMENTS, CHROMIUM, NO_CHROMIUM as NO_BROWSER } from './chromium-binary.mjs';

export const NO_CHROMIUM = `skipped: ${NO_BROWSER}`;

/** Where skips are forbidden, a missing browser is a failure. */
export const MAY_SKIP = CHROMIUM === undefined && process.env.PEAKLESS_FORBID_SKIPS !== '1';

export async function openPage(viewport = { width: 1280, height: 900 }) {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}
