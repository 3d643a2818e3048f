/**
 * A dry run as a scenario: somebody's own Deployment and HPA under the load of a scenario or of a
 * trace. What is composed here is a document; `parse` reads it like any other, so that every error
 * still points at the text that caused it.
 *
 * - The manifests lie over the scenario's own objects, object by object.
 * - A scenario with one service lends it to manifests of another name.
 * - One strategy is left: pods under the manifests' HPA (fixed, if nobody brings an HPA), or the
 *   strategy that is named, with its start-up, nodes and schedule.
 */
import type { Message } from '../outcome.ts';
import { createReporter } from './diagnostics.ts';
import type { Loaded, ScenarioFiles, Table } from './files.ts';
import { readInstant } from './instants.ts';
import {
  child,
  childText,
  mapNode,
  type SourceEntry,
  type SourceList,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
  scalarNode,
  withEntry,
  withoutEntries,
} from './source.ts';
import { defaultStrategies, extendStrategies } from './strategy-merge.ts';

export interface DryRunManifests {
  /** As diagnostics name it. */
  readonly file: string;
  readonly documents: readonly SourceNode[];
}

export interface DryRunDocument {
  readonly document: SourceMap;
  /** The scenario's files, with the manifests among them. */
  readonly files: ScenarioFiles;
  /** What was taken for granted or left out. */
  readonly warnings: readonly Message[];
}

/** What stands beside a Deployment and changes nothing here. Other kinds are errors, as always. */
const COMPANIONS: readonly string[] = [
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'Ingress',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
];

/** No file of a scenario has this name: paths are relative, without a colon at their start. */
const MANIFESTS = ':manifests';
const STRATEGY = 'dry-run';

/** `strategy` is one that the scenario has, see `kubernetesStrategies`. */
export function dryRunOfScenario(
  scenario: SourceMap,
  manifests: DryRunManifests,
  files: ScenarioFiles,
  strategy?: string,
): DryRunDocument {
  const given = manifests.documents.flatMap(objectsIn);
  const objects = given.filter((object) => !isCompanion(object));
  const named = new Set(objects.flatMap((object) => targetOf(object)?.service ?? []));
  const at = { file: manifests.file };
  const { document, renamed } = withLentService(scenario, named);
  const replaced: Replaced = (object) => {
    const target = targetOf(object);
    if (target === undefined) return false;
    if (renamed) return true;
    return objects.some((own) => {
      const mine = targetOf(own);
      return mine?.kind === target.kind && mine.service === target.service;
    });
  };
  const scales = objects.some(isHpa) || hasInlineHpa(scenario, replaced) || strategy !== undefined;
  const own = keptObjects(document, replaced);
  const list: SourceList = {
    kind: 'list',
    at,
    items: [...own, textMap({ file: MANIFESTS }, at)],
  };
  const kubernetes = child(document, 'kubernetes') ?? mapNode([], at);
  const cluster = kubernetes.kind === 'map' ? withValue(kubernetes, 'objects', list) : kubernetes;
  return {
    document: withStrategy(
      withValue(withoutEntries(document, ['thresholds', 'baseline']), 'kubernetes', cluster),
      strategyNode(scenario, strategy, scales, at),
      [...named],
    ),
    files: withManifests(files, objects, replaced),
    warnings: given.filter(isCompanion).map(ignored),
  };
}

export interface TraceWork {
  /** As a scenario spells it: 50ms. */
  readonly serviceTime: string;
  readonly cpuPerRequest: string;
}

/** Half a core per busy slot, short enough for a page: a modelling choice, named in a warning. */
export const USUAL_WORK: TraceWork = { serviceTime: '50ms', cpuPerRequest: '25ms' };

/** The services are the Deployments of the manifests; each does the same work per request. */
export function dryRunOfTrace(
  table: Table,
  traceName: string,
  work: TraceWork,
  manifests: DryRunManifests,
  files: ScenarioFiles,
): DryRunDocument {
  const at = { file: table.file, line: 1, column: 1 };
  const objects = manifests.documents.flatMap(objectsIn);
  const named = objects.flatMap((object) =>
    isCompanion(object) ? [] : (targetOf(object)?.service ?? []),
  );
  // Manifests without a name are reported; that there is then no service need not be.
  const names = named.length === 0 ? ['app'] : [...new Set(named)];
  const time = textMap({ mean: work.serviceTime }, { file: `--service-time ${work.serviceTime}` });
  const cpu = work.cpuPerRequest;
  const cpuNode = scalarNode(cpu, { file: `--cpu-per-request ${cpu}` });
  const service = mapNode([entry('time', time), entry('cpuPerRequest', cpuNode)], at);
  const clock = clockOf(table);
  const trace = textMap({ file: traceName }, at);
  const load: SourceNode = { kind: 'list', at, items: [mapNode([entry('trace', trace)], at)] };
  const services = mapNode(
    names.map((name) => entry(name, service)),
    at,
  );
  const scenario = mapNode(
    [
      entry('apiVersion', scalarNode('peakless/v1', at)),
      entry('name', scalarNode('dry-run', at)),
      ...(clock === undefined ? [] : [entry('clock', textMap(clock, at))]),
      entry('load', load),
      entry('services', services),
    ],
    at,
  );
  const composed = dryRunOfScenario(scenario, manifests, files);
  const params = { service: names.join(', '), time: work.serviceTime, cpu };
  return {
    ...composed,
    warnings: [...composed.warnings, { key: 'dry-run.assumed', params }],
  };
}

/** The strategies of kind kubernetes that a scenario has, by name. */
export function kubernetesStrategies(scenario: SourceNode): ReadonlyMap<string, SourceMap> {
  const list = child(scenario, 'strategies') ?? defaultStrategies(scenario.at);
  const extended = extendStrategies(list, createReporter());
  const items = extended.kind === 'list' ? extended.items : [];
  return new Map(
    items.flatMap((item) => {
      const name = childText(item, 'name');
      if (item.kind !== 'map' || name === undefined) return [];
      return childText(item, 'kind') === 'kubernetes' ? [[name, item] as const] : [];
    }),
  );
}

type Replaced = (object: SourceNode) => boolean;

interface Target {
  readonly kind: string;
  readonly service: string;
}

/** The service that an object is about; undefined for what is not an object of ours. */
function targetOf(object: SourceNode): Target | undefined {
  const kind = childText(object, 'kind');
  const named = isHpa(object)
    ? child(child(object, 'spec'), 'scaleTargetRef')
    : child(object, 'metadata');
  const service = childText(named, 'name');
  return kind === undefined || service === undefined ? undefined : { kind, service };
}

function isCompanion(object: SourceNode): boolean {
  return COMPANIONS.includes(childText(object, 'kind') ?? '');
}

function ignored(object: SourceNode): Message {
  const name = childText(child(object, 'metadata'), 'name') ?? '';
  const kind = childText(object, 'kind') ?? '';
  return { key: 'dry-run.ignored', params: { object: `${kind} ${name}`.trim() } };
}

function isHpa(object: SourceNode): boolean {
  return childText(object, 'kind') === 'HorizontalPodAutoscaler';
}

/** The items of a List, else the object itself. */
function objectsIn(document: SourceNode): readonly SourceNode[] {
  const items = child(document, 'items');
  return childText(document, 'kind') === 'List' && items?.kind === 'list'
    ? items.items
    : [document];
}

/** One service of the scenario, one other name in the manifests: the same service, renamed. */
function withLentService(
  scenario: SourceMap,
  named: ReadonlySet<string>,
): { readonly document: SourceMap; readonly renamed: boolean } {
  const services = child(scenario, 'services');
  const [name] = named;
  if (services?.kind !== 'map' || services.entries.size !== 1 || named.size !== 1) {
    return { document: scenario, renamed: false };
  }
  const [old] = services.entries.keys();
  if (name === undefined || old === undefined || old === name) {
    return { document: scenario, renamed: false };
  }
  const rename = (map: SourceMap) =>
    mapNode(
      [...map.entries].map(([key, value]) => [key === old ? name : key, value] as const),
      map.at,
    );
  const load = child(scenario, 'load');
  const items = load?.kind === 'list' ? load.items.map((item) => withRoute(item, rename)) : [];
  const renamed = withValue(scenario, 'services', rename(services));
  if (load?.kind !== 'list') return { document: renamed, renamed: true };
  return { document: withValue(renamed, 'load', { ...load, items }), renamed: true };
}

function withRoute(load: SourceNode, rename: (map: SourceMap) => SourceMap): SourceNode {
  const route = child(load, 'route');
  return load.kind === 'map' && route?.kind === 'map'
    ? withValue(load, 'route', rename(route))
    : load;
}

function keptObjects(document: SourceMap, replaced: Replaced): readonly SourceNode[] {
  const objects = child(child(document, 'kubernetes'), 'objects');
  if (objects?.kind !== 'list') return [];
  return objects.items.flatMap((item) => kept(item, replaced));
}

function hasInlineHpa(document: SourceMap, replaced: Replaced): boolean {
  const kept = keptObjects(document, replaced);
  // What a file holds is read later: an object in it may well be an HPA.
  return kept.some((item) => isHpa(item) || childText(item, 'file') !== undefined);
}

/** The node without replaced objects; nothing, if nothing is left of it. */
function kept(node: SourceNode, replaced: Replaced): readonly SourceNode[] {
  const items = child(node, 'items');
  if (childText(node, 'kind') === 'List' && items?.kind === 'list' && node.kind === 'map') {
    const left = items.items.filter((item) => !replaced(item));
    return left.length === 0 ? [] : [withValue(node, 'items', { ...items, items: left })];
  }
  return replaced(node) ? [] : [node];
}

function withManifests(
  files: ScenarioFiles,
  documents: readonly SourceNode[],
  replaced: Replaced,
): ScenarioFiles {
  return {
    ...files,
    async manifests(name): Promise<Loaded<readonly SourceNode[]>> {
      if (name === MANIFESTS) return { ok: true, value: documents };
      const loaded = await files.manifests(name);
      if (!loaded.ok) return loaded;
      return { ok: true, value: loaded.value.flatMap((node) => kept(node, replaced)) };
    },
  };
}

function strategyNode(
  scenario: SourceMap,
  name: string | undefined,
  scales: boolean,
  at: SourcePosition,
): SourceMap {
  const base = name === undefined ? undefined : kubernetesStrategies(scenario).get(name);
  const head = textMap({ name: STRATEGY, kind: 'kubernetes' }, at);
  const own = withValue(head, 'title', textMap({ en: 'Dry run', 'zh-CN': '试运行' }, at));
  if (base !== undefined) {
    return mapNode([...base.entries, ...own.entries], at);
  }
  return scales ? own : withValue(own, 'autoscaler', scalarNode('fixed', at));
}

function withStrategy(
  document: SourceMap,
  strategy: SourceMap,
  services: readonly string[],
): SourceMap {
  const { at } = strategy;
  const list: SourceList = { kind: 'list', at, items: [strategy] };
  const names = services.join(', ');
  const title = textMap({ en: `Dry run: ${names}`, 'zh-CN': `试运行：${names}` }, at);
  return withValue(withValue(document, 'strategies', list), 'title', title);
}

/** From the first time of the table to the end of its last bin; undefined = `parse` says why. */
function clockOf({ rows }: Table): Record<string, string> | undefined {
  const first = rows[0]?.[0]?.trim() ?? '';
  const times = [first, rows[1]?.[0], rows.at(-1)?.[0]].map(secondsOf);
  const [from = Number.NaN, second = Number.NaN, last = Number.NaN] = times;
  const seconds = last - from + (second - from);
  if (!(seconds > 0)) return undefined;
  const duration = `${Math.round(seconds * 1e6)}us`;
  return /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(first)
    ? { start: first.replace(/\.\d+/, ''), duration }
    : { duration };
}

function secondsOf(text: string | undefined): number {
  const plain = text?.trim() ?? '';
  if (plain === '') return Number.NaN;
  if (!/^\d{4}-\d\d/.test(plain)) return Number(plain);
  const instant = readInstant(plain);
  return 'value' in instant ? instant.value.at * 1e-6 : Number.NaN;
}

function textMap(texts: Readonly<Record<string, string>>, at: SourcePosition): SourceMap {
  return mapNode(
    Object.entries(texts).map(([key, text]) => entry(key, scalarNode(text, at))),
    at,
  );
}

function entry(key: string, value: SourceNode): readonly [string, SourceEntry] {
  return [key, { keyAt: value.at, value }];
}

function withValue(map: SourceMap, key: string, value: SourceNode): SourceMap {
  return withEntry(map, key, { keyAt: map.entries.get(key)?.keyAt ?? value.at, value });
}
