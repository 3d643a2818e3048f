/** Node of another major version, from the npm packages that hold its binaries. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/peakless-node/', import.meta.url));
const onWindows = process.platform === 'win32';
const call = promisify(execFile);

/**
 * Path of a Node of that major version: the running one, one fetched before, or one fetched now
 * (some 50 MB). The package `node` would choose the platform by an install script; the packages
 * that it chooses from need none.
 */
export async function nodeBinary(major) {
  if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;
  const name = `node-${onWindows ? 'win' : process.platform}-${process.arch}`;
  const folder = join(CACHE, String(major));
  const binary = join(folder, 'node_modules', name, 'bin', onWindows ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', '--prefix', folder, ...options, `${name}@${major}`];
  await call('npm', args, { shell: onWindows });
  if (!existsSync(binary)) throw new Error(`${name}@${major} has no ${binary}`);
  return binary;
}

export async function versionOf(binary) {
  return (await call(binary, ['--version'])).stdout.trim().slice(1);
}
