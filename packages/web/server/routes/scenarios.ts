/** The gallery: `GET /api/scenarios`, `GET /api/scenarios/:id`. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { ScenarioDetail } from '../api-types.ts';
import type { Gallery } from '../gallery.ts';
import { notFound } from '../problem.ts';

const IdSchema = Type.Object({ id: Type.String() });

export const scenarioRoutes: FastifyPluginAsyncTypebox<{ gallery: Gallery }> = async (
  app,
  { gallery },
) => {
  app.get('/api/scenarios', async () => ({ scenarios: await gallery.list() }));

  app.get(
    '/api/scenarios/:id',
    { schema: { params: IdSchema } },
    async ({ params }): Promise<ScenarioDetail> => {
      const detail = await gallery.detail(params.id);
      if (!detail) throw notFound('There is no such scenario. GET /api/scenarios lists them.');
      return detail;
    },
  );
};
