/** Scheduler, spare room and quota in a scenario file: defaults, and what can never be. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { briefly, diagnosticsOf, scenarioOf, small } from './scenarios.ts';

const pods = (text: string, cluster = '') =>
  small({ add: `${cluster}strategies: [{ kind: kubernetes${text} }]\n` });

async function strategyOf(text: string): Promise<KubernetesStrategy> {
  const [strategy] = (await scenarioOf(text)).strategies;
  return strategy as KubernetesStrategy;
}

const refused = async (text: string) =>
  briefly(await diagnosticsOf(text)).map((line) => line.replace(/ \S+$/, ''));

describe('the scheduler', () => {
  test('by default does as Kubernetes does; the strategy overrides the cluster', async () => {
    const { scheduling, overprovisioning, quota } = await strategyOf(pods(''));
    expect(scheduling).toEqual({
      throughput: 100,
      score: 'LeastAllocated',
      initialBackoff: 1e6,
      maxBackoff: 1e7,
      unschedulableFor: 3e8,
      preemption: { median: 1_500_000, sigma: 0.4 },
    });
    expect([overprovisioning, quota]).toEqual([undefined, undefined]);
    const cluster = 'kubernetes: { scheduling: { throughput: 400/s, maxBackoff: 20s } }\n';
    const text = pods(', scheduling: { score: MostAllocated, maxBackoff: 5s }', cluster);
    const own = await strategyOf(text);
    expect(own.scheduling).toMatchObject({
      throughput: 400,
      score: 'MostAllocated',
      maxBackoff: 5e6,
    });
  });

  test('has no longest back-off below the first', async () => {
    expect(await refused(pods(', scheduling: { initialBackoff: 5s, maxBackoff: 1s }'))).toEqual([
      'E_MIN_MAX strategies[0].scheduling.maxBackoff',
    ]);
  });
});

describe('spare room', () => {
  test('is so many pause pods of a size, of the lowest priority that adds nodes', async () => {
    const text = pods(', overprovisioning: { replicas: 3, cpu: 2, memory: 1Gi }');
    const { overprovisioning } = await strategyOf(text);
    expect(overprovisioning).toEqual({ replicas: 3, cpu: 2000, memory: 2 ** 30, priority: -10 });
  });

  test.each([
    ['replicas: 1, cpu: 40, memory: 1Gi', 'E_UNSCHEDULABLE strategies[0].overprovisioning'],
    ['replicas: 1, cpu: 1, memory: 99Gi', 'E_UNSCHEDULABLE strategies[0].overprovisioning'],
    ['replicas: 0, cpu: 1, memory: 1Gi', 'E_RANGE strategies[0].overprovisioning.replicas'],
    ['replicas: 1, cpu: 1', 'E_REQUIRED strategies[0].overprovisioning.memory'],
    [
      'replicas: 1, cpu: 1, memory: 1Gi, priority: 0',
      'E_RANGE strategies[0].overprovisioning.priority',
    ],
  ])('{ %s } is refused', async (text, expected) => {
    expect(await refused(pods(`, overprovisioning: { ${text} }`))).toEqual([expected]);
  });

  test('has a name that no service may have', async () => {
    const text = pods(', overprovisioning: { replicas: 1, cpu: 1, memory: 1Gi }');
    expect(await refused(text.replace('  web:', '  pause-pods:'))).toEqual([
      'E_CONFLICT strategies[0].overprovisioning',
    ]);
  });
});

describe('a quota', () => {
  test('limits CPU, memory, pods, or some of them', async () => {
    const { quota } = await strategyOf(pods(', quota: { cpu: 40, pods: 30 }'));
    expect(quota).toEqual({ cpu: 40_000, pods: 30 });
  });

  test.each([
    ['', 'E_REQUIRED strategies[0].quota'],
    ['cpu: 500m', 'E_UNSCHEDULABLE strategies[0].quota.cpu'],
    ['memory: 1Mi', 'E_UNSCHEDULABLE strategies[0].quota.memory'],
    ['pods: 0', 'E_RANGE strategies[0].quota.pods'],
  ])('{ %s } is refused', async (text, expected) => {
    expect(await refused(pods(`, quota: { ${text} }`))).toEqual([expected]);
  });

  test('must have room for the sidecar of a pod as well', async () => {
    const sidecar = (cpuRequest: string) =>
      pods(
        `, quota: { cpu: 2 }, startup: { security: { sidecar: { cpuRequest: ${cpuRequest} } } }`,
      );
    expect((await strategyOf(sidecar('500m'))).quota).toEqual({ cpu: 2000 });
    expect(await refused(sidecar('1500m'))).toEqual(['E_UNSCHEDULABLE strategies[0].quota.cpu']);
  });
});

test('a node takes as many pods as its kubelet is told', async () => {
  const offered = async (text: string) => {
    const scenario = await scenarioOf(pods(text));
    const { provision } = compile(scenario, scenario.strategies[0].name, 0);
    return provision.kind === 'cluster' && provision.pools[0].offerings[0].allocatable.pods;
  };
  expect(await offered('')).toBe(110);
  expect(await offered(', nodes: { maxPods: 400 }')).toBe(400);
});
