/** Image pulls on nodes, each mechanism by an example that was worked out by hand. */
import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../packages/engine/src/cluster/create-world.ts';
import { endTransfers } from '../../../packages/engine/src/cluster/image-pull.ts';
import {
  advanceImage,
  appFactor,
  forgetPulls,
  joinImages,
  markImage,
  prePull,
  pullImage,
} from '../../../packages/engine/src/cluster/images.ts';
import type { Node, Pod, World } from '../../../packages/engine/src/cluster/world.ts';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Service } from '../../../packages/engine/src/scenario/scenario.ts';
import type { ImageSpec, PullSpec } from '../../../packages/engine/src/scenario/schema.ts';
import {
  fixedPods,
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serviceOf,
} from '../../fixtures/scenario.ts';
import { addNode, addPod } from './world.ts';

const START = kubernetes().startup;

interface Setting {
  /** One service per image; the first is `app`. */
  readonly images?: readonly Service['image'][];
  readonly image?: Partial<ImageSpec>;
  readonly pull?: Partial<PullSpec>;
}

/** Nodes without images, links of round numbers, no luck: 100 MB/s a node, 1 GB/s the registry. */
function worldOf({ images = [undefined], image, pull }: Setting): World {
  const startup = {
    ...START,
    image: { ...START.image, size: 1e9, rate: 1e8, sigma: 0, cached: false, ...image },
    pull: { ...START.pull, compression: 1, registry: { bandwidth: 1e9 }, ...pull },
  };
  const services = images.map((own, i) =>
    serviceOf({ name: i === 0 ? 'app' : `app-${i}`, ...(own && { image: own }) }),
  );
  const strategy = { ...fixedPods('pods', 1), startup };
  const scenario = scenarioOf({ load: [loadOf({ rate: 1 })], services, strategies: [strategy] });
  const model = compile(scenario, 'pods', 0);
  if (model.provision.kind !== 'cluster') throw new Error('not a cluster');
  return createWorld(model, model.provision);
}

function podOf(world: World, service = 0): Pod {
  return addPod(world, { deployment: world.deployments[service] });
}

/** Lets pulls go on: pod → when it has its image, s. */
function arrivals(world: World, until = Number.POSITIVE_INFINITY): Map<Pod, number> {
  const { calendar } = world;
  const pulled = new Map<Pod, number>();
  while (calendar.nextTime <= until && calendar.nextTime < Number.POSITIVE_INFINITY) {
    const now = calendar.nextTime;
    const event = calendar.next();
    if (event.kind === 'transfers') endTransfers(world, event.link, now);
    if (event.kind === 'image') advanceImage(world, event.pull, event.stage, now);
    if (event.kind === 'prePull') prePull(world, now);
    if (event.kind === 'pulled') for (const pod of event.pods) pulled.set(pod, now / SECOND);
  }
  return pulled;
}

/** Pods of these services on one node, all bound at 0: when each has its image, s. */
function together(world: World, services: readonly number[], node = addNode(world)): number[] {
  const pods = services.map((service) => podOf(world, service));
  for (const pod of pods) pullImage(world, pod, node, 0);
  const at = arrivals(world);
  return pods.map((pod) => at.get(pod) ?? Number.NaN);
}

describe('one node', () => {
  test('by default 500 MB at 70 MB/s, whatever the compression', () => {
    for (const compression of [1, 3]) {
      const image = { size: 5e8, rate: 7e7 };
      const [at] = together(worldOf({ image, pull: { compression } }), [0]);
      expect(at).toBeCloseTo(500 / 70, 5);
    }
  });

  test('luck makes a pull e^(sigma·z) times as long', () => {
    const world = worldOf({ image: { sigma: 0.3 } });
    const pod = podOf(world);
    Object.assign(pod, { draws: { ...pod.draws, image: -2 } });
    pullImage(world, pod, addNode(world), 0);
    expect(arrivals(world).get(pod)).toBeCloseTo(10 * Math.exp(-0.6), 5);
  });

  test('pulls one image at a time, and pods of a service share a pull', () => {
    // app has 1 GB, the other 0.5 GB.
    const world = worldOf({ images: [undefined, { size: 5e8 }] });
    const node = addNode(world);
    const [a, b, a2, late] = [podOf(world), podOf(world, 1), podOf(world), podOf(world)];
    pullImage(world, a, node, 0);
    pullImage(world, b, node, SECOND);
    pullImage(world, a2, node, 2 * SECOND);
    const at = arrivals(world);
    expect([at.get(a), at.get(b), at.get(a2)]).toEqual([10, 15, 10]);
    expect(world.ledger.images).toEqual([
      {
        service: 'app',
        node: 0,
        isCheck: false,
        wanted: 0,
        begun: 0,
        present: 1e7,
        bytes: 1e9,
        failures: 0,
      },
      {
        service: 'app-1',
        node: 0,
        isCheck: false,
        wanted: 1e6,
        begun: 1e7,
        present: 1.5e7,
        bytes: 5e8,
        failures: 0,
      },
    ]);
    pullImage(world, late, node, 20 * SECOND);
    expect(arrivals(world).get(late)).toBe(20);
  });

  test('parallel pulls share the link of the node, as many as may run', () => {
    const images = [{ size: 1e9 }, { size: 1e9 }, { size: 1e9 }];
    const kubelet = { ...START.pull.kubelet, serializeImagePulls: false };
    const three = together(worldOf({ images, pull: { kubelet } }), [0, 1, 2]);
    // A third of the link is rounded down to whole bytes per second.
    for (const at of three) expect(at).toBeCloseTo(30, 5);
    const two = { ...kubelet, maxParallelImagePulls: 2 };
    expect(together(worldOf({ images, pull: { kubelet: two } }), [0, 1, 2])).toEqual([20, 20, 30]);
  });

  test('a shared base is pulled once; what a service stands on counts', () => {
    const base = { name: 'jdk', size: 6e8 };
    const images = [{ layers: [base, { size: 4e8 }] }, { layers: [base, { size: 2e8 }] }];
    expect(together(worldOf({ images }), [0, 1])).toEqual([10, 12]);
    const world = worldOf({ images });
    const node = addNode(world);
    markImage(node, 0);
    expect(together(world, [0, 1], node)).toEqual([0, 2]);
  });

  test('parallel pulls wait for the base that one of them gets', () => {
    const base = { name: 'jdk', size: 6e8 };
    const images = [{ layers: [base, { size: 4e8 }] }, { layers: [base] }];
    const kubelet = { ...START.pull.kubelet, serializeImagePulls: false };
    // Two downloads at 50 MB/s: own layer at 8 s, then the base has 200 MB left at 100 MB/s.
    expect(together(worldOf({ images, pull: { kubelet } }), [0, 1])).toEqual([10, 10]);
  });

  test('downloads three layers at once and unpacks them in order', () => {
    const layers = [{ size: 3e8 }, { size: 1e8 }, { size: 1e8 }, { size: 1e8 }];
    const pull = { split: { download: 1e8, unpack: 1e8 } };
    // 33 MB/s each: layers 2 and 3 at 3 s, then 50 MB/s each: layer 4 at 5 s, layer 1 at 6 s.
    // Unpacking: 1 from 6 to 9 s, then the others, 1 s each.
    const [at] = together(worldOf({ images: [{ layers }], pull }), [0]);
    expect(at).toBeCloseTo(12, 5);
    // One after another: 1 at 3 s, unpacked at 6 s when all are there.
    const oneByOne = worldOf({ images: [{ layers }], pull: { ...pull, downloadsPerImage: 1 } });
    expect(together(oneByOne, [0])[0]).toBeCloseTo(9, 5);
  });

  test('compressed bytes count on the way, unpacked ones in unpacking', () => {
    const pull = { compression: 4, split: { download: 1e8, unpack: 2.5e8 } };
    const world = worldOf({ pull });
    expect(together(world, [0])).toEqual([2.5 + 4]);
    expect(world.ledger.images[0].bytes).toBe(2.5e8);
  });

  test('the pull goes on without the pod that began it', () => {
    const world = worldOf({});
    const node = addNode(world);
    const [gone, stays] = [podOf(world), podOf(world)];
    pullImage(world, gone, node, 0);
    gone.state = 'gone';
    pullImage(world, stays, node, 4 * SECOND);
    expect(arrivals(world).get(stays)).toBe(10);
  });

  test('an image of no bytes is there at once', () => {
    expect(together(worldOf({ image: { size: 0 } }), [0])).toEqual([0]);
  });
});

/** n nodes that pull at 0: the time of the last, s. */
function crowd(setting: Setting, n: number): number {
  const world = worldOf(setting);
  for (let i = 0; i < n; i++) pullImage(world, podOf(world), addNode(world), 0);
  return Math.max(...arrivals(world).values());
}

describe('many nodes', () => {
  test('ten fill the registry; from there on the time grows as their number', () => {
    expect([1, 10, 20, 100].map((n) => crowd({}, n))).toEqual([10, 10, 20, 100]);
  });

  test('the trend that was measured: 0.68 s alone, 8.8 s at 100 in parallel', () => {
    // The test's 10 GbE; per pull 8.8 s × 1.25 GB/s ÷ 100 = 110 MB, alone at 110 MB ÷ 0.68 s.
    const setting: Setting = {
      image: { size: 110e6, rate: 110e6 / 0.678 },
      pull: { registry: { bandwidth: 1.25e9 } },
    };
    const published = { 1: 0.678, 10: 1.113, 30: 2.701, 50: 4.494, 100: 8.82 };
    for (const [n, seconds] of Object.entries(published)) {
      expect(Math.abs(crowd(setting, Number(n)) / seconds - 1), n).toBeLessThan(0.25);
    }
  });

  test('compressed images leave room on the registry for as many times more nodes', () => {
    expect(crowd({ pull: { compression: 3 } }, 30)).toBeCloseTo(10, 5);
    expect(crowd({ pull: { compression: 3 } }, 60)).toBeCloseTo(20, 5);
  });

  test('peers need no registry', () => {
    expect(crowd({ pull: { peerToPeer: true } }, 100)).toBe(10);
  });

  test('a full mirror has its own bandwidth, an empty one lets the first crowd through', () => {
    const mirror = { bandwidth: 1e9, filled: true };
    const registry = { bandwidth: 1e8 };
    expect(crowd({ pull: { registry, mirror } }, 20)).toBe(20);
    const world = worldOf({ pull: { registry, mirror: { ...mirror, filled: false } } });
    const pods = Array.from({ length: 3 }, () => podOf(world));
    // Two share the registry at 50 MB/s; the third, after them, has the mirror and its own link.
    pullImage(world, pods[0], addNode(world), 0);
    pullImage(world, pods[1], addNode(world), 0);
    const first = arrivals(world, 25 * SECOND);
    expect([first.get(pods[0]), first.get(pods[1])]).toEqual([20, 20]);
    pullImage(world, pods[2], addNode(world), 30 * SECOND);
    expect(arrivals(world).get(pods[2])).toBe(40);
  });

  test('a node that goes leaves its share to the others', () => {
    const world = worldOf({ pull: { registry: { bandwidth: 1e8 } } });
    const [a, b] = [podOf(world), podOf(world)];
    const [going, staying] = [addNode(world), addNode(world)];
    pullImage(world, a, going, 0);
    pullImage(world, b, staying, 0);
    expect(arrivals(world, 4 * SECOND).size).toBe(0);
    forgetPulls(world, going, 4 * SECOND);
    const at = arrivals(world);
    // 200 MB of 1 GB at 50 MB/s, the rest at 100 MB/s.
    expect([at.get(a), at.get(b)]).toEqual([undefined, 12]);
    expect(world.ledger.images[0].present).toBeUndefined();
  });

  test('a thousand nodes cost events in proportion, and every byte comes once', () => {
    const world = worldOf({ image: { sigma: 0.3 }, images: [{ layers: LAYERS }] });
    const { calendar } = world;
    let events = 0;
    const next = calendar.next.bind(calendar);
    Object.assign(calendar, {
      next: () => {
        events += 1;
        return next();
      },
    });
    for (let i = 0; i < 1000; i++) {
      const pod = podOf(world);
      Object.assign(pod, { draws: { ...pod.draws, image: Math.sin(i) } });
      arrivals(world, i * 1000 - 1);
      pullImage(world, pod, addNode(world), i * 1000);
    }
    arrivals(world);
    const { images } = world.ledger;
    expect(images.map(({ bytes }) => bytes)).toEqual(images.map(() => 5e8));
    const last = Math.max(...images.map(({ present = 0 }) => present)) / SECOND;
    // 500 GB over 1 GB/s, which is full from about 10 ms on.
    expect(last).toBeGreaterThanOrEqual(500);
    expect(last).toBeLessThan(510);
    // Each node has 4 layers and a pod.
    expect(events).toBeLessThan(1000 * 4 * 3);
  });
});

const LAYERS = [1, 2, 3, 4].map((n) => ({ name: `layer-${n}`, size: n * 5e7 }));

describe('other ways to an image', () => {
  test('a lazy pull takes its delay however many pull, and slows the application down', () => {
    const setting: Setting = { pull: { lazy: { delay: 2 * SECOND, appFactor: 1.5 } } };
    expect(crowd(setting, 100)).toBe(2);
    const world = worldOf(setting);
    const [node, cached] = [addNode(world), addNode(world)];
    markImage(cached, 0);
    const [a, b] = [podOf(world), podOf(world)];
    pullImage(world, a, node, 0);
    pullImage(world, b, cached, 0);
    const at = arrivals(world);
    expect([at.get(a), at.get(b)]).toEqual([2, 0]);
    expect([appFactor(world, a, node), appFactor(world, b, cached)]).toEqual([1.5, 1]);
  });

  test('a pre-pull uses the same links, also on nodes that join later', () => {
    const world = worldOf({ images: [{ size: 1e9 }, { size: 5e8 }] });
    addNode(world);
    prePull(world, 0);
    const joins: Node = addNode(world);
    const pod = podOf(world, 1);
    joinImages(world, joins, 5 * SECOND);
    // It waits for the image of the first service, as the DaemonSet asked for it earlier.
    pullImage(world, pod, joins, 6 * SECOND);
    expect(arrivals(world).get(pod)).toBe(5 + 15);
    expect(world.nodes.map(({ imagePresent }) => imagePresent.size)).toEqual([2, 2]);
    expect(world.ledger.images.map(({ present }) => present)).toEqual(
      [10, 15, 15, 20].map((s) => s * SECOND),
    );
  });

  test('Always asks for the digest, one question after another', () => {
    const world = worldOf({ pull: { imagePullPolicy: 'Always', roundTrip: 200_000 } });
    const node = addNode(world);
    markImage(node, 0);
    expect(together(world, [0, 0, 0], node)).toEqual([0.2, 0.4, 0.6]);
  });

  test('a pull over the limit of a node fails and backs off', () => {
    const kubelet = { serializeImagePulls: true, registryPullQPS: 1, registryBurst: 2 };
    const setting: Setting = { pull: { imagePullPolicy: 'Always', roundTrip: 100_000, kubelet } };
    const world = worldOf(setting);
    const node = addNode(world);
    markImage(node, 0);
    // Two tokens; the third question comes at 0.2 s, with 0.2 of a token.
    expect(together(world, [0, 0, 0], node)).toEqual([0.1, 0.2, 10.3]);
    expect(world.ledger.images.map(({ failures }) => failures)).toEqual([0, 0, 1]);
  });

  test('failed attempts back off for 10 s, 20 s, 40 s … 300 s', () => {
    const world = worldOf({ pull: { failure: 0.9 } });
    const [at] = together(world, [0]);
    const [{ failures }] = world.ledger.images;
    let waited = 0;
    for (let k = 0; k < failures; k++) waited += Math.min(300, 10 * 2 ** k);
    expect(failures).toBeGreaterThan(0);
    expect(at).toBe(waited + 10);
  });
});
