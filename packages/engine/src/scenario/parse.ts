/**
 * parse: a decoded document → a Scenario, complete and frozen, or all that is wrong with it.
 *
 *   document ─ settings (--set) ─ vars ─ extends ─ cluster defaults     trees, with positions
 *      │ walk          schema.ts: types, units, defaults, unknown keys  → draft + written form
 *      │ files         manifests, price book, traces, samples
 *      │ checks        names, conflicts, prices, fit, CPU, size
 *      ▼
 *   Scenario
 */
import type { PodPrices, PriceBook } from '../finance/price-book.ts';
import type { Message } from '../outcome.ts';
import { calledServices, checkCycles } from './calls.ts';
import {
  checkBudget,
  checkCpuOfSlots,
  checkHpaContainers,
  checkHpaRequests,
  checkWarmup,
  readBaseline,
  readThresholds,
  withMissingRequests,
} from './checks.ts';
import { checkCustomMetrics } from './custom-metrics.ts';
import {
  createReporter,
  type Diagnostic,
  inTextOrder,
  type Reporter,
  shownNode,
} from './diagnostics.ts';
import { type CheckContext, type Draft, entriesOf } from './draft.ts';
import { readField } from './field-values.ts';
import { NO_FILES, received, type ScenarioFiles } from './files.ts';
import { checkFixedSizes } from './fixed-size.ts';
import { readInstant, type ScenarioClock } from './instants.ts';
import { readLoads } from './loads.ts';
import { type Manifests, readManifests } from './manifests.ts';
import { readFaults } from './pod-checks.ts';
import { readPriceBook, withOverrides } from './price-book-file.ts';
import { resolvedText } from './resolved.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioSchema } from './schema.ts';
import { readServices } from './services.ts';
import { applySettings, type Settings } from './settings.ts';
import {
  child,
  childText,
  nodeAt,
  type Path,
  type SourceMap,
  type SourceNode,
  withEntry,
  withoutEntries,
} from './source.ts';
import { readStrategies } from './strategies.ts';
import { defaultStrategies, extendStrategies, overCluster } from './strategy-merge.ts';
import { substituteVariables } from './variables.ts';
import { type Walked, walk } from './walk.ts';

export interface ParseOptions {
  /** `--set`: path → value. */
  readonly set?: Settings;
  readonly files?: ScenarioFiles;
  /** Most requests over all strategies and replications. */
  readonly maxRequests?: number;
  /** What the decoder already found in the document. */
  readonly diagnostics?: readonly Diagnostic[];
  /** A CPU target without a CPU request: an error unless asked to simulate what Kubernetes does. */
  readonly missingRequests?: 'refuse' | 'simulate';
}

export interface ParsedScenario {
  readonly ok: true;
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
  /** The file with all defaults filled in, YAML. */
  readonly resolved: string;
}

export interface RefusedScenario {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

export type ParseResult = ParsedScenario | RefusedScenario;

/** About eight hours of one core. */
const MAX_REQUESTS = 2e10;

export async function parse(
  document: SourceNode,
  options: ParseOptions = {},
): Promise<ParseResult> {
  const reporter = createReporter();
  reporter.add(options.diagnostics ?? []);
  if (document.kind !== 'map' || document.entries.size === 0) {
    if (document.kind !== 'invalid') {
      const got = document.kind === 'map' ? 'an empty map' : shownNode(document);
      reporter.report('E_EMPTY', { at: document.at }, { got });
    }
    return { ok: false, diagnostics: reporter.diagnostics };
  }
  const { root, settled } = prepare(document, options.set ?? {}, reporter);
  const walked = walk(ScenarioSchema, root, [], { reporter, clock: clockOf(root) });
  const context: CheckContext = { draft: (walked.value ?? {}) as Draft, root, reporter };
  const parts = await readParts(context, options);
  if (reporter.diagnostics.length > 0) {
    return { ok: false, diagnostics: inTextOrder(reporter.diagnostics) };
  }
  return finish(walked, parts, context, settled);
}

interface Prepared {
  /** With settings applied, nothing merged. */
  readonly settled: SourceMap;
  /** With variables, strategy names and inherited fields in place as well. */
  readonly root: SourceMap;
}

function prepare(document: SourceMap, settings: Settings, reporter: Reporter): Prepared {
  const topKeys = Object.keys(ScenarioSchema.properties);
  const strategies = document.entries.has('strategies')
    ? document
    : withEntry(document, 'strategies', {
        keyAt: document.at,
        value: defaultStrategies(document.at),
      });
  const set = applySettings(strategies, settings, topKeys, reporter);
  const seed = child(set, 'seed');
  const noSeed = seed?.kind === 'scalar' && (seed.value === null || seed.value === '');
  const root = substituteVariables(noSeed ? withoutEntries(set, ['seed']) : set, reporter);
  const list = child(root, 'strategies');
  if (list === undefined) return { settled: set, root };
  const extended = extendStrategies(list, reporter);
  const cluster = child(root, 'kubernetes');
  const value =
    extended.kind === 'list'
      ? { ...extended, items: extended.items.map((item) => overCluster(item, cluster)) }
      : extended;
  return { settled: set, root: withEntry(root, 'strategies', { keyAt: list.at, value }) };
}

const DEFAULT_CLOCK: ScenarioClock = { start: 0, utcOffset: 0, duration: 0 };

/** Times of the day need the clock before everything else is read; its errors come later. */
function clockOf(root: SourceMap): ScenarioClock {
  const schema = ScenarioSchema.properties.clock;
  const node = child(root, 'clock') ?? { kind: 'map', at: root.at, entries: new Map() };
  const silent = { reporter: createReporter(), clock: DEFAULT_CLOCK };
  const { value, written } = walk(schema, node, [], silent);
  const { start, duration } = (value ?? {}) as Partial<ScenarioClock>;
  const text =
    written?.kind === 'map' ? written.entries.find(([key]) => key === 'start')?.[1] : undefined;
  const instant = text?.kind === 'scalar' ? readInstant(String(text.value)) : undefined;
  const utcOffset = instant !== undefined && 'value' in instant ? instant.value.utcOffset : 0;
  return { start: start ?? 0, utcOffset, duration: duration ?? 0 };
}

type Parts = Awaited<ReturnType<typeof readParts>>;

async function readParts(context: CheckContext, options: ParseOptions) {
  const { draft, root, reporter } = context;
  const files = options.files ?? NO_FILES;
  const services = child(root, 'services');
  const serviceNames = services?.kind === 'map' ? [...services.entries.keys()] : [];
  const written = await loadManifests(context, serviceNames, files);
  const simulate = options.missingRequests === 'simulate';
  const manifests = simulate ? withMissingRequests(written) : written;
  const [read, loads, book] = await Promise.all([
    readServices(context, manifests, files),
    readLoads(context, serviceNames, files),
    loadPriceBook(context, files),
  ]);
  const complete = read.filter((service) => service !== undefined);
  const own = book === undefined ? undefined : withPods(book, draft);
  const prices =
    own === undefined ? undefined : withOverrides(own, overridesOf(draft), root, reporter);
  const scaled = complete.filter(({ fixed }) => fixed === undefined);
  const strategies = readStrategies(context, { serviceNames, services: scaled, book: prices });
  checkFixedSizes(complete, manifests, context);
  checkCpuOfSlots(complete, context);
  checkCycles(context);
  if (!simulate) checkHpaRequests(manifests, context);
  checkHpaContainers(manifests, context);
  checkCustomMetrics(context, serviceNames);
  checkWarmup(context);
  const faults = readFaults(context, serviceNames);
  const baseline = readBaseline(context);
  const thresholds = readThresholds(context);
  checkBudget(
    loads.filter((load) => load !== undefined),
    complete,
    options.maxRequests ?? MAX_REQUESTS,
    context,
  );
  return { manifests, services: read, loads, prices, strategies, faults, baseline, thresholds };
}

/** The book with the scenario's own prices of serverless pods, if it has any. */
function withPods(book: PriceBook, { prices }: Draft): PriceBook {
  const pods = prices?.pods;
  return pods === undefined ? book : { ...book, pods: pods as PodPrices };
}

function overridesOf(draft: Draft): Record<string, Record<string, number | undefined>> {
  const types = entriesOf(draft.prices?.overrides);
  return Object.fromEntries(types.map(([type, plans]) => [type, { ...plans }]));
}

const NO_MANIFESTS: Manifests = {
  deployments: new Map(),
  hpas: new Map(),
  warnings: [],
  complete: true,
};

async function loadManifests(
  { draft, root, reporter }: CheckContext,
  serviceNames: readonly string[],
  files: ScenarioFiles,
): Promise<Manifests> {
  const path: Path = ['kubernetes', 'objects'];
  const { node, exact } = nodeAt(root, path);
  if (!exact || node.kind !== 'list' || node.items.length === 0) return NO_MANIFESTS;
  const before = reporter.diagnostics.length;
  const located = await Promise.all(
    node.items.map(async (item, i) => {
      const at = [...path, i];
      const file = childText(item, 'file');
      if (file === undefined || child(item, 'kind') !== undefined)
        return [{ node: item, path: at }];
      for (const [key, entry] of item.kind === 'map' ? item.entries : []) {
        if (key === 'file') continue;
        const facts = { problem: `unknown key ${key}`, allowed: 'file alone, or a whole object' };
        reporter.report('E_UNKNOWN_KEY', { at: entry.keyAt, path: [...at, key] }, facts);
      }
      const loaded = await files.manifests(file);
      const fileNode = child(item, 'file') ?? item;
      const documents = received(loaded, fileNode, [...at, 'file'], reporter) ?? [];
      // Within a file, paths start at the object: the position names the file.
      return documents.map((document) => ({ node: document, path: [] as Path }));
    }),
  );
  const { checkManifest } = await import('./manifest-check.ts');
  const metrics = draft.kubernetes?.metrics?.custom ?? {};
  const context = { reporter, check: checkManifest, serviceNames, metrics };
  const read = readManifests(located.flat(), context);
  return { ...read, complete: reporter.diagnostics.length === before };
}

async function loadPriceBook({ draft, root, reporter }: CheckContext, files: ScenarioFiles) {
  const name = draft.prices?.book;
  if (name === undefined) return undefined;
  const path = ['prices', 'book'];
  const { node } = nodeAt(root, path);
  const document = received(await files.priceBook(name), node, path, reporter);
  return document === undefined ? undefined : readPriceBook(document, reporter);
}

function finish(
  walked: Walked,
  parts: Parts,
  context: CheckContext,
  settled: SourceMap,
): ParsedScenario {
  const { draft, root } = context;
  const clock = { ...clockOf(root), warmup: draft.clock?.warmup };
  const name = draft.name as string;
  const empty = { en: '', 'zh-CN': '' };
  const scenario = {
    apiVersion: 'peakless/v1',
    name,
    title: draft.title ?? { en: name, 'zh-CN': name },
    description: draft.description ?? empty,
    clock,
    seed: draft.seed,
    replications: draft.replications,
    vars: variables(root),
    load: parts.loads,
    services: parts.services,
    metrics: draft.kubernetes?.metrics,
    hpaController: draft.kubernetes?.hpaController,
    strategies: parts.strategies,
    ...(parts.faults === undefined ? {} : { faults: parts.faults }),
    baseline: parts.baseline,
    objectives: draft.objectives,
    thresholds: parts.thresholds,
    prices: parts.prices,
  } as Scenario;
  const called = calledServices(context);
  const names = scenario.services.map((service) => service.name);
  const facts = { baseline: scenario.baseline, routed: names.filter((one) => !called.has(one)) };
  return {
    ok: true,
    scenario: deepFreeze(scenario),
    warnings: parts.manifests.warnings,
    resolved: resolvedText(walked.written, settled, facts),
  };
}

function variables(root: SourceMap): Scenario['vars'] {
  const vars = child(root, 'vars');
  if (vars?.kind !== 'map') return [];
  const silent = { reporter: createReporter(), clock: DEFAULT_CLOCK };
  return [...vars.entries].map(([name, { value: node }]) => {
    const scalar = (part: SourceNode | undefined) =>
      part?.kind === 'scalar' ? (part.value as string | number) : 0;
    const range = child(node, 'range');
    const label = child(node, 'label');
    const text = label && readField({ unit: 'text', doc: '' }, label, [], silent);
    const head = {
      name,
      value: scalar(child(node, 'value')),
      label: (text ?? { en: name, 'zh-CN': name }) as Scenario['title'],
    };
    if (range?.kind !== 'list') return head;
    return { ...head, range: [scalar(range.items[0]), scalar(range.items[1])] as const };
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
