/** A request body → the comparison it asks for, or the reason why it asks for none. */
import { dryRunTraps } from '@peakless/engine';
import { scenarioHash } from '@peakless/runner';
import type { ComparisonRequest } from './api-types.ts';
import type { Ask } from './comparison-queue.ts';
import type { Gallery } from './gallery.ts';
import { notFound, Problem } from './problem.ts';
import {
  type LoadedScenario,
  readDryRun,
  readScenarioFile,
  readScenarioText,
} from './scenario-loader.ts';

export async function resolveAsk(request: ComparisonRequest, gallery: Gallery): Promise<Ask> {
  if (request.manifests !== undefined) return dryRunAsk(request, request.manifests, gallery);
  const { scenario, warnings } = await load(request, gallery);
  // Seed and replications are part of the scenario, hence of its hash.
  return { key: scenarioHash(scenario), scenario, warnings };
}

async function dryRunAsk(
  request: ComparisonRequest,
  manifests: NonNullable<ComparisonRequest['manifests']>,
  gallery: Gallery,
): Promise<Ask> {
  const { scenario: id, text, strategy } = request;
  if (id === undefined || text !== undefined) {
    throw refused('A dry run takes its load from a bundled scenario: name it in “scenario”.');
  }
  const path = await bundled(id, gallery);
  const source = { ...manifests, set: settingsOf(request) };
  const options = strategy === undefined ? source : { ...source, strategy };
  const { scenario, warnings } = await readDryRun(options, path);
  return {
    // The warnings speak of the manifests, of which the scenario holds only what is simulated.
    key: `dry-run ${scenarioHash(scenario)} ${JSON.stringify(warnings)}`,
    scenario,
    warnings,
    annotate: (comparison) => ({
      ...comparison,
      warnings: [...comparison.warnings, ...dryRunTraps(scenario, comparison)],
    }),
  };
}

async function load(request: ComparisonRequest, gallery: Gallery): Promise<LoadedScenario> {
  const { scenario: id, text, name, strategy } = request;
  const set = settingsOf(request);
  if ((id === undefined) === (text === undefined)) {
    throw refused(
      'Name a bundled scenario (“scenario”) or send one (“text” and “name”), not both.',
    );
  }
  if (strategy !== undefined) throw refused('“strategy” belongs to a dry run, with “manifests”.');
  if (text !== undefined) {
    return readScenarioText(text, { name: name ?? 'scenario.yaml', baseDir: gallery.folder, set });
  }
  return readScenarioFile(await bundled(id ?? '', gallery), set);
}

async function bundled(id: string, gallery: Gallery): Promise<string> {
  const path = await gallery.path(id);
  if (path !== undefined) return path;
  throw notFound('There is no such scenario. GET /api/scenarios lists them.');
}

function refused(detail: string): Problem {
  return new Problem({ status: 400, code: 'E_REQUEST', title: 'Request not understood', detail });
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
