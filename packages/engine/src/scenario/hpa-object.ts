/**
 * autoscaling/v2 HorizontalPodAutoscaler → HpaObjectSpec. The values are read here, the limits of
 * the API server are those of scaling/hpa-validation.ts.
 */
import type { HpaObjectSpec, HpaScalingPolicy, HpaScalingRules } from '../scaling/hpa-spec.ts';
import { type HpaProblem, validate } from '../scaling/hpa-validation.ts';
import { type DiagnosticCode, type Facts, listed, type Reporter } from './diagnostics.ts';
import {
  METRIC_FIELDS,
  type MetricContext,
  type Part,
  part,
  quantity,
  readMetric,
  wholeNumber,
  word,
} from './hpa-metrics.ts';
import type { CheckedObject } from './manifests.ts';
import { readDouble } from './quantities.ts';
import { child, nodeAt, type Path } from './source.ts';

export function readHpa(
  { node, path }: CheckedObject,
  context: MetricContext,
): HpaObjectSpec | undefined {
  const { reporter } = context;
  const before = reporter.diagnostics.length;
  const spec = { node: child(node, 'spec') ?? node, path: [...path, 'spec'] };
  const metrics = listParts(part(spec, 'metrics')).flatMap(
    (metric) => readMetric(metric, context) ?? [],
  );
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
    if (!seen.has(place)) reportProblem(problem, read, spec, reporter);
    seen.add(place);
  }
  return problems.length > 0 ? undefined : read;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V });
}

function listParts(at: Part | undefined): readonly Part[] {
  if (at?.node.kind !== 'list') return [];
  return at.node.items.map((node, i) => ({ node, path: [...at.path, i] }));
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

function reportProblem(
  problem: HpaProblem,
  read: HpaObjectSpec,
  spec: Part,
  reporter: Reporter,
): void {
  const path = writtenPath(problem.path, read);
  const { node } = nodeAt(spec.node, path);
  const where = { at: node.at, path: [...spec.path, ...path] };
  reporter.report(PROBLEM_CODES[problem.problem], where, problemFacts(problem));
}

/** `metrics[0].target` of the spec is `metrics[0].resource.target` in the manifest. */
function writtenPath(path: HpaProblem['path'], { metrics = [] }: HpaObjectSpec): Path {
  const [first, index, ...rest] = path;
  if (first !== 'metrics' || index === undefined) return path;
  const type = metrics[Number(index)]?.type ?? 'Resource';
  return [first, index, METRIC_FIELDS[type], ...rest];
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
