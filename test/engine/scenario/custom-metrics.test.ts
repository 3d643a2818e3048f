/** Custom metrics in scenario files: what they declare, and HPAs that name them. */
import { describe, expect, test } from 'vitest';
import { diagnosticsOf, parseText, scenarioOf, small } from './scenarios.ts';

const TARGET = { type: 'AverageValue', averageValue: '100' };
const PODS = {
  type: 'Pods',
  pods: { metric: { name: 'http_requests_per_second' }, target: TARGET },
};
const EXTERNAL = {
  type: 'External',
  external: { metric: { name: 'queue_length' }, target: { type: 'Value', value: '1500m' } },
};
const object = (name: string, kind = 'Service') => ({
  type: 'Object',
  object: {
    metric: { name: 'queue_length' },
    describedObject: { apiVersion: 'v1', kind, name },
    target: TARGET,
  },
});
const container = (name: string) => ({
  type: 'ContainerResource',
  containerResource: {
    name: 'cpu',
    container: name,
    target: { type: 'Utilization', averageUtilization: 60 },
  },
});

const deployment = (...names: readonly string[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: names.map((name) => ({
          name,
          image: 'web:1',
          resources: { requests: { cpu: '1' }, limits: { cpu: '1' } },
        })),
      },
    },
  },
});

const DECLARED =
  '{ http_requests_per_second: { measure: requests-per-second, delay: 30s },' +
  ' queue_length: { measure: queue-length, resolution: 15s } }';

function withMetrics(
  metrics: readonly object[],
  custom = DECLARED,
  others: readonly object[] = [],
) {
  const hpa = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 20,
      metrics,
    },
  };
  const objects = JSON.stringify([hpa, ...others]);
  return small({ add: `kubernetes:\n  metrics: { custom: ${custom} }\n  objects: ${objects}\n` });
}

const codes = async (text: string) =>
  (await diagnosticsOf(text)).map(({ code, path }) => `${code} ${path}`);

test('each type of metric is read, with its target in thousandths', async () => {
  const { services, metrics } = await scenarioOf(withMetrics([PODS, EXTERNAL, object('web')]));
  const averageValue = { type: 'AverageValue', averageValue: 100_000 };
  expect(services[0]?.hpa?.metrics).toEqual([
    { type: 'Pods', name: 'http_requests_per_second', target: averageValue },
    { type: 'External', name: 'queue_length', target: { type: 'Value', value: 1500 } },
    { type: 'Object', name: 'queue_length', target: averageValue },
  ]);
  expect(metrics.custom).toEqual({
    http_requests_per_second: {
      measure: 'requests-per-second',
      window: 120e6,
      delay: 30e6,
      resolution: 60e6,
    },
    queue_length: { measure: 'queue-length', window: 120e6, delay: 0, resolution: 15e6 },
  });
});

describe('refused', () => {
  const at = 'kubernetes.objects[0].spec.metrics[0]';

  test('a metric that nobody declared: the error says what to write', async () => {
    const [error, ...others] = await diagnosticsOf(withMetrics([PODS], '{}'));
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 'E_REF', path: `${at}.pods.metric.name` });
    expect(error?.hint).toContain(
      'kubernetes.metrics.custom: { http_requests_per_second: { measure: requests-per-second |',
    );
  });

  test.each([
    [
      'a queue is not a measure of a pod',
      { type: 'Pods', pods: { metric: { name: 'queue_length' }, target: TARGET } },
      `E_CONFLICT ${at}.pods.metric.name`,
    ],
    [
      'a Service that is not the one measured',
      object('checkout'),
      `E_CONFLICT ${at}.object.metric.name`,
    ],
    [
      'a Pods metric with a Value',
      {
        type: 'Pods',
        pods: { ...PODS.pods, target: { type: 'Value', value: '1' } },
      },
      `E_ENUM ${at}.pods.target.type`,
    ],
  ])('%s', async (_, metric, expected) => {
    expect(await codes(withMetrics([metric]))).toEqual([expected]);
  });

  test('an Ingress may stand for the service behind it', async () => {
    expect(await codes(withMetrics([object('front', 'Ingress')]))).toEqual([]);
  });

  const custom = 'kubernetes.metrics.custom';
  test.each([
    [
      'an unknown service',
      '{ q: { measure: queue-length, service: wbe } }',
      `E_REF ${custom}.q.service`,
    ],
    ['an unknown measure', '{ q: { measure: length } }', `E_ENUM ${custom}.q.measure`],
    ['no measure', '{ q: {} }', `E_REQUIRED ${custom}.q.measure`],
    ['a name with a blank', '{ "a b": { measure: queue-length } }', `E_NAME ${custom}["a b"]`],
    [
      'a rate over less than two samples',
      '{ r: { measure: arrival-rate, window: 59s, resolution: 30s } }',
      `E_RANGE ${custom}.r.window`,
    ],
    [
      'a mean over less than one sample',
      '{ q: { measure: queue-length, window: 29s, resolution: 30s } }',
      `E_RANGE ${custom}.q.window`,
    ],
  ])('%s', async (_, declared, expected) => {
    expect(await codes(withMetrics([], declared))).toEqual([expected]);
  });
});

test('a selector of a metric is not simulated, and that is said', async () => {
  const metric = { name: 'queue_length', selector: { matchLabels: { queue: 'a' } } };
  const result = await parseText(
    withMetrics([{ type: 'External', external: { ...EXTERNAL.external, metric } }]),
  );
  expect(result.ok && result.warnings).toMatchObject([
    { params: { fields: 'spec.metrics.external.metric.selector' } },
  ]);
});

describe('CPU of a container', () => {
  test('is that of a pod with this container alone', async () => {
    const text = withMetrics([container('app')], '{}', [deployment('app')]);
    const [service] = (await scenarioOf(text)).services;
    expect(service?.hpa?.metrics).toEqual([
      {
        type: 'ContainerResource',
        name: 'cpu',
        container: 'app',
        target: { type: 'Utilization', averageUtilization: 60 },
      },
    ]);
  });

  test.each([
    ['another name', ['app'], 'E_REF'],
    ['a sidecar', ['web', 'proxy'], 'E_UNSUPPORTED'],
  ])('%s is refused', async (_, names, code) => {
    const text = withMetrics([container('web')], '{}', [deployment(...names)]);
    expect((await diagnosticsOf(text)).map((one) => one.code)).toEqual([code]);
  });
});
