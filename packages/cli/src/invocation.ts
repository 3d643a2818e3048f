/** Commands to copy, quoted for a shell: as this user started Peakless, or as any user can. */
import { basename, relative } from 'node:path';
import type { ScenarioOptions } from './options.ts';

const PLAIN = /^[\w@%+=:,./-]+$/;

export function commandLine(args: readonly string[], env = process.env): string {
  return [starter(env), ...args.map(quote)].join(' ');
}

/** For a report: works in any checkout, however this user started Peakless. */
export function repeatCommand(args: readonly string[]): string {
  return ['npx -y pnpm@12 peakless', ...args.map(quote)].join(' ');
}

/** The options that decide what is computed; not those that decide how it is shown. */
export function decidingArguments(options: ScenarioOptions): readonly string[] {
  const { set = {}, seed, replications } = options;
  return [
    ...Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...(replications === undefined ? [] : ['--replications', String(replications)]),
  ];
}

function starter(env: NodeJS.ProcessEnv): string {
  if (env.npm_lifecycle_event !== 'peakless') {
    const script = process.argv[1] ?? '';
    // Started as a file of a checkout; a linked `peakless` has no ending.
    if (basename(script) !== 'peakless.mjs') return 'peakless';
    return `node ${quote(relative(process.cwd(), script))}`;
  }
  return /[/\\]_npx[/\\]/.test(env.npm_execpath ?? '')
    ? 'npx -y pnpm@12 peakless'
    : 'pnpm peakless';
}

function quote(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
