/** A request body → the comparison it asks for, or the reason why it asks for none. */
import { scenarioHash } from '@peakless/runner';
import type { ComparisonRequest } from './api-types.ts';
import type { Ask } from './comparison-queue.ts';
import type { Gallery } from './gallery.ts';
import { notFound, Problem } from './problem.ts';
import { type LoadedScenario, readScenarioFile, readScenarioText } from './scenario-loader.ts';

export async function resolveAsk(request: ComparisonRequest, gallery: Gallery): Promise<Ask> {
  const { scenario, warnings } = await load(request, gallery);
  // Seed and replications are part of the scenario, hence of its hash.
  return { key: scenarioHash(scenario), scenario, warnings };
}

async function load(request: ComparisonRequest, gallery: Gallery): Promise<LoadedScenario> {
  const { scenario: id, text, name } = request;
  const set = settingsOf(request);
  if ((id === undefined) === (text === undefined)) {
    throw new Problem({
      status: 400,
      code: 'E_REQUEST',
      title: 'Request not understood',
      detail: 'Name a bundled scenario (“scenario”) or send one (“text” and “name”), not both.',
    });
  }
  if (text !== undefined) {
    return readScenarioText(text, { name: name ?? 'scenario.yaml', baseDir: gallery.folder, set });
  }
  const path = await gallery.path(id ?? '');
  if (path === undefined) {
    throw notFound('There is no such scenario. GET /api/scenarios lists them.');
  }
  return readScenarioFile(path, set);
}

/** All that a request changes, as `--set` would. */
function settingsOf({ set = {}, seed, replications }: ComparisonRequest): Record<string, string> {
  const settings = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [name, String(value)]),
  );
  if (seed !== undefined) settings.seed = seed;
  if (replications !== undefined) settings.replications = String(replications);
  return settings;
}
