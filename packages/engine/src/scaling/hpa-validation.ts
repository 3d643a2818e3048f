/**
 * What the API server refuses in a HorizontalPodAutoscaler, as data: where, what is wrong, what is
 * allowed. The words are the caller's. Checked on the object as written, before its defaults.
 *
 * @source Kubernetes, pkg/apis/autoscaling/validation/validation.go
 */
import type { HpaMetricSpec, HpaObjectSpec, HpaScalingRules, HpaTarget } from './hpa-spec.ts';

export interface HpaProblem {
  /** Below `spec`: `['behavior', 'scaleUp', 'policies', 0, 'value']`. */
  readonly path: readonly (string | number)[];
  readonly problem:
    | 'not-an-integer'
    | 'below-minimum' // `limit` is the least allowed value
    | 'above-maximum' // `limit` is the greatest allowed value
    | 'max-below-min' // `limit` is minReplicas
    | 'no-policies'
    | 'no-container' // a ContainerResource metric names none
    | 'target-not-allowed'; // `allowed` lists the types of target that the metric takes
  readonly seen?: number | string;
  readonly limit?: number;
  readonly allowed?: readonly string[];
}

const WINDOW_MAX = 3600;
const PERIOD_MAX = 1800;

const TARGETS = {
  Resource: ['Utilization', 'AverageValue'],
  ContainerResource: ['Utilization', 'AverageValue'],
  Pods: ['AverageValue'],
  Object: ['Value', 'AverageValue'],
  External: ['Value', 'AverageValue'],
} as const satisfies Record<HpaMetricSpec['type'], readonly HpaTarget['type'][]>;

/** @param scaleToZero feature gate HPAScaleToZero, off by default. */
export function validate(spec: HpaObjectSpec, scaleToZero = false): readonly HpaProblem[] {
  const { minReplicas, maxReplicas, metrics = [], behavior } = spec;
  const problems: HpaProblem[] = [];
  if (minReplicas !== undefined) {
    const signal = metrics.some(({ type }) => type === 'Object' || type === 'External');
    checkInteger(problems, ['minReplicas'], minReplicas, scaleToZero && signal ? 0 : 1);
  }
  checkInteger(problems, ['maxReplicas'], maxReplicas, 1);
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    const path = ['maxReplicas'];
    problems.push({ path, problem: 'max-below-min', seen: maxReplicas, limit: minReplicas });
  }
  metrics.forEach((metric, i) => {
    checkMetric(problems, ['metrics', i], metric);
  });
  for (const direction of ['scaleUp', 'scaleDown'] as const) {
    const rules = behavior?.[direction];
    if (rules !== undefined) checkRules(problems, ['behavior', direction], rules);
  }
  return problems;
}

type Path = HpaProblem['path'];

function checkInteger(
  problems: HpaProblem[],
  path: Path,
  seen: number,
  least: number,
  most = 2 ** 31 - 1,
): void {
  if (!Number.isInteger(seen)) problems.push({ path, problem: 'not-an-integer', seen });
  else if (seen < least) problems.push({ path, problem: 'below-minimum', seen, limit: least });
  else if (seen > most) problems.push({ path, problem: 'above-maximum', seen, limit: most });
}

function checkMetric(problems: HpaProblem[], path: Path, metric: HpaMetricSpec): void {
  const { type, container, target } = metric;
  if (type === 'ContainerResource' && (container === undefined || container === '')) {
    problems.push({ path: [...path, 'container'], problem: 'no-container' });
  }
  const allowed: readonly string[] = TARGETS[type];
  const targetPath = [...path, 'target'];
  if (!allowed.includes(target.type)) {
    const at = [...targetPath, 'type'];
    problems.push({ path: at, problem: 'target-not-allowed', seen: target.type, allowed });
    return;
  }
  const most = Number.MAX_SAFE_INTEGER;
  switch (target.type) {
    case 'Utilization':
      checkInteger(problems, [...targetPath, 'averageUtilization'], target.averageUtilization, 1);
      break;
    case 'AverageValue':
      checkInteger(problems, [...targetPath, 'averageValue'], target.averageValue, 1, most);
      break;
    case 'Value':
      checkInteger(problems, [...targetPath, 'value'], target.value, 1, most);
  }
}

function checkRules(problems: HpaProblem[], path: Path, rules: HpaScalingRules): void {
  const { stabilizationWindowSeconds: window, policies, tolerance } = rules;
  if (window !== undefined) {
    checkInteger(problems, [...path, 'stabilizationWindowSeconds'], window, 0, WINDOW_MAX);
  }
  if (tolerance !== undefined && !(tolerance >= 0)) {
    const at = [...path, 'tolerance'];
    problems.push({ path: at, problem: 'below-minimum', seen: tolerance, limit: 0 });
  }
  if (policies?.length === 0)
    problems.push({ path: [...path, 'policies'], problem: 'no-policies' });
  policies?.forEach(({ value, periodSeconds }, i) => {
    const at = [...path, 'policies', i];
    checkInteger(problems, [...at, 'value'], value, 1);
    checkInteger(problems, [...at, 'periodSeconds'], periodSeconds, 1, PERIOD_MAX);
  });
}
