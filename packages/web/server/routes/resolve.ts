/**
 * `POST /api/resolve`: what a comparison would be run from, without running it. The page's worker
 * simulates a preview from it, so that the browser needs neither YAML nor the files of a scenario.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ResolvedScenario } from '../api-types.ts';
import type { Gallery } from '../gallery.ts';
import { resolveAsk } from '../resolve-ask.ts';
import { ComparisonRequestSchema } from '../schemas.ts';

export const resolveRoutes: FastifyPluginAsyncTypebox<{ gallery: Gallery }> = async (
  app,
  { gallery },
) => {
  app.post(
    '/api/resolve',
    { schema: { body: ComparisonRequestSchema } },
    async ({ body }): Promise<ResolvedScenario> => {
      const { scenario, warnings } = await resolveAsk(body, gallery);
      return { scenario, warnings };
    },
  );
};
