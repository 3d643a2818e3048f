/** The web server: the JSON API over the runner, and the page that uses it. */
import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './app.ts';

export { type AppOptions, buildApp } from './app.ts';

export interface ServerOptions {
  /** Address to listen on; default: this machine only. */
  readonly host?: string;
  /** 0 = any free port. */
  readonly port?: number;
  readonly scenariosDir?: string;
  readonly logger?: FastifyBaseLogger | boolean;
}

export interface RunningServer {
  readonly url: string;
  /** Stops taking requests, cancels what runs, ends the open streams. */
  readonly close: () => Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, ...appOptions } = options;
  const app = buildApp(appOptions);
  await app.listen({ host, port });
  const address = app.server.address();
  const boundPort = typeof address === 'object' && address ? address.port : port;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${boundPort}`, close: () => app.close() };
}
