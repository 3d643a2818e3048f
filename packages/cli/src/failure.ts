/** Errors that end a command, and what each of them says and returns. */
import { PathError } from '@peakless/runner';
import { EXIT, type ExitCode } from './exit-code.ts';

/** The command line asks for something that cannot be. */
export class UsageError extends Error {
  readonly code = 'E_USAGE';
}

export interface Explanation {
  readonly exitCode: ExitCode;
  /** One line, with a code. */
  readonly line: string;
}

export function explainFailure(error: unknown): Explanation {
  if (error instanceof UsageError || error instanceof PathError) {
    return { exitCode: EXIT.usage, line: `${error.code}: ${error.message}` };
  }
  const known = knownCode(error);
  if (known !== undefined) return { exitCode: EXIT.failure, line: known };
  const reason = error instanceof Error ? error.message : String(error);
  const firstLine = reason.split('\n', 1)[0];
  const more = process.env.PEAKLESS_DEBUG ? '' : ' (PEAKLESS_DEBUG=1 shows the details)';
  return { exitCode: EXIT.failure, line: `E_INTERNAL: ${firstLine}${more}` };
}

/** A file that is none of ours. */
export class FileError extends Error {
  readonly code = 'E_COMPARISON';
}

/** Codes of failures that the user's machine causes, not the program. */
const OUTSIDE = new Set(['E_COMPARISON', 'E_WRITE', 'E_DISK_FULL', 'E_OOM']);
const SYSTEM: Readonly<Record<string, (error: Error) => string>> = {
  EADDRINUSE: () => 'E_PORT: the port is taken by another program; choose one with --port',
  EACCES: (error) => `E_PORT: no permission to listen there (${error.message})`,
  EADDRNOTAVAIL: () => 'E_PORT: this machine does not have that address; see --host',
  ENOTFOUND: () => 'E_PORT: the name given to --host is unknown',
};

function knownCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (code === 'ENOSPC') return 'E_DISK_FULL: standard output: the disk is full';
  if (OUTSIDE.has(code)) return `${code}: ${error.message}`;
  const listening = 'syscall' in error && ['listen', 'getaddrinfo'].includes(String(error.syscall));
  return listening ? SYSTEM[code]?.(error) : undefined;
}
