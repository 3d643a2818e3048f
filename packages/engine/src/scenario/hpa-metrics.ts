/**
 * The metrics of a HorizontalPodAutoscaler: CPU of the pods or of their container, and what the
 * scenario declares under kubernetes.metrics.custom.
 */
import { CUSTOM_MEASURES } from '../cluster/custom-measures.ts';
import type { HpaMetricSpec, HpaTarget } from '../scaling/hpa-spec.ts';
import { type Facts, listed, type Reporter, shownNode } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import type { Reading } from './durations.ts';
import { checkEnum } from './field-values.ts';
import { readMilli } from './quantities.ts';
import { child, childText, type Path, type SourceNode } from './source.ts';
import { didYouMean } from './suggest.ts';

/** A node of the object with its path in the scenario. */
export interface Part {
  readonly node: SourceNode;
  readonly path: Path;
}

export type DeclaredMetrics = NonNullable<
  NonNullable<NonNullable<Draft['kubernetes']>['metrics']>['custom']
>;

/** What an HPA's metrics are read against. */
export interface MetricContext {
  readonly reporter: Reporter;
  /** By name. */
  readonly declared: DeclaredMetrics;
  /** The service that the HPA scales. */
  readonly service: string;
}

/** The part under the key; null is absent. */
export function part({ node, path }: Part, key: string): Part | undefined {
  const inner = child(node, key);
  const isNull = inner?.kind === 'scalar' && inner.value === null;
  return inner === undefined || isNull ? undefined : { node: inner, path: [...path, key] };
}

/** The number in a place that the API schema has found to be an integer. */
export function wholeNumber(at: Part | undefined): number | undefined {
  return at?.node.kind === 'scalar' ? Number(at.node.value) : undefined;
}

export function word<T extends string>(
  at: Part | undefined,
  allowed: readonly T[],
  reporter: Reporter,
): T | undefined {
  if (at?.node.kind !== 'scalar') return undefined;
  const where = { at: at.node.at, path: at.path };
  const found = checkEnum(allowed, String(at.node.value), where, reporter);
  return allowed.find((name) => name === found);
}

export function quantity(
  at: Part | undefined,
  read: (text: string) => Reading<number>,
  reporter: Reporter,
): number | undefined {
  if (at?.node.kind !== 'scalar') return undefined;
  const reading = read(String(at.node.value));
  if ('value' in reading) return reading.value;
  const { code, problem, hint } = reading;
  const facts = { ...(problem ? { problem } : {}), ...(hint ? { hint } : {}) };
  reporter.report(code, { at: at.node.at, path: at.path }, { got: shownNode(at.node), ...facts });
  return undefined;
}

/** Type of a metric → where the object keeps it. */
export const METRIC_FIELDS = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const satisfies Record<HpaMetricSpec['type'], string>;

const METRIC_TYPES = Object.keys(METRIC_FIELDS) as HpaMetricSpec['type'][];

/** Undefined after a report. */
export function readMetric(metric: Part, context: MetricContext): HpaMetricSpec | undefined {
  const { reporter } = context;
  const type = word(part(metric, 'type'), METRIC_TYPES, reporter);
  if (type === undefined) return undefined;
  const source = part(metric, METRIC_FIELDS[type]);
  if (source === undefined) {
    const problem = `a metric of type ${type} needs ${METRIC_FIELDS[type]}`;
    reporter.report('E_REQUIRED', { at: metric.node.at, path: metric.path }, { problem });
    return undefined;
  }
  const isResource = type === 'Resource' || type === 'ContainerResource';
  const name = isResource
    ? resourceName(type, source, metric, reporter)
    : customName(type, source, context);
  const target = readTarget(part(source, 'target'), reporter);
  if (name === undefined || target === undefined) return undefined;
  const container = childText(source.node, 'container');
  return { type, name, target, ...(container === undefined ? {} : { container }) };
}

function resourceName(
  type: string,
  { node }: Part,
  metric: Part,
  reporter: Reporter,
): string | undefined {
  const name = childText(node, 'name');
  if (name === 'cpu') return name;
  const facts = {
    got: `a ${type} metric on ${name ?? 'nothing'}`,
    problem: 'this release simulates resource metrics on cpu only',
  };
  reporter.report('E_UNSUPPORTED', { at: metric.node.at, path: metric.path }, facts);
  return undefined;
}

/** The metric is declared, and measures what this type of metric can be about. */
function customName(
  type: HpaMetricSpec['type'],
  source: Part,
  { reporter, declared, service }: MetricContext,
): string | undefined {
  const metric = part(source, 'metric') ?? source;
  const at = part(metric, 'name') ?? metric;
  const where = { at: at.node.at, path: at.path };
  const name = childText(metric.node, 'name') ?? '';
  const known = Object.keys(declared);
  if (!Object.hasOwn(declared, name)) {
    const measures = Object.keys(CUSTOM_MEASURES).join(' | ');
    const declare = `declare it: kubernetes.metrics.custom: { ${name}: { measure: ${measures} } }`;
    reporter.report('E_REF', where, {
      problem: `the scenario does not say what the metric ${name} measures`,
      ...(known.length > 0 ? { allowed: listed(known) } : {}),
      hint: declare,
      ...didYouMean(name, known),
    });
    return undefined;
  }
  const { measure, service: other } = declared[name] ?? {};
  const measured = other ?? service;
  if (type === 'Pods') {
    const facts = podsConflict(name, measure, measured, service);
    if (facts === undefined) return name;
    reporter.report('E_CONFLICT', where, facts);
    return undefined;
  }
  const object = part(source, 'describedObject');
  const described = childText(object?.node, 'name');
  const isService = childText(object?.node, 'kind') === 'Service';
  if (type !== 'Object' || !isService || described === measured) return name;
  reporter.report('E_CONFLICT', where, {
    problem: `the metric ${name} measures the service ${measured}, but describes the object ${described ?? ''}`,
    hint: `name the Service ${measured}, or set kubernetes.metrics.custom.${name}.service`,
  });
  return undefined;
}

function podsConflict(
  name: string,
  measure: keyof typeof CUSTOM_MEASURES | undefined,
  measured: string,
  service: string,
): Facts | undefined {
  if (measured !== service) {
    return {
      problem: `a Pods metric is about the pods of ${service}, and ${name} measures ${measured}`,
      hint: 'use an Object or External metric, or remove its service',
    };
  }
  // A measure that could not be read is reported where it stands.
  if (measure === undefined || CUSTOM_MEASURES[measure].ofPod !== null) return undefined;
  const ofPods = Object.entries(CUSTOM_MEASURES).filter(([, { ofPod }]) => ofPod !== null);
  return {
    problem: `${measure} is not a measure of a pod`,
    allowed: listed(ofPods.map(([one]) => one)),
    hint: 'use an Object or External metric',
  };
}

const TARGET_FIELDS = {
  Utilization: 'averageUtilization',
  AverageValue: 'averageValue',
  Value: 'value',
} as const;
const TARGET_TYPES = ['Utilization', 'AverageValue', 'Value'] as const;

function readTarget(at: Part | undefined, reporter: Reporter): HpaTarget | undefined {
  if (at === undefined) return undefined;
  const type = word(part(at, 'type'), TARGET_TYPES, reporter);
  if (type === undefined) return undefined;
  const key = TARGET_FIELDS[type];
  const value = part(at, key);
  if (value === undefined) {
    const where = { at: at.node.at, path: [...at.path, key] };
    reporter.report('E_REQUIRED', where, { problem: `a target of type ${type} needs ${key}` });
    return undefined;
  }
  if (type === 'Utilization') return { type, averageUtilization: wholeNumber(value) ?? 0 };
  const milli = quantity(value, readMilli, reporter);
  if (milli === undefined) return undefined;
  return type === 'Value' ? { type, value: milli } : { type, averageValue: milli };
}
