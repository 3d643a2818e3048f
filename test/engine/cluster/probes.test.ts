/** When probes run, and what follows: the grid of the kubelet's probe workers. */
import { describe, expect, test } from 'vitest';
import { probeUp, tickFrom } from '../../../packages/engine/src/cluster/probes.ts';
import type { Workload } from '../../../packages/engine/src/scenario/scenario.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { between, type ChainSpec, newcomers, runChain, seconds } from './chain.ts';
import { addNode, addPod, worldOf } from './world.ts';

const probe = (period: number, more: Partial<Workload['readiness']> = {}) => ({
  initialDelay: 0,
  period: period * SECOND,
  successThreshold: 1,
  ...more,
});

/** Seconds from the admission of a new pod until it is ready; its container starts after 1.5 s. */
function readyAfter(spec: ChainSpec): number {
  const [life] = newcomers(runChain(spec));
  return between(life, 'bound', 'ready');
}

test('a ticker ticks every period from its beginning on', () => {
  expect(tickFrom(3, 10, 3)).toBe(3);
  expect(tickFrom(3, 10, 4)).toBe(13);
  expect(tickFrom(3, 10, 33)).toBe(33);
});

describe('the readiness probe', () => {
  test('has its grid from the start of its container on: its run there resets the ticker', () => {
    // Up 19.5 s after the admission; from the admission on the grid would say 20 s.
    expect(readyAfter({})).toBeCloseTo(21.5, 5);
    expect(readyAfter({ startup: { app: seconds(21) } })).toBeCloseTo(31.5, 5);
    const image = { size: 350e6, cached: false, baked: false, rate: 70e6, sigma: 0 };
    const nodes = { min: 2, max: 2 };
    // 5 s of pulling move it as well.
    const pull = readyAfter({ startup: { image }, nodes, replicas: [1, 2] });
    expect(pull % 10).toBeCloseTo(6.5, 5);
  });

  test('runs once when the container starts: what answers then is ready at once', () => {
    const workload = { readiness: probe(10) };
    expect(readyAfter({ workload, startup: { app: seconds(0) } })).toBeCloseTo(1.5, 5);
  });

  test('is not asked before the initial delay', () => {
    const workload = { readiness: probe(10, { initialDelay: 20 * SECOND }) };
    expect(readyAfter({ workload })).toBeCloseTo(21.5, 5);
    const odd = { readiness: probe(10, { initialDelay: 21 * SECOND }) };
    expect(readyAfter({ workload: odd })).toBeCloseTo(31.5, 5);
  });

  test('must succeed as often in a row as demanded', () => {
    const workload = { readiness: probe(10, { successThreshold: 3 }) };
    expect(readyAfter({ workload })).toBeCloseTo(41.5, 5);
    // The one at the start of the container counts.
    expect(readyAfter({ workload, startup: { app: seconds(0) } })).toBeCloseTo(21.5, 5);
  });

  test('where the kubelet is younger than a period it may begin later than the container', () => {
    const phase = (usable: number, draw: number) => {
      const world = worldOf();
      const node = addNode(world);
      node.life.usable = usable * SECOND;
      const pod = addPod(world, { node, state: 'starting', startTime: 100 * SECOND });
      Object.assign(pod.container, { startedAt: 101 * SECOND });
      Object.assign(pod.container.draws, { readiness: draw });
      probeUp(world, pod, 102 * SECOND);
      return Math.round(world.calendar.nextTime / SECOND);
    };
    expect(phase(95, 0.4)).toBe(104);
    expect(phase(95, 0.05)).toBe(111);
    expect(phase(80, 0.4)).toBe(111);
    // Nodes that stand from the beginning are old.
    expect(phase(0, 0.4)).toBe(111);
  });
});

describe('the startup probe', () => {
  test('lets the others wait, and brings on a readiness probe when it succeeds', () => {
    const startup = probe(5, { failureThreshold: 30 });
    const workload = { readiness: probe(60), startup };
    expect(readyAfter({ workload })).toBeCloseTo(20, 5);
  });

  test('kills a container that is not up in time', () => {
    const workload = { startup: probe(5, { failureThreshold: 3 }) };
    const [life] = newcomers(runChain({ workload }));
    // Ticks at 5, 10 and 15 s after the admission.
    const [first] = life.restarts ?? [];
    expect(first.cause).toBe('startup');
    expect((first.at - Number(life.bound)) / SECOND).toBeCloseTo(15, 5);
    expect(life.ready).toBeUndefined();
  });
});

describe('the liveness probe', () => {
  const slow = { startup: { app: seconds(40) } };

  test('kills an application that starts slowly: failureThreshold · period after the start', () => {
    const [life] = newcomers(runChain({ ...slow, workload: { liveness: probe(10) } }));
    const [first] = life.restarts ?? [];
    expect(first.cause).toBe('liveness');
    expect((first.at - Number(life.bound)) / SECOND).toBeCloseTo(30, 5);
    expect(life.ready).toBeUndefined();
    expect(life.restarts?.length).toBeGreaterThan(2);
  });

  test('does not, with an initial delay or a startup probe that is patient enough', () => {
    const delayed = probe(10, { initialDelay: 20 * SECOND });
    const [one] = newcomers(runChain({ ...slow, workload: { liveness: delayed } }));
    expect(one.restarts).toBeUndefined();
    const startup = probe(10, { failureThreshold: 30 });
    const [other] = newcomers(runChain({ ...slow, workload: { liveness: probe(10), startup } }));
    expect(other.restarts).toBeUndefined();
    expect(other.ready).toBeDefined();
  });
});

describe('probes that wait in the queue of an overloaded pod', () => {
  const overload = {
    rate: 1500,
    replicas: [1, 1] as const,
    service: { queue: { limit: 100_000 } },
    length: 120,
  };

  test('fail after their timeout: liveness kills, readiness takes the pod out', () => {
    const liveness = probe(10, { timeout: SECOND, failureThreshold: 3 });
    const killed = runChain({ ...overload, workload: { liveness }, startup: { probesWait: true } });
    expect(killed.ledger.pods[0].restarts?.[0].cause).toBe('liveness');
    const readiness = probe(5, { failureThreshold: 2 });
    const out = runChain({ ...overload, workload: { readiness }, startup: { probesWait: true } });
    expect(out.ledger.pods[0].restarts).toBeUndefined();
    expect(out.ledger.pods[0].outages?.length).toBeGreaterThan(0);
  });

  test('do not, unless the scenario says so', () => {
    const liveness = probe(10, { failureThreshold: 1 });
    const calm = runChain({ ...overload, workload: { liveness } });
    expect(calm.ledger.pods[0].restarts).toBeUndefined();
  });
});
