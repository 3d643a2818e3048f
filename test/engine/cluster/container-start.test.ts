/** The node’s turn: how many containers a node starts, and what comes before and beside them. */
import { describe, expect, test } from 'vitest';
import { queueStart } from '../../../packages/engine/src/cluster/container-start.ts';
import { SECOND } from '../../fixtures/scenario.ts';
import { between, newcomers, runChain, seconds } from './chain.ts';
import { addNode, addPod, worldOf } from './world.ts';

/** When the last of `count` containers is started on a node with so many pods, seconds. */
function lastStart(count: number, pods: number): number {
  const world = worldOf();
  const node = addNode(world);
  node.pods = pods;
  for (let i = 0; i < count; i++) queueStart(world, addPod(world, { node }), 0, 0);
  let last = 0;
  for (let i = 0; i < count; i++) {
    last = world.calendar.nextTime;
    world.calendar.next();
  }
  return last / SECOND;
}

test('a node starts 4 containers a second, 2 when there are more than 200 pods on it', () => {
  // 50 answer within 12 s on the real node.
  expect(lastStart(50, 50)).toBeCloseTo(49 / 4, 5);
  expect(lastStart(400, 400)).toBeCloseTo(399 / 2, 5);
});

describe('a security platform', () => {
  const gate = (median: number, capacity?: number) => ({
    ...seconds(median),
    ...(capacity === undefined ? {} : { capacity }),
  });

  test('scans an image that is new on a node once, before its first container', () => {
    const image = { size: 70e6, cached: false, baked: false, rate: 70e6, sigma: 0 };
    const startup = { image, security: { imageScan: gate(7) } };
    const run = runChain({ startup, nodes: { min: 2, max: 2 }, replicas: [1, 4] });
    const waits = newcomers(run).map((life) => between(life, 'imagePresent', 'started'));
    // Those on the node of the standing pod are not scanned; on the other one it is done once.
    expect(Math.min(...waits)).toBeLessThan(3);
    const scanned = waits.filter((wait) => wait > 3);
    expect(scanned.length).toBeGreaterThan(0);
    for (const wait of scanned) expect(wait).toBeLessThan(7 + 1.5 + 1);
  });

  test('lets every pod wait for its webhook, in order where that has a capacity', () => {
    const created = (security: { admission: ReturnType<typeof gate> }) => {
      const lives = newcomers(runChain({ startup: { security }, replicas: [1, 5] }));
      const times = lives.map((life) => between(life, 'wanted', 'created'));
      return Math.max(...times) - Math.min(...times);
    };
    const free = created({ admission: gate(2) });
    const queued = created({ admission: gate(2, 1) });
    // Four calls in batches of 1, 2 and 1; of the two at once one waits for the other.
    expect(queued - free).toBeCloseTo(2, 1);
  });

  test('starts its sidecar before the application', () => {
    const sidecar = {
      start: seconds(3),
      imageSize: 0,
      cpuRequest: 100,
      cpuLimit: 1000,
      memoryRequest: 0,
      latency: 0,
      cpuPerRequest: 0,
      mtls: 0,
    };
    const [life] = newcomers(runChain({ startup: { security: { sidecar } } }));
    expect(between(life, 'imagePresent', 'started')).toBeCloseTo(4.5, 5);
  });
});
