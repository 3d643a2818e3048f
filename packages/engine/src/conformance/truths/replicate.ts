/**
 * Replications of an experiment through the public pipeline: the scenario is written as a user
 * would write it, parsed, compiled, simulated and evaluated.
 */

import type { PathOptions } from '../../flow/plane-choice.ts';
import { assert } from '../../kernel/assert.ts';
import { runCell } from '../../run-cell.ts';
import type { ScenarioFiles } from '../../scenario/files.ts';
import { NO_FILES } from '../../scenario/files.ts';
import { parse } from '../../scenario/parse.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { mapNode, type Scalar, type SourceNode, scalarNode } from '../../scenario/source.ts';
import type { Round, Row } from './sampling.ts';
import type { Experiment } from './truth.ts';

const AT = { file: 'conformance' };

/** Cores of the largest machine. */
const CORES_MAX = 128;

/** Machines of 1, 2, … cores; what they cost is not looked at. */
function priceBook(): Readonly<Record<string, unknown>> {
  const types = Array.from({ length: CORES_MAX }, (_, i) => [
    `machine-${i + 1}`,
    { cpu: String(i + 1), memory: '64Gi', 'on-demand': 1 },
  ]);
  return {
    name: 'conformance',
    currency: 'USD',
    asOf: '2026-01-01',
    source: 'no prices: conformance runs compare times and numbers of requests',
    types: Object.fromEntries(types),
  };
}

const FILES: ScenarioFiles = {
  ...NO_FILES,
  priceBook: async () => ({ ok: true, value: nodeOf(priceBook()) }),
};

/**
 * The scenario of an experiment with replications of `length` time units. `seed` derives from the
 * id of the truth, never chosen.
 *
 * @throws InvariantError when the scenario is refused: its text is the engine's own.
 */
export async function scenarioOf(
  { label, unit, warmup, world }: Experiment,
  id: string,
  length: number,
): Promise<Scenario> {
  const before = Math.round(warmup * unit);
  const document = {
    apiVersion: 'peakless/v1',
    name: 'conformance',
    clock: { duration: `${before + Math.round(length * unit)}us`, warmup: `${before}us` },
    seed: `conformance|${id}|${label}`,
    replications: 1,
    ...world,
    prices: { book: 'conformance' },
  };
  const parsed = await parse(nodeOf(document), { files: FILES });
  const refusal = parsed.ok ? '' : JSON.stringify(parsed.diagnostics);
  assert(parsed.ok, `the scenario of ${id} is refused: ${refusal}`);
  return parsed.scenario;
}

/** Each replication has random numbers of its own, whoever runs it. */
export function replicate(
  experiment: Experiment,
  scenario: Scenario,
  round: Round,
  paths?: PathOptions,
): Row[] {
  const { compared, unit } = experiment;
  const rows: Row[] = [];
  for (let replication = round.from; replication < round.to; replication++) {
    const cell = runCell(scenario, scenario.baseline, replication, undefined, paths);
    const span = (scenario.clock.duration - scenario.clock.warmup) / unit;
    const seen = { cell, unit, span };
    rows.push([cell.outcome.counts.offered, ...compared.flatMap(({ of }) => of(seen))]);
  }
  return rows;
}

/** Plain data as a document that `parse` reads. */
function nodeOf(value: unknown): SourceNode {
  if (Array.isArray(value)) return { kind: 'list', at: AT, items: value.map(nodeOf) };
  if (typeof value !== 'object' || value === null) return scalarNode(value as Scalar, AT);
  return mapNode(
    Object.entries(value).map(([key, inner]) => [key, { keyAt: AT, value: nodeOf(inner) }]),
    AT,
  );
}
