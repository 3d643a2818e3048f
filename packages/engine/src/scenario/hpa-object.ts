/**
 * autoscaling/v2 HorizontalPodAutoscaler → HpaObjectSpec, with the limits that the API server's
 * validation sets. This release simulates Resource metrics on cpu.
 *
 * @source kubernetes/kubernetes pkg/apis/autoscaling/validation/validation.go
 */
import type {
  HpaMetricSpec,
  HpaObjectSpec,
  HpaScalingPolicy,
  HpaScalingRules,
  HpaTarget,
} from '../scaling/hpa-spec.ts';
import { type Reporter, shownNode } from './diagnostics.ts';
import { checkEnum } from './field-values.ts';
import type { CheckedObject } from './manifests.ts';
import { readDouble, readMilli } from './quantities.ts';
import { child, type Path, type SourceNode } from './source.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const REPLICAS: Bounds = { min: 1, max: 100_000 };
const PERCENT: Bounds = { min: 1, max: 1_000_000 };
const WINDOW: Bounds = { min: 0, max: 3600 };
const PERIOD: Bounds = { min: 1, max: 1800 };

export function readHpa(
  { node, path }: CheckedObject,
  reporter: Reporter,
): HpaObjectSpec | undefined {
  const before = reporter.diagnostics.length;
  const spec = child(node, 'spec');
  const read = new HpaReader(reporter);
  const at = [...path, 'spec'];
  const minReplicas = read.whole(child(spec, 'minReplicas'), [...at, 'minReplicas'], REPLICAS);
  const maxReplicas = read.whole(child(spec, 'maxReplicas'), [...at, 'maxReplicas'], REPLICAS);
  if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
    const place = { at: child(spec, 'minReplicas')?.at ?? node.at, path: [...at, 'minReplicas'] };
    reporter.report('E_MIN_MAX', place, {
      problem: 'minReplicas is above maxReplicas',
      got: `minReplicas ${minReplicas}, maxReplicas ${maxReplicas}`,
    });
  }
  const metrics = read.metrics(child(spec, 'metrics'), [...at, 'metrics']);
  const behavior = child(spec, 'behavior');
  const direction = (key: 'scaleUp' | 'scaleDown') => {
    const rules = read.rules(child(behavior, key), [...at, 'behavior', key]);
    return rules === undefined ? {} : { [key]: rules };
  };
  const behaviorSpec = behavior?.kind === 'map' ? { ...direction('scaleUp'), ...direction('scaleDown') } : undefined;
  if (maxReplicas === undefined || reporter.diagnostics.length > before) return undefined;
  return {
    ...(minReplicas === undefined ? {} : { minReplicas }),
    maxReplicas,
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(behaviorSpec === undefined ? {} : { behavior: behaviorSpec }),
  };
}

class HpaReader {
  private readonly reporter: Reporter;

  constructor(reporter: Reporter) {
    this.reporter = reporter;
  }

  whole(node: SourceNode | undefined, path: Path, { min, max }: Bounds): number | undefined {
    if (node?.kind !== 'scalar' || node.value === null) return undefined;
    const value = Number(node.value);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    const facts = { got: shownNode(node), allowed: `${min} to ${max}` };
    this.reporter.report('E_RANGE', { at: node.at, path }, facts);
    return undefined;
  }

  private word(
    node: SourceNode | undefined,
    path: Path,
    allowed: readonly string[],
  ): string | undefined {
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
    return checkEnum(allowed, node.value, { at: node.at, path }, this.reporter);
  }

  metrics(node: SourceNode | undefined, path: Path): HpaMetricSpec[] {
    if (node?.kind !== 'list') return [];
    return node.items.flatMap((item, i) => this.metric(item, [...path, i]) ?? []);
  }

  private metric(node: SourceNode, path: Path): HpaMetricSpec | undefined {
    const types = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'];
    const type = this.word(child(node, 'type'), [...path, 'type'], types);
    if (type === undefined) return undefined;
    const resource = child(node, 'resource');
    const name = child(resource, 'name');
    const resourceName = name?.kind === 'scalar' ? String(name.value) : '';
    if (type !== 'Resource' || resourceName !== 'cpu') {
      const got = type === 'Resource' ? `a Resource metric on ${resourceName || 'nothing'}` : `a ${type} metric`;
      const problem = 'this release simulates Resource metrics on cpu only';
      this.reporter.report('E_UNSUPPORTED', { at: node.at, path }, { got, problem });
      return undefined;
    }
    const target = this.target(child(resource, 'target'), [...path, 'resource', 'target'], node);
    return target === undefined ? undefined : { type: 'Resource', name: 'cpu', target };
  }

  private target(
    node: SourceNode | undefined,
    path: Path,
    metric: SourceNode,
  ): HpaTarget | undefined {
    const type = this.word(child(node, 'type'), [...path, 'type'], ['Utilization', 'AverageValue']);
    if (type === undefined) return undefined;
    const key = type === 'Utilization' ? 'averageUtilization' : 'averageValue';
    const value = child(node, key);
    if (value?.kind !== 'scalar' || value.value === null) {
      const problem = `a target of type ${type} needs ${key}`;
      const at = node?.at ?? metric.at;
      this.reporter.report('E_REQUIRED', { at, path: [...path, key] }, { problem });
      return undefined;
    }
    if (type === 'Utilization') {
      const averageUtilization = this.whole(value, [...path, key], PERCENT);
      return averageUtilization === undefined ? undefined : { type, averageUtilization };
    }
    const averageValue = this.quantity(value, [...path, key], readMilli, 1);
    return averageValue === undefined ? undefined : { type: 'AverageValue', averageValue };
  }

  private quantity(
    node: SourceNode,
    path: Path,
    read: typeof readMilli,
    min: number,
  ): number | undefined {
    if (node.kind !== 'scalar' || node.value === null) return undefined;
    const reading = read(String(node.value));
    if ('value' in reading && reading.value >= min) return reading.value;
    const code = 'value' in reading ? 'E_RANGE' : reading.code;
    const facts = { got: shownNode(node), ...('value' in reading ? { allowed: `${min} or more` } : {}) };
    this.reporter.report(code, { at: node.at, path }, facts);
    return undefined;
  }

  rules(node: SourceNode | undefined, path: Path): HpaScalingRules | undefined {
    if (node?.kind !== 'map') return undefined;
    const window = this.whole(
      child(node, 'stabilizationWindowSeconds'),
      [...path, 'stabilizationWindowSeconds'],
      WINDOW,
    );
    const select = ['Max', 'Min', 'Disabled'];
    const selectPolicy = this.word(child(node, 'selectPolicy'), [...path, 'selectPolicy'], select);
    const tolerance = child(node, 'tolerance');
    const width =
      tolerance === undefined
        ? undefined
        : this.quantity(tolerance, [...path, 'tolerance'], readDouble, 0);
    const policies = this.policies(child(node, 'policies'), [...path, 'policies']);
    return {
      ...(window === undefined ? {} : { stabilizationWindowSeconds: window }),
      ...(selectPolicy === undefined
        ? {}
        : { selectPolicy: selectPolicy as 'Max' | 'Min' | 'Disabled' }),
      ...(policies === undefined ? {} : { policies }),
      ...(width === undefined ? {} : { tolerance: width }),
    };
  }

  private policies(node: SourceNode | undefined, path: Path): HpaScalingPolicy[] | undefined {
    if (node?.kind !== 'list') return undefined;
    if (node.items.length === 0) {
      const problem = 'at least one policy is needed';
      this.reporter.report('E_RANGE', { at: node.at, path }, { problem, got: 'an empty list' });
    }
    return node.items.flatMap((item, i) => {
      const at = [...path, i];
      const type = this.word(child(item, 'type'), [...at, 'type'], ['Pods', 'Percent']);
      const value = this.whole(child(item, 'value'), [...at, 'value'], PERCENT);
      const period = child(item, 'periodSeconds');
      const periodSeconds = this.whole(period, [...at, 'periodSeconds'], PERIOD);
      if (type === undefined || value === undefined || periodSeconds === undefined) return [];
      return [{ type: type as 'Pods' | 'Percent', value, periodSeconds }];
    });
  }
}
