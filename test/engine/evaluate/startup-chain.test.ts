import { describe, expect, it } from 'vitest';
import { startupChain } from '../../../packages/engine/src/evaluate/startup-chain.ts';
import type { NodeLife, PodLife } from '../../../packages/engine/src/ledger/ledger.ts';

const pod = (life: Partial<PodLife> & { wanted: number }): PodLife => ({
  service: 'shop',
  ordinal: 0,
  ...life,
});

const node = (life: Partial<NodeLife>): NodeLife => ({
  type: 'm',
  pool: 'p',
  zone: 'a',
  plan: 'on-demand',
  requested: 0,
  ...life,
});

const whole = (wanted: number) =>
  pod({
    wanted,
    created: wanted + 1,
    bound: wanted + 3,
    imagePresent: wanted + 10,
    started: wanted + 11,
    appUp: wanted + 31,
    ready: wanted + 35,
    routed: wanted + 36,
  });

describe('the way from the wish for a pod to its first request', () => {
  it('is the length of every stage, and their sum', () => {
    const chain = startupChain([whole(100)], []);
    expect(chain?.stages.map(({ stage, median }) => [stage, median])).toEqual([
      ['create', 1],
      ['bind', 2],
      ['image', 7],
      ['container', 1],
      ['app', 20],
      ['probes', 4],
      ['routing', 1],
    ]);
    expect(chain?.total).toEqual({ mean: 36, median: 36, p95: 36 });
    expect(chain?.first).toEqual({ wanted: 100, routed: 136 });
  });

  it('takes median and 95th percentile by the nearest rank', () => {
    const routed = Array.from({ length: 20 }, (_, i) =>
      pod({ wanted: 1, routed: 1 + 10 * (i + 1) }),
    );
    expect(startupChain(routed, [])?.total).toEqual({ mean: 105, median: 100, p95: 190 });
  });

  it('leaves out pods of before the run and pause pods, and counts who never served', () => {
    const lives = [
      whole(-3_600_000_000),
      { ...whole(5), service: 'pause-pods' },
      whole(7),
      pod({ wanted: 8, created: 9 }),
    ];
    expect(startupChain(lives, [])).toMatchObject({ pods: 1, unfinished: 1 });
    expect(startupChain(lives.slice(0, 2), [])).toBeNull();
    expect(startupChain([pod({ wanted: 8 })], [])).toMatchObject({
      pods: 0,
      first: null,
      total: null,
    });
  });

  it('ends when requests reach the pod, though its application is not up yet', () => {
    const early = pod({
      wanted: 0,
      created: 0,
      bound: 2,
      started: 4,
      ready: 4,
      routed: 5,
      appUp: 30,
    });
    const chain = startupChain([early], []);
    const sum = chain?.stages.reduce((total, { mean }) => total + mean, 0);
    expect(sum).toBe(chain?.total?.mean);
    expect(chain?.stages.find(({ stage }) => stage === 'app')).toMatchObject({ mean: 1 });
  });

  it('has no stage that no pod went through: a VM pulls no image', () => {
    const vm = pod({
      wanted: 0,
      created: 0,
      bound: 22,
      started: 30,
      appUp: 50,
      ready: 60,
      routed: 60,
    });
    expect(startupChain([vm], [])?.stages.map(({ stage }) => stage)).not.toContain('image');
  });

  it('counts nodes that were ordered in the run and became usable', () => {
    const nodes = [
      node({ stood: true, usable: 0 }),
      node({ requested: 10, usable: 60 }),
      node({ requested: 10, end: 'stock-out' }),
    ];
    expect(startupChain([whole(1)], nodes)?.nodes).toEqual({ mean: 50, median: 50, p95: 50 });
    expect(startupChain([whole(1)], [])?.nodes).toBeNull();
  });
});
