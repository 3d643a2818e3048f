/**
 * Strategies before their defaults are filled in: names, `extends`, and the fields they take over
 * from the cluster. Works on what was written, so that a default never hides an inherited value.
 */
import { listed, type Reporter } from './diagnostics.ts';
import {
  child,
  childText,
  deepMerge,
  mapNode,
  type Path,
  type SourceList,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
  scalarNode,
  withEntry,
  withoutEntries,
} from './source.ts';
import { didYouMean } from './suggest.ts';

/** What is compared when a scenario names no strategies. */
const DEFAULT_STRATEGIES = ['vm-peak', 'kubernetes'] as const;

/** Fields of a strategy that lie over the same fields of the cluster. */
const FROM_CLUSTER = ['startup', 'nodes', 'scheduling'] as const;

export function defaultStrategies(at: SourcePosition): SourceList {
  const items = DEFAULT_STRATEGIES.map((kind) =>
    mapNode([['kind', { keyAt: at, value: scalarNode(kind, at) }]], at),
  );
  return { kind: 'list', at, items };
}

/** The strategies with `name` set, `extends` resolved, not yet merged with the cluster. */
export function extendStrategies(list: SourceNode, reporter: Reporter): SourceNode {
  if (list.kind !== 'list') return list;
  const earlier = new Map<string, SourceMap>();
  const items = list.items.map((item, i) => {
    if (item.kind !== 'map') return item;
    const path: Path = ['strategies', i];
    const extended = extendOne(item, path, earlier, reporter);
    if (extended.kind !== 'map') return extended;
    const name = childText(extended, 'name');
    if (name === undefined) return extended;
    if (earlier.has(name)) {
      const at = child(extended, 'name')?.at ?? item.at;
      const facts = { problem: `two strategies are called ${name}` };
      reporter.report('E_DUP_NAME', { at, path: [...path, 'name'] }, facts);
    } else earlier.set(name, extended);
    return extended;
  });
  return { kind: 'list', at: list.at, items };
}

function extendOne(
  item: SourceMap,
  path: Path,
  earlier: ReadonlyMap<string, SourceMap>,
  reporter: Reporter,
): SourceNode {
  const parent = child(item, 'extends');
  if (parent === undefined) return withDefaultName(item);
  const place = { at: parent.at, path: [...path, 'extends'] };
  if (parent.kind !== 'scalar' || typeof parent.value !== 'string') return withDefaultName(item);
  const base = earlier.get(parent.value);
  if (base === undefined) {
    const names = [...earlier.keys()];
    reporter.report('E_REF', place, {
      problem: `there is no earlier strategy ${parent.value.slice(0, 60)}`,
      allowed: listed(names) || 'none: this is the first one',
      ...didYouMean(parent.value, names),
    });
    return { kind: 'invalid', at: item.at };
  }
  const kind = childText(item, 'kind');
  const baseKind = childText(base, 'kind');
  if (kind !== undefined && baseKind !== undefined && kind !== baseKind) {
    const problem = `a strategy of kind ${kind} cannot extend one of kind ${baseKind}`;
    reporter.report('E_CONFLICT', place, { problem, hint: `extend a strategy of kind ${kind}` });
    return { kind: 'invalid', at: item.at };
  }
  if (child(item, 'name') === undefined) {
    const facts = { problem: 'a strategy that extends another needs its own name' };
    reporter.report('E_REQUIRED', { at: item.at, path: [...path, 'name'] }, facts);
    return { kind: 'invalid', at: item.at };
  }
  return deepMerge(withoutEntries(base, ['name', 'title']), withoutEntries(item, ['extends']));
}

function withDefaultName(item: SourceMap): SourceMap {
  const kind = child(item, 'kind');
  if (child(item, 'name') !== undefined || kind === undefined) return item;
  return withEntry(item, 'name', { keyAt: item.at, value: kind });
}

/** A strategy of kind kubernetes with the fields of the cluster below its own. */
export function overCluster(strategy: SourceNode, cluster: SourceNode | undefined): SourceNode {
  if (strategy.kind !== 'map' || childText(strategy, 'kind') !== 'kubernetes') return strategy;
  let merged = strategy;
  for (const key of FROM_CLUSTER) {
    // Nothing written at all still means all defaults.
    const base = child(cluster, key) ?? mapNode([], strategy.at);
    const own = strategy.entries.get(key);
    const value = own === undefined ? base : deepMerge(base, own.value);
    merged = withEntry(merged, key, { keyAt: own?.keyAt ?? value.at, value });
  }
  return withOwnSection(withNodeSection(merged, child(strategy, 'nodes')));
}

/** Node autoscalers with a section of their own, all of whose fields have defaults. */
const NODE_SECTIONS = ['karpenter', 'serverless'] as const;

/** Of the cluster's sections, that of the strategy's provisioner alone; `own`: as it wrote them. */
function withNodeSection(strategy: SourceMap, own: SourceNode | undefined): SourceMap {
  const nodes = child(strategy, 'nodes');
  if (nodes?.kind !== 'map') return strategy;
  const provisioner = childText(nodes, 'provisioner');
  const others = NODE_SECTIONS.filter(
    (name) => name !== provisioner && child(own, name) === undefined,
  );
  let value = withoutEntries(nodes, others);
  const section = NODE_SECTIONS.find((name) => name === provisioner);
  if (section !== undefined && !value.entries.has(section)) {
    value = withEntry(value, section, { keyAt: nodes.at, value: mapNode([], nodes.at) });
  }
  return withEntry(strategy, 'nodes', { keyAt: nodes.at, value });
}

/** Autoscalers with a section of their own, all of whose fields have defaults. */
const OMITTABLE_SECTIONS = ['kpa', 'predictive'] as const;

/** A section that nobody wrote means all defaults, as for the cluster's. */
function withOwnSection(strategy: SourceMap): SourceMap {
  const autoscaler = childText(strategy, 'autoscaler');
  const section = OMITTABLE_SECTIONS.find((name) => name === autoscaler);
  if (section === undefined || strategy.entries.has(section)) return strategy;
  const entry = { keyAt: strategy.at, value: mapNode([], strategy.at) };
  return withEntry(strategy, section, entry);
}
