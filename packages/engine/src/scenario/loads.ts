/** Loads: exactly one description of the rate, a complete process, known routes, traces read. */

import { calledServices } from './calls.ts';
import { readClosed } from './closed-loads.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, type Draft, isWritten, type LoadDraft, placeOf } from './draft.ts';
import { formatDuration } from './durations.ts';
import { received, type ScenarioFiles } from './files.ts';
import { readLaw } from './laws.ts';
import { readProcess } from './load-process.ts';
import type { Load } from './scenario.ts';
import { nodeAt, type Path } from './source.ts';
import { didYouMean } from './suggest.ts';
import { readTrace } from './trace.ts';

const ARRIVALS = ['rate', 'stages', 'flashSale', 'trace', 'closed'] as const;

/** The loads that are enabled; undefined where one of them is broken. */
export async function readLoads(
  context: CheckContext,
  serviceNames: readonly string[],
  files: ScenarioFiles,
): Promise<readonly (Load | undefined)[]> {
  const { draft, root, reporter } = context;
  const loads = draft.load ?? [];
  reportDoubleNames(loads, context);
  const isOff = (load: LoadDraft | undefined) => load?.enabled === false;
  if (loads.length > 0 && loads.every(isOff)) {
    reporter.report('E_REQUIRED', placeOf(root, ['load']), { problem: 'every load is disabled' });
  }
  const read = await Promise.all(
    loads.map((load, i) => readLoad(load, ['load', i], context, serviceNames, files)),
  );
  return read.filter((_, i) => !isOff(loads[i]));
}

function reportDoubleNames(loads: NonNullable<Draft['load']>, context: CheckContext): void {
  const names = loads.map((load) => load?.name);
  names.forEach((name, i) => {
    if (name === undefined || names.indexOf(name) === i) return;
    const place = placeOf(context.root, ['load', i, 'name']);
    context.reporter.report('E_DUP_NAME', place, { problem: `two loads are called ${name}` });
  });
}

async function readLoad(
  load: LoadDraft | undefined,
  path: Path,
  context: CheckContext,
  serviceNames: readonly string[],
  files: ScenarioFiles,
): Promise<Load | undefined> {
  if (load === undefined) return undefined;
  const before = context.reporter.diagnostics.length;
  checkArrivals(path, context);
  checkFlashSale(load, path, context);
  const route = readRoute(load, path, context, serviceNames);
  const process = readProcess(load, path, context);
  const bins = await readBins(load, path, context, files);
  const closed = await readClosed(load, path, context, files);
  const at = [...path, 'client', 'patience'];
  const patience = await readLaw(load.client?.patience, at, context, files);
  const { name, rate, startRate, stages, flashSale, client } = load;
  const complete = name !== undefined && client?.timeout !== undefined && route !== undefined;
  if (!complete || context.reporter.diagnostics.length > before) return undefined;
  return {
    name,
    ...(rate === undefined ? {} : { rate }),
    ...(startRate === undefined ? {} : { startRate }),
    ...(stages === undefined ? {} : { stages: stages as NonNullable<Load['stages']> }),
    ...(flashSale === undefined ? {} : { flashSale: flashSale as NonNullable<Load['flashSale']> }),
    ...(bins === undefined ? {} : { trace: bins }),
    ...(closed === undefined ? {} : { closed }),
    ...(process === undefined ? {} : { process }),
    route,
    client: { timeout: client.timeout, ...(patience === undefined ? {} : { patience }) },
  };
}

function checkArrivals(path: Path, { root, reporter }: CheckContext): void {
  const written = ARRIVALS.filter((key) => isWritten(root, [...path, key]));
  if (written.length === 0) {
    const facts = {
      problem: 'the load says nothing of its arrivals',
      hint: `add one of ${listed(ARRIVALS)}`,
    };
    reporter.report('E_REQUIRED', placeOf(root, path), facts);
  }
  if (written.length > 1) {
    const problem = `${written.join(' and ')} exclude each other`;
    const facts = { problem, allowed: `one of ${listed(ARRIVALS)}` };
    reporter.report('E_CONFLICT', placeOf(root, [...path, written[1]]), facts);
  }
  if (isWritten(root, [...path, 'startRate']) && !isWritten(root, [...path, 'stages'])) {
    const facts = {
      problem: 'startRate belongs to stages',
      hint: 'add stages, or remove startRate',
    };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'startRate']), facts);
  }
}

function checkFlashSale(
  load: LoadDraft,
  path: Path,
  { draft, root, reporter }: CheckContext,
): void {
  const { at, base, peak } = load.flashSale ?? {};
  const duration = draft.clock?.duration;
  if (at !== undefined && duration !== undefined && (at < 0 || at >= duration)) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'flashSale', 'at']), {
      problem: 'the sale opens outside the scenario',
      got: `${formatDuration(at)} after the start`,
      allowed: `from the start to ${formatDuration(duration)} after it`,
    });
  }
  if (base !== undefined && peak !== undefined && base > peak) {
    const got = `base ${base}/s, peak ${peak}/s`;
    const facts = { problem: 'base is above peak', got };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'flashSale', 'base']), facts);
  }
}

/** Shares that sum to 1; equal shares of all services that no other calls when nothing is said. */
function readRoute(
  load: LoadDraft,
  path: Path,
  context: CheckContext,
  serviceNames: readonly string[],
): Record<string, number> | undefined {
  const { root, reporter } = context;
  const weights = load.route;
  if (weights === undefined) {
    if (isWritten(root, [...path, 'route'])) return undefined;
    const called = calledServices(context);
    const entries = serviceNames.filter((name) => !called.has(name));
    const equal = entries.map((name) => [name, 1 / entries.length] as const);
    return Object.fromEntries(equal);
  }
  const at = [...path, 'route'];
  let total = 0;
  for (const [name, weight] of Object.entries(weights)) {
    total += weight ?? 0;
    if (serviceNames.includes(name)) continue;
    const facts = { problem: `there is no service ${name}`, allowed: listed(serviceNames) };
    const { node } = nodeAt(root, at);
    const keyAt = node.kind === 'map' ? node.entries.get(name)?.keyAt : undefined;
    const place = { at: keyAt ?? node.at, path: [...at, name] };
    reporter.report('E_REF', place, { ...facts, ...didYouMean(name, serviceNames) });
  }
  if (Object.values(weights).includes(undefined)) return undefined;
  if (!(total > 0) || !Number.isFinite(total)) {
    reporter.report('E_RANGE', placeOf(root, at), {
      problem: 'the weights must sum to more than 0',
    });
    return undefined;
  }
  const shares = Object.entries(weights).map(([name, weight]) => [name, (weight ?? 0) / total]);
  return Object.fromEntries(shares);
}

async function readBins(
  load: LoadDraft,
  path: Path,
  { draft, root, reporter }: CheckContext,
  files: ScenarioFiles,
): Promise<Load['trace']> {
  const { file, level, speed, from } = load.trace ?? {};
  const duration = draft.clock?.duration;
  const complete = file !== undefined && level !== undefined && speed !== undefined;
  if (!complete || from === undefined || duration === undefined) return undefined;
  if (load.enabled === false) return undefined;
  const at = [...path, 'trace'];
  const node = nodeAt(root, [...at, 'file']).node;
  const table = received(await files.table(file), node, [...at, 'file'], reporter);
  if (table === undefined) return undefined;
  const options = { level, speed, from, duration };
  const bins = readTrace(table, options, { at: node.at, path: at }, reporter);
  return bins === undefined ? undefined : { ...bins, file };
}
