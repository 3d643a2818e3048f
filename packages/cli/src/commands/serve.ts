/** `peakless serve`: the web page and its API until Ctrl-C, which is how it ends well. */
import { startServer } from '@peakless/web/server';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { CommonOptions } from '../options.ts';
import { openSession } from '../session.ts';

const THIS_MACHINE = new Set(['127.0.0.1', '::1', 'localhost']);

export async function serve(
  options: CommonOptions & { readonly host: string; readonly port: number },
): Promise<ExitCode> {
  const { terminal, words } = openSession(options);
  const { host, port } = options;
  const server = await startServer({ host, port });
  const stopped = new Promise<void>((resolve) => {
    listenForInterrupt(resolve);
  });
  terminal.result(words.serving(server.url));
  if (!THIS_MACHINE.has(host)) terminal.note(words.everywhere);
  await stopped;
  await server.close();
  terminal.note(words.stopped);
  return EXIT.ok;
}
