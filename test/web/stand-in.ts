/** A web server over two scenarios, one of them broken, and runs that the test steers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AppOptions, buildApp } from '../../packages/web/server/app.ts';
import type { RunComparison } from '../../packages/web/server/comparison-queue.ts';
import { sampleComparison } from '../fixtures/comparison.ts';

export const TINY = `apiVersion: peakless/v1
name: tiny
title: { en: Tiny sale, zh-CN: 小型秒杀 }
clock: { duration: 2m }
replications: 2
vars:
  peak: { value: 60, range: [20, 200], label: { en: Peak, zh-CN: 峰值 } }
load:
  - flashSale: { base: 5/s, peak: "\${peak}/s", at: "+30s", plateau: 20s, decay: 20s }
services:
  shop:
    time: { mean: 40ms }
    cpuPerRequest: 20ms
`;

export const BROKEN = `apiVersion: peakless/v1
name: broken
load:
  - rate: 100
services:
  shop: { time: { mean: 40ms }, cpuPerReqest: 20ms }
`;

export async function scenarioFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'peakless-web-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'tiny.yaml'), TINY);
  await writeFile(join(folder, 'broken.yaml'), BROKEN);
  await writeFile(join(folder, 'secret.txt'), 'not a scenario');
  return folder;
}

export const instantRun: RunComparison = async (scenario) => {
  const { seed, replications } = scenario;
  return sampleComparison({ scenario: { seed, replications: Math.max(2, replications) } });
};

/** A run that goes on until it is released or aborted. */
export function heldRun() {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const aborted: boolean[] = [];
  const run: RunComparison = async (scenario, warnings, options) => {
    const { signal, onProgress } = options;
    onProgress({ cellsDone: 1, cellsTotal: 4, share: 0.25, elapsed: 1000, remaining: 3000 });
    const stop = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push(true);
        reject(new Error('aborted'));
      });
    });
    await Promise.race([released, stop]);
    return instantRun(scenario, warnings, options);
  };
  return { run, release: () => release(), aborted };
}

export async function standIn(options: AppOptions = {}) {
  const scenariosDir = options.scenariosDir ?? (await scenarioFolder());
  const app = buildApp({ run: instantRun, ...options, scenariosDir });
  onTestFinished(() => app.close());
  return app;
}

type App = Awaited<ReturnType<typeof standIn>>;

export function submit(app: App, payload: object) {
  return app.inject({ method: 'POST', url: '/api/comparisons', payload });
}

/** Polls until the comparison is no longer open. */
export async function finished(app: App, id: string) {
  for (;;) {
    const answer = (await app.inject(`/api/comparisons/${id}`)).json();
    if (answer.status !== 'queued' && answer.status !== 'running') return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
