/** `GET /api/version`. */
import { ENGINE_MODEL, ENGINE_VERSION } from '@peakless/engine';
import type { FastifyPluginAsync } from 'fastify';
import type { VersionAnswer } from '../api-types.ts';

export const versionRoutes: FastifyPluginAsync = async (app) => {
  const answer: VersionAnswer = { version: ENGINE_VERSION, engineModel: ENGINE_MODEL };
  app.get('/api/version', async () => answer);
};
