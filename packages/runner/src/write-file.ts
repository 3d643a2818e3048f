/**
 * A file is there whole or not at all: text goes to a new file in the same folder, to the disk,
 * and then takes the target's name in one step. A symbolic link at the target is replaced, never
 * followed.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export class WriteError extends Error {
  readonly code: 'E_WRITE' | 'E_DISK_FULL';
  readonly path: string;

  constructor(path: string, what: string, full: boolean, cause?: unknown) {
    super(`${path}: ${what}`, { cause });
    this.name = 'WriteError';
    this.code = full ? 'E_DISK_FULL' : 'E_WRITE';
    this.path = path;
  }
}

/**
 * Writes synchronously, so that no signal handler can come in between and leave half a file.
 * Missing parent folders are created. @throws WriteError
 */
export function writeFileAtomically(path: string, text: string): void {
  const target = resolve(path);
  const folder = dirname(target);
  const temporary = join(folder, `.peakless-${randomBytes(8).toString('hex')}.tmp`);
  let created = false;
  try {
    mkdirSync(folder, { recursive: true });
    refuseSpecialTarget(path, target);
    // wx: fails rather than opening what somebody else put there.
    const file = openSync(temporary, 'wx');
    created = true;
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    if (created) rmSync(temporary, { force: true });
    throw error instanceof WriteError ? error : explain(path, error);
  }
}

/** A rename would silently take the place of a device or pipe. */
function refuseSpecialTarget(path: string, target: string): void {
  const found: Stats | undefined = lstatSync(target, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isSymbolicLink()) return;
  const kind = found.isDirectory() ? 'a folder' : 'not a regular file';
  throw new WriteError(path, `is ${kind}; give the name of a file`, false);
}

function explain(path: string, error: unknown): WriteError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const reason = error instanceof Error ? error.message : String(error);
  return new WriteError(
    path,
    REASONS[code] ?? `cannot be written (${reason})`,
    code === 'ENOSPC' || code === 'EDQUOT',
    error,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; nothing was written. Free some space or choose another folder',
  EDQUOT: 'your disk quota is used up; nothing was written. Choose another folder',
  EACCES: 'no permission to write there. Choose another folder',
  EPERM: 'no permission to write there. Choose another folder',
  EROFS: 'the file system is read-only. Choose another folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the folder does not exist and cannot be created',
};
