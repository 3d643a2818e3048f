/** Runs the command line as a user does: a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../packages/cli/bin/peakless.mjs', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once standard output or error contains the text. */
  readonly says: (text: string | RegExp) => Promise<void>;
}

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder with these files, removed after the test. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'peakless-cli-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Language and colour are the test's business, not the machine's. */
function cleanEnvironment(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of [
    'LC_ALL',
    'LC_MESSAGES',
    'FORCE_COLOR',
    'NO_COLOR',
    'NODE_OPTIONS',
    'INIT_CWD',
  ]) {
    delete env[name];
  }
  return { ...env, LANG: 'C.UTF-8', ...extra };
}

export function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const says = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const all = stdout + stderr;
        if (typeof text === 'string' ? all.includes(text) : text.test(all)) resolve();
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.on('close', () =>
        reject(new Error(`ended without saying ${text}:\n${stdout}${stderr}`)),
      );
      look();
    });
  return { child, finished, says };
}

export function peakless(
  args: readonly string[],
  cwd: string = folderWith(),
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  return start(args, cwd, env).finished;
}

/** A sale that is simulated in moments: two strategies, two replications. */
export const QUICK = `apiVersion: peakless/v1
name: quick
clock: { start: "2026-01-01T08:00:00+08:00", duration: 3m }
replications: 2
vars:
  rate: { value: 20, range: [10, 40] }
load:
  - rate: "\${rate}/s"
services:
  app:
    time: { mean: 20ms }
    cpuPerRequest: 10ms
strategies:
  - { name: vm, kind: vm-peak }
  - { name: pods, kind: kubernetes, autoscaler: fixed, replicas: 2 }
`;

/** Far more replications than can be finished, each of them short. */
export const ENDLESS = QUICK.replace('replications: 2', 'replications: 1000').replace(
  'duration: 3m',
  'duration: 1h',
);
