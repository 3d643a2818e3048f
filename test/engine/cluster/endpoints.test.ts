/** From ready to routed: EndpointSlice syncs, load balancer, NetworkPolicy. */
import { describe, expect, test } from 'vitest';
import { heardAt } from '../../../packages/engine/src/cluster/endpoints.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { between, type ChainSpec, newcomers, runChain, seconds } from './chain.ts';
import { addPod, worldOf } from './world.ts';

function routedAfter(spec: ChainSpec): number {
  const [life] = newcomers(runChain(spec));
  return between(life, 'ready', 'routed');
}

test('kube-proxy: slice, sync, write', () => {
  expect(routedAfter({})).toBeCloseTo(0.5, 5);
});

test('the EndpointSlices of a service are written once a second at most', () => {
  const world = worldOf();
  const [one, two, three, four] = [0, 0, 0, 0].map(() => addPod(world));
  // 0.2 s slice, 0 … s sync, 0.3 s proxy.
  const heard = [
    heardAt(world, one, 0, true),
    heardAt(world, two, 0.1 * SECOND, true),
    heardAt(world, three, 0.6 * SECOND, true),
    heardAt(world, four, 5 * SECOND, true),
  ];
  expect(heard.map((time) => Math.round(time / 1e4) / 100)).toEqual([0.5, 1.5, 1.5, 5.5]);
});

describe('an external load balancer', () => {
  const loadBalancer = {
    checkInterval: 30 * SECOND,
    healthyThreshold: 1,
    deregistrationDelay: 300 * SECOND,
  };

  test('sends after the first check that a target passes', () => {
    const after = routedAfter({ startup: { loadBalancer } });
    expect(after).toBeGreaterThan(0.2);
    expect(after).toBeLessThanOrEqual(30.2);
    const thrice = routedAfter({
      startup: { loadBalancer: { ...loadBalancer, healthyThreshold: 3 } },
    });
    expect(thrice - after).toBeCloseTo(60, 5);
  });

  test('forgets a target as soon as the slice says so', () => {
    const world = worldOf();
    const startup = { ...world.model.strategy.startup, loadBalancer };
    const strategy = { ...world.model.strategy, startup };
    const balanced = { ...world, model: { ...world.model, strategy } };
    expect(heardAt(balanced, addPod(balanced), 0, false)).toBe(0.2 * SECOND);
  });
});

test('NetworkPolicy may let clients in later than the endpoints', () => {
  const security = { networkPolicy: seconds(60) };
  const [life] = newcomers(runChain({ startup: { security } }));
  expect(between(life, 'started', 'routed')).toBeCloseTo(60, 5);
  expect(routedAfter({ startup: { security: { networkPolicy: seconds(1) } } })).toBeCloseTo(0.5, 5);
});
