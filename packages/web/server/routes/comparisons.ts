/**
 * Running comparisons: ask, watch, read, withdraw. Asking answers 202 at once; the work waits in
 * the queue (comparison-queue.ts).
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import type { ComparisonAnswer, ComparisonStatus, ComparisonSubmitted } from '../api-types.ts';
import { type ComparisonQueue, isOpen, type Job } from '../comparison-queue.ts';
import { type Gallery, summarizeScenario } from '../gallery.ts';
import { notFound } from '../problem.ts';
import { resolveAsk } from '../resolve-ask.ts';
import { ComparisonRequestSchema } from '../schemas.ts';

const IdSchema = Type.Object({ id: Type.String() });
/** Proxies cut silent connections; a comment line keeps them open. */
const HEARTBEAT = 15_000;

interface Options {
  readonly queue: ComparisonQueue;
  readonly gallery: Gallery;
}

export const comparisonRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { queue, gallery },
) => {
  const find = (id: string): Job => {
    const job = queue.get(id);
    if (job) return job;
    throw notFound('There is no such comparison: it never was, or it is old and forgotten.');
  };
  const streams = new Set<FastifyReply['raw']>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  app.post(
    '/api/comparisons',
    { schema: { body: ComparisonRequestSchema } },
    async ({ body }, reply): Promise<ComparisonSubmitted> => {
      const job = queue.submit(await resolveAsk(body, gallery));
      reply.code(202).header('location', `/api/comparisons/${job.id}`);
      return { ...statusOf(queue, job), summary: summarizeScenario(job.scenario) };
    },
  );

  app.get(
    '/api/comparisons/:id',
    { schema: { params: IdSchema } },
    async ({ params }): Promise<ComparisonAnswer> => {
      const job = find(params.id);
      const summary = summarizeScenario(job.scenario);
      return { ...statusOf(queue, job), summary, result: job.result };
    },
  );

  app.delete(
    '/api/comparisons/:id',
    { schema: { params: IdSchema } },
    async ({ params }, reply) => {
      queue.withdraw(find(params.id));
      return reply.code(204).send();
    },
  );

  app.get('/api/comparisons/:id/events', { schema: { params: IdSchema } }, (request, reply) => {
    const job = find(request.params.id);
    reply.hijack();
    const stream = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) stream.setHeader(name, value);
    }
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const send = () => {
      stream.write(`event: status\ndata: ${JSON.stringify(statusOf(queue, job))}\n\n`);
      if (!isOpen(job)) stream.end();
    };
    const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT);
    streams.add(stream);
    job.events.on('change', send);
    stream.once('close', () => {
      clearInterval(heartbeat);
      streams.delete(stream);
      job.events.off('change', send);
    });
    send();
  });
};

function statusOf(queue: ComparisonQueue, job: Job): ComparisonStatus {
  const { progress, problem } = job;
  return {
    id: job.id,
    status: job.status,
    ahead: queue.ahead(job),
    progress: progress && {
      cellsDone: progress.cellsDone,
      cellsTotal: progress.cellsTotal,
      share: progress.share,
      remaining: progress.remaining,
    },
    problem: problem && { code: problem.code, detail: problem.detail },
  };
}
