/** From the arguments to an exit code. */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.ts';
import { explainFailure } from './failure.ts';
import { buildProgram } from './program.ts';
import { tolerateClosedPipes } from './terminal/terminal.ts';

/** Sets the process's exit code and lets it end by itself, so that all output is delivered. */
export async function main(argv: readonly string[]): Promise<void> {
  tolerateClosedPipes();
  // What no command could catch, such as a full disk behind standard output.
  process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
  process.exitCode = await runCommand(argv);
}

async function runCommand(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(readVersion(), (code) => {
    exitCode = code;
  });
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its message already; 0 = help or version was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return reportFailure(error);
  }
}

function reportFailure(error: unknown): ExitCode {
  const { exitCode, line } = explainFailure(error);
  process.stderr.write(`${line}\n`);
  if (process.env.PEAKLESS_DEBUG) process.stderr.write(`${debugText(error)}\n`);
  return exitCode;
}

function debugText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${debugText(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
