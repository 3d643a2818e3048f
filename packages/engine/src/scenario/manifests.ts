/**
 * Verbatim Kubernetes objects → what the simulation takes from them: a Workload per Deployment, an
 * HPA spec per HorizontalPodAutoscaler. Objects may come in a List, as `kubectl get` prints.
 */
import type { Message } from '../outcome.ts';
import type { HpaObjectSpec } from '../scaling/hpa-spec.ts';
import { type DeploymentFacts, readDeployment } from './deployment.ts';
import {
  type DiagnosticCode,
  type Facts,
  listed,
  type Reporter,
  shownNode,
} from './diagnostics.ts';
import type { DeclaredMetrics } from './hpa-metrics.ts';
import { readHpa } from './hpa-object.ts';
import type { checkManifest, ManifestFindings, ManifestKind } from './manifest-check.ts';
import { notSimulated } from './manifest-fields.ts';
import { readMilli } from './quantities.ts';
import {
  child,
  childText,
  nodeAt,
  type Path,
  type SourceMap,
  type SourceNode,
  type SourcePosition,
} from './source.ts';
import { didYouMean } from './suggest.ts';

export interface ManifestContext {
  readonly reporter: Reporter;
  readonly check: typeof checkManifest;
  readonly serviceNames: readonly string[];
  /** Metrics that HPAs may name beside CPU. */
  readonly metrics: DeclaredMetrics;
}

export interface FoundDeployment extends DeploymentFacts {
  readonly at: SourcePosition;
}

export interface FoundHpa {
  readonly spec: HpaObjectSpec;
  readonly at: SourcePosition;
}

/** By service name. */
export interface Manifests {
  readonly deployments: ReadonlyMap<string, FoundDeployment>;
  readonly hpas: ReadonlyMap<string, FoundHpa>;
  readonly warnings: readonly Message[];
  /** False when some object could not be read: what its service runs as is then unknown. */
  readonly complete: boolean;
}

const API_VERSIONS: Readonly<Record<ManifestKind, string>> = {
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
};

/** What a path step says of an object: where it stands in the scenario or its file. */
interface Located {
  readonly node: SourceNode;
  readonly path: Path;
}

export function readManifests(
  objects: readonly Located[],
  context: ManifestContext,
): Omit<Manifests, 'complete'> {
  const deployments = new Map<string, FoundDeployment>();
  const hpas = new Map<string, FoundHpa>();
  const warnings: Message[] = [];
  for (const { node, path } of objects.flatMap(unlisted)) {
    const object = checkedObject(node, path, context);
    if (object === undefined) continue;
    const fields = notSimulated(object.kind, object.plain);
    if (fields.length > 0) {
      const params = { object: `${object.kind} ${object.name}`, fields: fields.join(', ') };
      warnings.push({ key: 'warning.not-simulated', params });
    }
    if (object.kind === 'Deployment') addDeployment(object, deployments, context);
    else addHpa(object, hpas, context);
  }
  return { deployments, hpas, warnings };
}

/** The items of a List, else the object itself. */
function unlisted({ node, path }: Located): Located[] {
  const items = child(node, 'items');
  if (childText(node, 'kind') !== 'List' || items?.kind !== 'list') return [{ node, path }];
  return items.items.map((item, i) => ({ node: item, path: [...path, 'items', i] }));
}

export interface CheckedObject {
  readonly kind: ManifestKind;
  readonly name: string;
  readonly node: SourceMap;
  readonly path: Path;
  /** Without nulls, which the API takes for absent. */
  readonly plain: object;
}

function checkedObject(
  node: SourceNode,
  path: Path,
  context: ManifestContext,
): CheckedObject | undefined {
  const { reporter } = context;
  if (node.kind === 'invalid') return undefined;
  if (node.kind !== 'map') {
    const facts = { got: shownNode(node), allowed: 'a Kubernetes object, or { file }' };
    reporter.report('E_TYPE', { at: node.at, path }, facts);
    return undefined;
  }
  const kind = knownKind(node, path, reporter);
  if (kind === undefined) return undefined;
  const plain = withoutNulls(node);
  const findings = context.check(kind, plain);
  reportFindings(findings, node, path, reporter);
  const name = childText(child(node, 'metadata'), 'name');
  if (name === undefined) {
    const facts = { problem: 'metadata.name is missing', hint: 'name it like its service' };
    reporter.report('E_REQUIRED', { at: node.at, path: [...path, 'metadata', 'name'] }, facts);
    return undefined;
  }
  if (findings.errors.length > 0) return undefined;
  return { kind, name, node, path, plain };
}

function knownKind(node: SourceMap, path: Path, reporter: Reporter): ManifestKind | undefined {
  const kind = childText(node, 'kind');
  const apiVersion = childText(node, 'apiVersion');
  const at = child(node, 'kind')?.at ?? node.at;
  if (kind === undefined || apiVersion === undefined) {
    const key = kind === undefined ? 'kind' : 'apiVersion';
    const facts = {
      problem: `${key} is missing`,
      hint: 'a Kubernetes object has apiVersion and kind',
    };
    reporter.report('E_REQUIRED', { at: node.at, path: [...path, key] }, facts);
    return undefined;
  }
  const known = Object.keys(API_VERSIONS) as ManifestKind[];
  const match = known.find((name) => name === kind && API_VERSIONS[name] === apiVersion);
  if (match !== undefined) return match;
  const allowed = known.map((name) => `${name} (${API_VERSIONS[name]})`).join(', ');
  const facts = { got: `${kind} (${apiVersion})`, allowed, ...didYouMean(kind, known) };
  reporter.report('E_KIND', { at, path: [...path, 'kind'] }, facts);
  return undefined;
}

function withoutNulls(node: SourceNode): object {
  if (node.kind === 'list') return node.items.map(plainPart);
  if (node.kind !== 'map') return {};
  const entries = [...node.entries].filter(
    ([, { value }]) =>
      value.kind !== 'invalid' && !(value.kind === 'scalar' && value.value === null),
  );
  return Object.fromEntries(entries.map(([key, { value }]) => [key, plainPart(value)]));
}

function plainPart(node: SourceNode): unknown {
  return node.kind === 'scalar' ? node.value : withoutNulls(node);
}

const KEYWORD_CODES: Readonly<Record<string, DiagnosticCode>> = {
  enum: 'E_ENUM',
  const: 'E_ENUM',
  required: 'E_REQUIRED',
  minimum: 'E_RANGE',
  maximum: 'E_RANGE',
};

/** The API's schema says only that such a text is no number; what was meant is often clear. */
function repairOf(quantity: string): Facts {
  const { hint } = readMilli(quantity) as { readonly hint?: string };
  return hint === undefined ? {} : { hint };
}

function reportFindings(
  { errors, unknown }: ManifestFindings,
  object: SourceMap,
  path: Path,
  reporter: Reporter,
): void {
  for (const error of errors) {
    const { node } = nodeAt(object, error.path);
    if (error.path.includes('resources') && node.kind === 'scalar') {
      const facts = { got: shownNode(node), ...repairOf(String(node.value)) };
      reporter.report('E_QUANTITY', { at: node.at, path: [...path, ...error.path] }, facts);
      continue;
    }
    const code = KEYWORD_CODES[error.keyword] ?? 'E_TYPE';
    const full = [...path, ...error.path, ...(error.missing === undefined ? [] : [error.missing])];
    const facts = error.missing === undefined ? { got: shownNode(node) } : {};
    const fix = { hint: 'see the Kubernetes API reference of this field' };
    const problem = error.missing === undefined ? error.message : `${error.missing} is missing`;
    reporter.report(code, { at: node.at, path: full }, { problem, ...facts, ...fix });
  }
  for (const { path: inner, known } of unknown) {
    const key = String(inner.at(-1));
    const { node } = nodeAt(object, inner.slice(0, -1));
    const at = node.kind === 'map' ? node.entries.get(key)?.keyAt : undefined;
    const facts: Facts = { problem: `unknown key ${key}`, allowed: listed(known) };
    const where = { at: at ?? node.at, path: [...path, ...inner] };
    reporter.report('E_UNKNOWN_KEY', where, { ...facts, ...didYouMean(key, known) });
  }
}

function addDeployment(
  object: CheckedObject,
  deployments: Map<string, FoundDeployment>,
  { reporter, serviceNames }: ManifestContext,
): void {
  const { name, node, path } = object;
  const at = child(child(node, 'metadata'), 'name')?.at ?? node.at;
  const where = { at, path: [...path, 'metadata', 'name'] };
  if (!serviceNames.includes(name)) {
    const facts = { problem: `no service is called ${name}`, allowed: listed(serviceNames) };
    reporter.report('E_REF', where, { ...facts, ...didYouMean(name, serviceNames) });
    return;
  }
  if (deployments.has(name)) {
    reporter.report('E_DUP_NAME', where, { problem: `two Deployments are called ${name}` });
    return;
  }
  const facts = readDeployment(object, reporter);
  if (facts !== undefined) deployments.set(name, { ...facts, at });
}

function addHpa(
  object: CheckedObject,
  hpas: Map<string, FoundHpa>,
  { reporter, serviceNames, metrics }: ManifestContext,
): void {
  const target = child(child(object.node, 'spec'), 'scaleTargetRef');
  const kind = childText(target, 'kind');
  const name = childText(target, 'name') ?? '';
  const at = target?.at ?? object.node.at;
  const where = { at, path: [...object.path, 'spec', 'scaleTargetRef'] };
  if (kind !== 'Deployment') {
    const facts = { problem: 'an HPA must scale a Deployment', got: String(kind) };
    reporter.report('E_UNSUPPORTED', where, {
      ...facts,
      hint: 'set scaleTargetRef.kind: Deployment',
    });
    return;
  }
  if (!serviceNames.includes(name)) {
    const problem = `the HPA scales ${name}, but no service is called so`;
    const facts = { problem, allowed: listed(serviceNames), ...didYouMean(name, serviceNames) };
    reporter.report('E_REF', where, facts);
    return;
  }
  if (hpas.has(name)) {
    reporter.report('E_DUP_NAME', where, { problem: `two HPAs scale ${name}` });
    return;
  }
  const spec = readHpa(object, { reporter, declared: metrics, service: name });
  if (spec !== undefined) hpas.set(name, { spec, at });
}
