/** Scenario fields of pods on their nodes: defaults, probes of Deployments, what is refused. */
import { describe, expect, test } from 'vitest';
import { sleepOf } from '../../../packages/engine/src/scenario/pre-stop.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { briefly, diagnosticsOf, parseText, scenarioOf, small } from './scenarios.ts';

const SECOND = 1_000_000;
const ONE = 'strategies: [{ kind: kubernetes }]\n';
const startup = (text: string, add = '') =>
  small({ add: `kubernetes: { startup: { ${text} } }\n${ONE}${add}` });

const refused = async (text: string) =>
  briefly(await diagnosticsOf(text)).map((line) => line.replace(/ \S+$/, ''));

async function startupOf(text: string): Promise<KubernetesStrategy['startup']> {
  const { strategies } = await scenarioOf(text);
  return (strategies[0] as KubernetesStrategy).startup;
}

/** The small scenario with a Deployment of the pod template given, and more lines. */
const deployed = (container: string, pod = '', more = '') =>
  small({
    add: `${more}${ONE}kubernetes:
  objects:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec:
        selector: { matchLabels: { app: web } }
        template:
          metadata: { labels: { app: web } }
          spec:
            ${pod}
            containers:
              - name: web
                image: web
                resources: { requests: { cpu: 500m }, limits: { memory: 1Gi, cpu: 500m } }
                ${container}
`,
  });

describe('the start of a pod', () => {
  test('has the defaults of the kubelet and of a plain start', async () => {
    expect(await startupOf(small({ add: ONE }))).toMatchObject({
      crowdedStartsPerNode: 2,
      probesWait: false,
      sliceInterval: SECOND,
      restarts: { backoff: 10 * SECOND, maxBackoff: 300 * SECOND },
      termination: { onTerm: 'drain', stopsPerNode: 1.67, crowdedStopsPerNode: 1.22 },
    });
  });

  test('may be CPU work, behind a load balancer, under a security platform', async () => {
    const text =
      'appWork: 11s, boost: 2, loadBalancer: {}, security: { admission: {}, sidecar: {}, imageScan: { capacity: 4 } }';
    expect(await startupOf(startup(text))).toMatchObject({
      appWork: 11 * SECOND,
      boost: 2,
      loadBalancer: {
        checkInterval: 30 * SECOND,
        healthyThreshold: 1,
        deregistrationDelay: 300 * SECOND,
      },
      security: {
        admission: { median: 50_000, sigma: 0.5 },
        imageScan: { median: 5 * SECOND, sigma: 0.5, capacity: 4 },
        sidecar: { cpuRequest: 100, latency: 2650, cpuPerRequest: 350 },
      },
    });
  });

  test.each([
    ['boost: 2', 'E_CONFLICT kubernetes.startup.boost'],
    ['slowsRequests: true', 'E_CONFLICT kubernetes.startup.slowsRequests'],
    ['appWork: 11s, app: { median: 20s }', 'E_CONFLICT kubernetes.startup.app.median'],
    ['appWork: 11s, appCpu: 500m', 'E_CONFLICT kubernetes.startup.appCpu'],
    ['loadBalancer: {}, proxySync: 2s', 'E_CONFLICT kubernetes.startup.proxySync'],
    ['restarts: { backoff: 10m }', 'E_MIN_MAX kubernetes.startup.restarts.backoff'],
    ['termination: { onTerm: ignore }', 'E_ENUM kubernetes.startup.termination.onTerm'],
    ['security: { sidecars: {} }', 'E_UNKNOWN_KEY kubernetes.startup.security.sidecars'],
  ])('%s is refused', async (text, expected) => {
    const found = await refused(startup(text));
    expect(found.map((line) => line.replace('strategies[0]', 'kubernetes'))).toEqual([expected]);
  });
});

describe('a Deployment', () => {
  test('has its probes, preStop and memory limit simulated', async () => {
    const text = deployed(
      `readinessProbe: { periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3 }
                livenessProbe: { httpGet: { path: /, port: 80 }, initialDelaySeconds: 7 }
                startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 60 }
                lifecycle: { preStop: { exec: { command: [sh, -c, "sleep 15 && nginx -s quit"] } } }`,
      'restartPolicy: Always',
    );
    const result = await parseText(text);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.warnings).toEqual([]);
    const probe = { initialDelay: 0, successThreshold: 1, failureThreshold: 3, timeout: SECOND };
    expect(result.scenario.services[0].workload).toMatchObject({
      readiness: { ...probe, period: 5 * SECOND, failureThreshold: 2, timeout: 3 * SECOND },
      liveness: { ...probe, period: 10 * SECOND, initialDelay: 7 * SECOND },
      startup: { ...probe, period: SECOND, failureThreshold: 60 },
      preStopSleep: 15 * SECOND,
      memoryLimit: 2 ** 30,
    });
  });

  test('without them has none, and a preStop that does not sleep is not simulated', async () => {
    const result = await parseText(
      deployed('lifecycle: { preStop: { exec: { command: [nginx, -s, quit] } } }'),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const [{ workload }] = result.scenario.services;
    expect(workload).not.toHaveProperty('liveness');
    expect(workload).not.toHaveProperty('startup');
    expect(workload.preStopSleep).toBe(0);
    expect(result.warnings[0].params.fields).toBe(
      'spec.template.spec.containers.lifecycle.preStop.exec.command',
    );
  });

  test.each([
    [['sleep', '15'], 15],
    [['/bin/sh', '-c', 'sleep 0.5; kill 1'], 0.5],
    [['sh', '-c', 'nginx -s quit; sleep 20s'], 20],
    [['nosleep', '3'], null],
    [['nginx', '-s', 'quit'], null],
  ])('%j sleeps %j', (command, expected) => {
    expect(sleepOf(command)).toBe(expected);
  });
});

describe('memory', () => {
  const MEMORY = '    memory: { base: 600Mi, perRequest: 2Mi }\n';

  test('is held against the limit of the Deployment', async () => {
    const { services } = await scenarioOf(deployed('', '', MEMORY));
    expect(services[0].memory).toEqual({ base: 600 * 2 ** 20, perRequest: 2 ** 21 });
  });

  test('is refused without a limit, or above it', async () => {
    const expected = ['E_CONFLICT services.web.memory'];
    expect(await refused(small({ add: MEMORY + ONE }))).toEqual(expected);
    const large = deployed('', '', MEMORY.replace('600Mi', '2Gi'));
    expect(await refused(large)).toEqual(['E_MIN_MAX services.web.memory.base']);
  });
});

describe('faults', () => {
  const fault = (text: string, strategies = ONE) =>
    small({ add: `faults: [ { ${text} } ]\n${strategies}` });

  test('are at a time of the scenario', async () => {
    const { faults } = await scenarioOf(fault('at: "07:50", service: web, count: 3'));
    expect(faults).toEqual([{ at: 300 * SECOND, kind: 'pod-crash', service: 'web', count: 3 }]);
    expect(await scenarioOf(small({ add: ONE }))).not.toHaveProperty('faults');
  });

  test('are refused where they cannot happen', async () => {
    expect(await refused(fault('at: +2h'))).toEqual(['E_RANGE faults[0].at']);
    expect(await refused(fault('at: +5m, service: wb'))).toEqual(['E_REF faults[0].service']);
    const vms = 'strategies: [{ kind: vm-peak }]\n';
    expect(await refused(fault('at: +5m', vms))).toEqual(['E_CONFLICT faults']);
  });
});
