/** The built page: files from `dist/app`, and its index for every route of the page itself. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound, sendProblem } from './problem.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Peakless: the page is not built yet</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1rem }
  code { background: #8882; padding: .15em .4em; border-radius: .3em }
</style>
<h1>The page is not built yet</h1>
<p>The API is up, but the files of the web page are missing. Build them once:</p>
<p><code>pnpm build</code></p>
<p>then load this page again.</p>
`;

export function installStaticApp(app: FastifyInstance, folder: string): void {
  const index = join(folder, 'index.html');
  const sendPage = (reply: FastifyReply) => {
    if (!existsSync(index)) {
      return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  };
  app.register(staticFiles, {
    root: folder,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // File names in assets/ carry a hash of their content.
      const fixed = path.includes('/assets/');
      reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/', (_, reply) => sendPage(reply));
  app.setNotFoundHandler((request, reply) => {
    if (isPageRequest(request)) return sendPage(reply);
    const { body } = notFound(`Nothing is at ${request.method} ${request.url.slice(0, 200)}.`);
    return sendProblem(request, reply, body);
  });
}

/** A browser that opens an address of the page's own routes. */
function isPageRequest({ method, url, headers }: FastifyRequest): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  const isOwn = !url.startsWith('/api/') && !url.startsWith('/assets/');
  return isRead && isOwn && (headers.accept ?? '').includes('text/html');
}
