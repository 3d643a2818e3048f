/** `GET /api/version`. */
import { ENGINE_MODEL } from '@peakless/engine';
import { engineVersion } from '@peakless/runner';
import type { FastifyPluginAsync } from 'fastify';
import type { VersionAnswer } from '../api-types.ts';

export const versionRoutes: FastifyPluginAsync = async (app) => {
  const answer: VersionAnswer = { version: engineVersion(), engineModel: ENGINE_MODEL };
  app.get('/api/version', async () => answer);
};
