/** `peakless init`: a commented starter scenario to edit. */
import { existsSync } from 'node:fs';
import { writeFileAtomically } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import { commandLine } from '../invocation.ts';
import type { CommonOptions } from '../options.ts';
import { openSession } from '../session.ts';
import { STARTER_SCENARIO } from './starter-scenario.ts';

export async function init(
  file: string,
  options: CommonOptions & { readonly force?: boolean },
): Promise<ExitCode> {
  if (existsSync(file) && !options.force) {
    throw new UsageError(`${file} exists already; name another file, or overwrite it with --force`);
  }
  writeFileAtomically(file, STARTER_SCENARIO);
  const { terminal, words } = openSession(options);
  terminal.result(words.wrote(file));
  terminal.note(`${words.next} ${commandLine(['compare', file])}`);
  return EXIT.ok;
}
