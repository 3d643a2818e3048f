import { describe, expect, test } from 'vitest';
import { briefly, diagnosticsOf, parseText, SMALL, scenarioOf } from './scenarios.ts';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'registry.example/web:1',
            resources: {
              requests: { cpu: '1500m', memory: '512Mi' },
              limits: { cpu: '2', memory: '1Gi' },
            },
          },
        ],
      },
    },
  },
};

const HPA = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web-hpa' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 2,
    maxReplicas: 20,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
      },
    ],
  },
};

type Change = readonly [path: string, value: unknown];

/** A copy with values set (undefined = removed) at dotted paths. */
function changed(object: object, ...changes: readonly Change[]): object {
  const copy = structuredClone(object);
  for (const [path, value] of changes) {
    const steps = path.split('.');
    let at = copy as Record<string, unknown>;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    const last = steps.at(-1) as string;
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return copy;
}

const withObjects = (...objects: readonly unknown[]) =>
  `${SMALL}kubernetes:\n  objects: ${JSON.stringify(objects)}\n`;

const CONTAINER = 'spec.template.spec.containers.0';
const refused = async (...objects: readonly unknown[]) =>
  briefly(await diagnosticsOf(withObjects(...objects))).map((line) => line.replace(/ \S+$/, ''));

describe('Deployments', () => {
  test('give the service its workload', async () => {
    const [service] = (await scenarioOf(withObjects(DEPLOYMENT))).services;
    expect(service?.workload).toEqual({
      replicas: 4,
      cpuRequest: 1500,
      cpuLimit: 2000,
      memoryRequest: 512 * 2 ** 20,
      memoryLimit: 2 ** 30,
      readiness: { initialDelay: 0, period: 10e6, successThreshold: 1 },
      terminationGracePeriod: 30e6,
      preStopSleep: 0,
    });
    expect(service?.hpa).toBeUndefined();
  });

  test('a service without one has the documented defaults', async () => {
    const [service] = (await scenarioOf(SMALL)).services;
    expect(service?.workload).toMatchObject({
      replicas: 1,
      cpuRequest: 1000,
      cpuLimit: 1000,
      memoryRequest: 2 ** 30,
    });
  });

  test('sum over containers; limits stand in for requests', async () => {
    const second = { name: 'side', resources: { limits: { cpu: '500m', memory: '128Mi' } } };
    const containers = [...DEPLOYMENT.spec.template.spec.containers, second];
    const object = changed(DEPLOYMENT, ['spec.template.spec.containers', containers]);
    const [service] = (await scenarioOf(withObjects(object))).services;
    expect(service?.workload).toMatchObject({
      cpuRequest: 2000,
      cpuLimit: 2500,
      memoryRequest: 640 * 2 ** 20,
    });
  });

  test('probe, grace period and preStop sleep', async () => {
    const object = changed(
      DEPLOYMENT,
      [
        `${CONTAINER}.readinessProbe`,
        { periodSeconds: 5, initialDelaySeconds: 3, successThreshold: 2, tcpSocket: { port: 80 } },
      ],
      [`${CONTAINER}.lifecycle`, { preStop: { sleep: { seconds: 7 } } }],
      ['spec.template.spec.terminationGracePeriodSeconds', 45],
    );
    const [service] = (await scenarioOf(withObjects(object))).services;
    expect(service?.workload).toMatchObject({
      readiness: { initialDelay: 3e6, period: 5e6, successThreshold: 2 },
      terminationGracePeriod: 45e6,
      preStopSleep: 7e6,
    });
  });

  test('what is valid but not simulated is named once per object', async () => {
    const object = changed(
      DEPLOYMENT,
      [`${CONTAINER}.env`, [{ name: 'A', value: '1' }]],
      [`${CONTAINER}.livenessProbe`, { terminationGracePeriodSeconds: 5 }],
      ['spec.strategy', { type: 'Recreate' }],
      ['metadata.labels', { a: 'b' }],
      ['status', { replicas: 3 }],
    );
    const result = await parseText(withObjects(object));
    expect(result.ok && result.warnings).toEqual([
      {
        key: 'warning.not-simulated',
        params: {
          object: 'Deployment web',
          fields:
            'spec.template.spec.containers.env, spec.template.spec.containers.livenessProbe.terminationGracePeriodSeconds, spec.strategy',
        },
      },
    ]);
  });

  test('what kubectl prints is accepted: nulls, status, managed fields, lists', async () => {
    const printed = changed(
      DEPLOYMENT,
      ['metadata.creationTimestamp', null],
      [
        'metadata.managedFields',
        [{ manager: 'kubectl', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }],
      ],
      ['metadata.annotations', { 'deployment.kubernetes.io/revision': '1' }],
      ['spec.template.metadata.creationTimestamp', null],
      ['status', { availableReplicas: 4, conditions: [] }],
    );
    const list = { apiVersion: 'v1', kind: 'List', items: [printed, HPA], metadata: {} };
    const [service] = (await scenarioOf(withObjects(list))).services;
    expect(service?.workload.replicas).toBe(4);
    expect(service?.hpa?.maxReplicas).toBe(20);
  });

  test('errors point into the object', async () => {
    const text = `${SMALL}kubernetes:
  objects:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec:
        selector: {}
        template:
          spec:
            containers:
              - name: app
                resources: { requests: { cpu: 1e3m, memory: 1Gib } }
                redinessProbe: {}
`;
    expect(briefly(await diagnosticsOf(text))).toEqual([
      'E_QUANTITY kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.cpu 21:47',
      'E_QUANTITY kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.memory 21:61',
      'E_UNKNOWN_KEY kubernetes.objects[0].spec.template.spec.containers[0].redinessProbe 22:17',
    ]);
    const [cpu, memory, probe] = await diagnosticsOf(text);
    expect(cpu).toMatchObject({ problem: 'not a quantity', got: '"1e3m"' });
    expect(memory?.hint).toBe('did you mean 1Gi?');
    expect(probe?.hint).toBe('did you mean readinessProbe?');
  });

  test.each<[string, Change, string]>([
    ['replicas as text', ['spec.replicas', '3'], 'E_TYPE kubernetes.objects[0].spec.replicas'],
    ['negative replicas', ['spec.replicas', -3], 'E_RANGE kubernetes.objects[0].spec.replicas'],
    ['no selector', ['spec.selector', undefined], 'E_REQUIRED kubernetes.objects[0].spec.selector'],
    ['no name', ['metadata', {}], 'E_REQUIRED kubernetes.objects[0].metadata.name'],
    ['other service', ['metadata.name', 'wep'], 'E_REF kubernetes.objects[0].metadata.name'],
    ['unknown spec key', ['spec.replicaz', 3], 'E_UNKNOWN_KEY kubernetes.objects[0].spec.replicaz'],
    ['unknown top key', ['sepc', {}], 'E_UNKNOWN_KEY kubernetes.objects[0].sepc'],
    ['other kind', ['kind', 'StatefulSet'], 'E_KIND kubernetes.objects[0].kind'],
    ['old version', ['apiVersion', 'apps/v1beta1'], 'E_KIND kubernetes.objects[0].kind'],
    ['no version', ['apiVersion', undefined], 'E_REQUIRED kubernetes.objects[0].apiVersion'],
    [
      'request above limit',
      [`${CONTAINER}.resources.requests.cpu`, '3'],
      'E_MIN_MAX kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.cpu',
    ],
    [
      'memory without unit',
      [`${CONTAINER}.resources.requests.memory`, 512],
      'E_QUANTITY kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.memory',
    ],
    [
      'CPU too fine',
      [`${CONTAINER}.resources.requests.cpu`, 0.0001],
      'E_QUANTITY kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.cpu',
    ],
    [
      'two suffixes',
      [`${CONTAINER}.resources.requests.cpu`, '1e3m'],
      'E_QUANTITY kubernetes.objects[0].spec.template.spec.containers[0].resources.requests.cpu',
    ],
    [
      'no containers',
      ['spec.template.spec.containers', []],
      'E_REQUIRED kubernetes.objects[0].spec.template.spec.containers',
    ],
  ])('%s', async (_, change, expected) => {
    expect(await refused(changed(DEPLOYMENT, change))).toEqual([expected]);
  });

  test('more than fits on a node, also only after what is reserved', async () => {
    const request = (cpu: string) =>
      changed(DEPLOYMENT, [`${CONTAINER}.resources`, { requests: { cpu } }]);
    expect(await refused(request('20'))).toEqual(['E_UNSCHEDULABLE strategies[1].nodes.type']);
    expect(await refused(request('15900m'))).toEqual(['E_UNSCHEDULABLE strategies[1].nodes.type']);
    expect(await refused(request('15800m'))).toEqual([]);
  });

  test('a pod that fits on no node is shown where its service stands', async () => {
    const text = `${SMALL}kubernetes: { nodes: { reservedCpu: 15500m } }\n`;
    const [found] = await diagnosticsOf(text);
    expect(found).toMatchObject({ code: 'E_UNSCHEDULABLE', at: { line: 8 } });
  });

  test('twice the same', async () => {
    expect(await refused(DEPLOYMENT, DEPLOYMENT)).toEqual([
      'E_DUP_NAME kubernetes.objects[1].metadata.name',
    ]);
  });

  test('not an object', async () => {
    expect(await refused('x', [1], {})).toEqual([
      'E_TYPE kubernetes.objects[0]',
      'E_TYPE kubernetes.objects[1]',
      'E_REQUIRED kubernetes.objects[2].kind',
    ]);
  });
});

describe('HorizontalPodAutoscalers', () => {
  test('give the service its HPA, verbatim', async () => {
    const behavior = {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
        tolerance: '50m',
      },
      scaleDown: { selectPolicy: 'Disabled' },
    };
    const object = changed(HPA, ['spec.behavior', behavior]);
    const [service] = (await scenarioOf(withObjects(object))).services;
    expect(service?.hpa).toEqual({
      minReplicas: 2,
      maxReplicas: 20,
      metrics: [
        { type: 'Resource', name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
      ],
      behavior: {
        scaleUp: { ...behavior.scaleUp, tolerance: 0.05 },
        scaleDown: { selectPolicy: 'Disabled' },
      },
    });
  });

  test('an average value is read in milli-units', async () => {
    const target = { type: 'AverageValue', averageValue: '750m' };
    const object = changed(HPA, ['spec.metrics.0.resource.target', target]);
    const [service] = (await scenarioOf(withObjects(object))).services;
    expect(service?.hpa?.metrics?.[0]?.target).toEqual({ type: 'AverageValue', averageValue: 750 });
  });

  const at = 'kubernetes.objects[0].spec';
  test.each<[string, Change, string]>([
    ['min above max', ['spec.minReplicas', 80], `E_MIN_MAX ${at}.maxReplicas`],
    ['max 0', ['spec.maxReplicas', 0], `E_RANGE ${at}.maxReplicas`],
    ['no max', ['spec.maxReplicas', undefined], `E_REQUIRED ${at}.maxReplicas`],
    [
      'target 0 %',
      ['spec.metrics.0.resource.target.averageUtilization', 0],
      `E_RANGE ${at}.metrics[0].resource.target.averageUtilization`,
    ],
    [
      'target missing',
      ['spec.metrics.0.resource.target', { type: 'Utilization' }],
      `E_REQUIRED ${at}.metrics[0].resource.target.averageUtilization`,
    ],
    [
      'target Value',
      ['spec.metrics.0.resource.target', { type: 'Value', value: '1' }],
      `E_ENUM ${at}.metrics[0].resource.target.type`,
    ],
    ['memory', ['spec.metrics.0.resource.name', 'memory'], `E_UNSUPPORTED ${at}.metrics[0]`],
    [
      'external',
      [
        'spec.metrics.0',
        {
          type: 'External',
          external: { metric: { name: 'q' }, target: { type: 'Value', value: 1 } },
        },
      ],
      `E_REF ${at}.metrics[0].external.metric.name`,
    ],
    ['metric type', ['spec.metrics.0.type', 'Resurce'], `E_ENUM ${at}.metrics[0].type`],
    [
      'long window',
      ['spec.behavior', { scaleDown: { stabilizationWindowSeconds: 3601 } }],
      `E_RANGE ${at}.behavior.scaleDown.stabilizationWindowSeconds`,
    ],
    [
      'no policies',
      ['spec.behavior', { scaleUp: { policies: [] } }],
      `E_RANGE ${at}.behavior.scaleUp.policies`,
    ],
    [
      'policy period',
      [
        'spec.behavior',
        { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 1801 }] } },
      ],
      `E_RANGE ${at}.behavior.scaleUp.policies[0].periodSeconds`,
    ],
    [
      'policy type',
      ['spec.behavior', { scaleUp: { policies: [{ type: 'Pod', value: 1, periodSeconds: 15 }] } }],
      `E_ENUM ${at}.behavior.scaleUp.policies[0].type`,
    ],
    [
      'negative tolerance',
      ['spec.behavior', { scaleUp: { tolerance: '-0.1' } }],
      `E_RANGE ${at}.behavior.scaleUp.tolerance`,
    ],
    ['other service', ['spec.scaleTargetRef.name', 'wep'], `E_REF ${at}.scaleTargetRef`],
    [
      'other target kind',
      ['spec.scaleTargetRef.kind', 'StatefulSet'],
      `E_UNSUPPORTED ${at}.scaleTargetRef`,
    ],
    ['unknown key', ['spec.behaviour', {}], `E_UNKNOWN_KEY ${at}.behaviour`],
  ])('%s', async (_, change, expected) => {
    expect(await refused(changed(HPA, change))).toEqual([expected]);
  });

  test('min and max are both named', async () => {
    const [found] = await diagnosticsOf(withObjects(changed(HPA, ['spec.minReplicas', 80])));
    expect(found?.got).toBe('minReplicas 80, maxReplicas 20');
  });

  test('a utilization target needs requests on every container', async () => {
    const bare = changed(DEPLOYMENT, [`${CONTAINER}.resources`, undefined]);
    const text = (objects: readonly object[], strategy: string) =>
      `${withObjects(...objects)}strategies: [${strategy}]\n`;
    const codes = async (objects: readonly object[], strategy: string) =>
      (await diagnosticsOf(text(objects, strategy))).map(({ code }) => code);
    expect(await codes([bare, HPA], '{ kind: kubernetes }')).toEqual(['E_HPA_REQUEST']);
    expect(await codes([bare], '{ kind: kubernetes }')).toEqual(['E_HPA_REQUEST']);
    expect(await codes([bare], '{ kind: kubernetes, autoscaler: fixed }')).toEqual([]);
    const target = { type: 'AverageValue', averageValue: '1' };
    const average = changed(HPA, ['spec.metrics.0.resource.target', target]);
    expect(await codes([bare, average], '{ kind: kubernetes }')).toEqual([]);
  });

  test('two for one service', async () => {
    expect(await refused(HPA, HPA)).toEqual([
      'E_DUP_NAME kubernetes.objects[1].spec.scaleTargetRef',
    ]);
  });
});
