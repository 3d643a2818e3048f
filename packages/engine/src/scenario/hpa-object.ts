/**
 * autoscaling/v2 HorizontalPodAutoscaler → HpaObjectSpec. The values are read here, the limits of
 * the API server are those of scaling/hpa-validation.ts. This release simulates Resource metrics
 * on cpu.
 */
import type {
  HpaMetricSpec,
  HpaObjectSpec,
  HpaScalingPolicy,
  HpaScalingRules,
  HpaTarget,
} from '../scaling/hpa-spec.ts';
import { type HpaProblem, validate } from '../scaling/hpa-validation.ts';
import {
  type DiagnosticCode,
  type Facts,
  listed,
  type Reporter,
  shownNode,
} from './diagnostics.ts';
import type { Reading } from './durations.ts';
import { checkEnum } from './field-values.ts';
import type { CheckedObject } from './manifests.ts';
import { readDouble, readMilli } from './quantities.ts';
import { child, nodeAt, type Path, plainValue, type SourceNode } from './source.ts';

/** A node of the object with its path in the scenario. */
interface Part {
  readonly node: SourceNode;
  readonly path: Path;
}

export function readHpa(
  { node, path }: CheckedObject,
  reporter: Reporter,
): HpaObjectSpec | undefined {
  const before = reporter.diagnostics.length;
  const spec = { node: child(node, 'spec') ?? node, path: [...path, 'spec'] };
  const metrics = readMetrics(spec, reporter);
  const behavior = part(spec, 'behavior');
  const read: HpaObjectSpec = {
    ...optional('minReplicas', wholeNumber(part(spec, 'minReplicas'))),
    maxReplicas: wholeNumber(part(spec, 'maxReplicas')) ?? 0,
    ...optional('metrics', metrics.length === 0 ? undefined : metrics),
    ...(behavior === undefined ? {} : { behavior: readBehavior(behavior, reporter) }),
  };
  if (reporter.diagnostics.length > before) return undefined;
  const problems = validate(read);
  const seen = new Set<string>();
  for (const problem of problems) {
    // The first of a place: a maximum of 0 is also below the minimum.
    const place = problem.path.join('.');
    if (!seen.has(place)) reportProblem(problem, spec, reporter);
    seen.add(place);
  }
  return problems.length > 0 ? undefined : read;
}

function part({ node, path }: Part, key: string): Part | undefined {
  const inner = child(node, key);
  const isNull = inner?.kind === 'scalar' && inner.value === null;
  return inner === undefined || isNull ? undefined : { node: inner, path: [...path, key] };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V });
}

/** The number in a place that the API schema has found to be an integer. */
function wholeNumber(at: Part | undefined): number | undefined {
  return at?.node.kind === 'scalar' ? Number(at.node.value) : undefined;
}

function word<T extends string>(
  at: Part | undefined,
  allowed: readonly T[],
  reporter: Reporter,
): T | undefined {
  if (at?.node.kind !== 'scalar') return undefined;
  const found = checkEnum(
    allowed,
    String(at.node.value),
    { at: at.node.at, path: at.path },
    reporter,
  );
  return allowed.find((name) => name === found);
}

function quantity(
  at: Part | undefined,
  read: (text: string) => Reading<number>,
  reporter: Reporter,
): number | undefined {
  if (at?.node.kind !== 'scalar') return undefined;
  const reading = read(String(at.node.value));
  if ('value' in reading) return reading.value;
  const { code, problem, hint } = reading;
  const facts = { ...optional('problem', problem), ...optional('hint', hint) };
  reporter.report(code, { at: at.node.at, path: at.path }, { got: shownNode(at.node), ...facts });
  return undefined;
}

function listParts(at: Part | undefined): readonly Part[] {
  if (at?.node.kind !== 'list') return [];
  return at.node.items.map((node, i) => ({ node, path: [...at.path, i] }));
}

const METRIC_TYPES = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'] as const;

function readMetrics(spec: Part, reporter: Reporter): HpaMetricSpec[] {
  return listParts(part(spec, 'metrics')).flatMap((metric) => {
    const type = word(part(metric, 'type'), METRIC_TYPES, reporter);
    if (type === undefined) return [];
    const resource = part(metric, 'resource');
    const name =
      resource === undefined ? undefined : plainValue(child(resource.node, 'name') ?? metric.node);
    if (type !== 'Resource' || name !== 'cpu') {
      const got =
        type === 'Resource' ? `a Resource metric on ${name ?? 'nothing'}` : `a ${type} metric`;
      const facts = { got, problem: 'this release simulates Resource metrics on cpu only' };
      reporter.report('E_UNSUPPORTED', { at: metric.node.at, path: metric.path }, facts);
      return [];
    }
    const target = readTarget(
      resource === undefined ? undefined : part(resource, 'target'),
      reporter,
    );
    return target === undefined ? [] : [{ type, name: 'cpu', target }];
  });
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

function readBehavior(at: Part, reporter: Reporter): NonNullable<HpaObjectSpec['behavior']> {
  const rules = (key: string) => {
    const direction = part(at, key);
    return direction === undefined ? undefined : readRules(direction, reporter);
  };
  return { ...optional('scaleUp', rules('scaleUp')), ...optional('scaleDown', rules('scaleDown')) };
}

const SELECT = ['Max', 'Min', 'Disabled'] as const;
const POLICY_TYPES = ['Pods', 'Percent'] as const;

function readRules(at: Part, reporter: Reporter): HpaScalingRules {
  const list = part(at, 'policies');
  const policies = listParts(list).flatMap((policy): HpaScalingPolicy[] => {
    const type = word(part(policy, 'type'), POLICY_TYPES, reporter);
    const value = wholeNumber(part(policy, 'value')) ?? 0;
    const periodSeconds = wholeNumber(part(policy, 'periodSeconds')) ?? 0;
    return type === undefined ? [] : [{ type, value, periodSeconds }];
  });
  const window = wholeNumber(part(at, 'stabilizationWindowSeconds'));
  return {
    ...optional('stabilizationWindowSeconds', window),
    ...optional('selectPolicy', word(part(at, 'selectPolicy'), SELECT, reporter)),
    ...optional('policies', list === undefined ? undefined : policies),
    ...optional('tolerance', quantity(part(at, 'tolerance'), readDouble, reporter)),
  };
}

const PROBLEM_CODES: Readonly<Record<HpaProblem['problem'], DiagnosticCode>> = {
  'not-an-integer': 'E_TYPE',
  'below-minimum': 'E_RANGE',
  'above-maximum': 'E_RANGE',
  'max-below-min': 'E_MIN_MAX',
  'no-policies': 'E_RANGE',
  'no-container': 'E_REQUIRED',
  'target-not-allowed': 'E_ENUM',
};

function reportProblem(problem: HpaProblem, spec: Part, reporter: Reporter): void {
  const { node } = nodeAt(spec.node, writtenPath(problem.path));
  const where = { at: node.at, path: [...spec.path, ...writtenPath(problem.path)] };
  reporter.report(PROBLEM_CODES[problem.problem], where, problemFacts(problem));
}

/** `metrics[0].target` of the spec is `metrics[0].resource.target` in the manifest. */
function writtenPath(path: HpaProblem['path']): Path {
  const [first, index, ...rest] = path;
  if (first !== 'metrics' || index === undefined) return path;
  return [first, index, 'resource', ...rest];
}

function problemFacts({ problem, seen, limit, allowed }: HpaProblem): Facts {
  switch (problem) {
    case 'max-below-min':
      return {
        problem: 'minReplicas is above maxReplicas',
        got: `minReplicas ${limit}, maxReplicas ${seen}`,
      };
    case 'no-policies':
      return { got: 'an empty list', allowed: 'at least one policy' };
    case 'target-not-allowed':
      return { got: String(seen), allowed: listed(allowed ?? []) };
    case 'above-maximum':
      return { got: String(seen), allowed: `${limit} or less` };
    case 'below-minimum':
      return { got: String(seen), allowed: `${limit} or more` };
    default:
      return { got: String(seen), allowed: 'a whole number' };
  }
}
