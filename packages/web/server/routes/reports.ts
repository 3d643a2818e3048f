/** `GET /api/comparisons/:id/report.<format>`: the engine's reports as downloads. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { REPORTS } from '@peakless/engine';
import Type from 'typebox';
import type { ComparisonQueue } from '../comparison-queue.ts';
import { notFound, Problem } from '../problem.ts';
import { ReportQuerySchema } from '../schemas.ts';

const ParamsSchema = Type.Object({ id: Type.String(), format: Type.String() });

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export const reportRoutes: FastifyPluginAsyncTypebox<{ queue: ComparisonQueue }> = async (
  app,
  { queue },
) => {
  app.get(
    '/api/comparisons/:id/report.:format',
    { schema: { params: ParamsSchema, querystring: ReportQuerySchema } },
    async ({ params, query }, reply) => {
      const job = queue.get(params.id);
      const report = Object.values(REPORTS).find(({ extension }) => extension === params.format);
      if (!job || !report) {
        throw notFound(
          'There is no such report: unknown comparison or format (html, md, csv, json).',
        );
      }
      if (!job.result) throw notReady();
      const text = report.render(job.result, {
        locale: query.lang ?? 'en',
        ...(params.format === 'html' ? { chartScript: await readChartScript() } : {}),
      });
      const name = `peakless-${job.scenario.name}.${report.extension}`;
      return reply
        .type(MEDIA_TYPES[report.extension] ?? 'application/octet-stream')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(text);
    },
  );
};

function notReady(): Problem {
  return new Problem({
    status: 409,
    code: 'E_NOT_READY',
    title: 'No result yet',
    detail: 'The comparison has no result: wait until its status is “done”.',
  });
}

/** Chart.js as one script, which the self-contained report carries. */
function readChartScript(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('chart.js');
  return readFile(join(dirname(entry), 'chart.umd.min.js'), 'utf8');
}
