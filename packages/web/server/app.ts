/** Composition root: the only place that knows which parts the server is made of. */
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { runComparison, runStudy } from '@peakless/runner';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { ComparisonQueue, type RunComparison } from './comparison-queue.ts';
import { ExperimentRuns, type RunExperiment } from './experiment-runs.ts';
import { Gallery } from './gallery.ts';
import { installProblems, problemOf, sendProblem } from './problem.ts';
import { comparisonRoutes } from './routes/comparisons.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { reportRoutes } from './routes/reports.ts';
import { resolveRoutes } from './routes/resolve.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { versionRoutes } from './routes/version.ts';
import { installStaticApp } from './static-app.ts';

const BODY_MAX = 1_000_000;
const PACKAGE = new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);

export interface AppOptions {
  readonly scenariosDir?: string;
  readonly logger?: FastifyBaseLogger | boolean;
  /** Folder of the built page. */
  readonly appDir?: string;
  readonly run?: RunComparison;
  readonly runExperiment?: RunExperiment;
}

export function buildApp(options: AppOptions = {}): FastifyInstance {
  const {
    scenariosDir = fileURLToPath(new URL('../../scenarios', PACKAGE)),
    appDir = fileURLToPath(new URL('dist/app', PACKAGE)),
    run = runComparison,
    runExperiment = runStudy,
    logger = false,
  } = options;
  const app = Fastify({
    ...(typeof logger === 'boolean' ? { logger } : { loggerInstance: logger }),
    bodyLimit: BODY_MAX,
    // Clients that send their request a byte at a time are cut off within seconds.
    requestTimeout: 10_000,
    http: { connectionsCheckingInterval: 1000, headersTimeout: 8000 },
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, problemOf(error)),
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true },
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.removeContentTypeParser('text/plain');
  installProblems(app);
  app.register(helmet, { contentSecurityPolicy: { directives: CONTENT_POLICY }, hsts: false });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store');
    }
  });

  const gallery = new Gallery(scenariosDir);
  const queue = new ComparisonQueue(run);
  const experiments = new ExperimentRuns(runExperiment);
  app.addHook('preClose', () => queue.close());
  app.addHook('preClose', () => experiments.close());
  app.register(versionRoutes);
  app.register(scenarioRoutes, { gallery });
  app.register(comparisonRoutes, { queue, gallery });
  app.register(reportRoutes, { queue });
  app.register(resolveRoutes, { gallery });
  app.register(experimentRoutes, { runs: experiments });
  installStaticApp(app, appDir);
  return app;
}

/**
 * Mantine writes style elements; scripts come from our own files alone. The worker compiles the
 * kernel, which is no `eval` of JavaScript.
 */
const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  // The server speaks plain HTTP on this machine: nothing to upgrade to.
  upgradeInsecureRequests: null,
};
