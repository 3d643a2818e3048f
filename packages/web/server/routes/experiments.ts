/** Published experiments: `GET /api/experiments`, `GET /api/experiments/:id` (simulates it). */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EXPERIMENTS, experimentAbout, UNREPLAYED } from '@peakless/engine';
import Type from 'typebox';
import type { ExperimentsAnswer } from '../api-types.ts';
import type { ExperimentRuns } from '../experiment-runs.ts';
import { notFound } from '../problem.ts';

const IdSchema = Type.Object({ id: Type.String() });

export const experimentRoutes: FastifyPluginAsyncTypebox<{ runs: ExperimentRuns }> = async (
  app,
  { runs },
) => {
  app.get(
    '/api/experiments',
    async (): Promise<ExperimentsAnswer> => ({
      experiments: Object.values(EXPERIMENTS).map(experimentAbout),
      unreplayed: UNREPLAYED,
    }),
  );

  app.get('/api/experiments/:id', { schema: { params: IdSchema } }, async ({ params }) => {
    const answer = runs.answer(params.id);
    if (!answer) throw notFound('There is no such experiment. GET /api/experiments lists them.');
    return answer;
  });
};
