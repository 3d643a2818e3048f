/** A command as this user can repeat it: the way Peakless was started just now, quoted for a shell. */
import { basename, relative } from 'node:path';

const PLAIN = /^[\w@%+=:,./-]+$/;

export function commandLine(args: readonly string[], env = process.env): string {
  return [starter(env), ...args.map(quote)].join(' ');
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
