/** The command line that repeats a run. */
import type { RunSearch } from './search.ts';

export function commandOf(file: string, search: RunSearch): string {
  return commandWith(['compare', file], search);
}

/** Of a dry run; `load` is a scenario file. */
export function dryRunCommandOf(
  manifests: string,
  load: string,
  strategy: string | null,
  search: RunSearch,
): string {
  const chosen = strategy === null ? [] : ['--strategy', strategy];
  return commandWith(['dry-run', manifests, '--load', load, ...chosen], search);
}

function commandWith(command: readonly string[], search: RunSearch): string {
  const words = ['pnpm', 'peakless', ...command];
  for (const [name, value] of Object.entries(search.set ?? {}))
    words.push('--set', `${name}=${value}`);
  if (search.seed !== undefined) words.push('--seed', search.seed);
  if (search.replications !== undefined) words.push('--replications', String(search.replications));
  return words.map(quote).join(' ');
}

/** Safe in a POSIX shell whatever the word holds. */
function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
