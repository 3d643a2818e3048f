/** Scenario fields of images and pulls: defaults, and what does not go together. */
import { describe, expect, test } from 'vitest';
import type { KubernetesStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { briefly, diagnosticsOf, scenarioOf, small } from './scenarios.ts';

const ONE = 'strategies: [{ kind: kubernetes }]\n';
const startup = (text: string) => small({ add: `kubernetes: { startup: { ${text} } }\n${ONE}` });
const service = (text: string, more = '') =>
  small({ add: `    image: { ${text} }\n${ONE}${more}` });

async function startupOf(text: string): Promise<KubernetesStrategy['startup']> {
  const { strategies } = await scenarioOf(text);
  const pods = strategies.find((one) => one.kind === 'kubernetes');
  return (pods as KubernetesStrategy).startup;
}

const refused = async (text: string) =>
  briefly(await diagnosticsOf(text)).map((line) => line.replace(/ \S+$/, ''));

describe('images', () => {
  test('by default one layer of 500 MB, from a registry of 10 Gbit/s', async () => {
    const { image, pull } = await startupOf(small({ add: ONE }));
    expect(image).toEqual({ size: 5e8, cached: true, baked: false, rate: 7e7, sigma: 0.3 });
    expect(pull).toEqual({
      imagePullPolicy: 'IfNotPresent',
      roundTrip: 100_000,
      compression: 3,
      downloadsPerImage: 3,
      kubelet: { serializeImagePulls: true, registryPullQPS: 5, registryBurst: 10 },
      registry: { bandwidth: 1.25e9 },
      peerToPeer: false,
      failure: 0,
    });
  });

  test('a service may have its own, by size or by layers', async () => {
    const [web] = (await scenarioOf(service('size: 80MB'))).services;
    expect(web.image).toEqual({ size: 8e7 });
    const layers = 'layers: [{ name: jdk, size: 300MB, compressed: 90MB }, { size: 50MB }]';
    const [other] = (await scenarioOf(service(layers))).services;
    expect(other.image).toEqual({
      layers: [{ name: 'jdk', size: 3e8, compressed: 9e7 }, { size: 5e7 }],
    });
  });

  test.each([
    ['size: 80MB, layers: [{ size: 80MB }]', 'E_CONFLICT services.web.image.size'],
    ['', 'E_REQUIRED services.web.image'],
    ['layers: []', 'E_RANGE services.web.image.layers'],
    ['layers: [{ name: jdk }]', 'E_REQUIRED services.web.image.layers[0].size'],
    [
      'layers: [{ name: jdk, size: 1MB }, { name: jdk, size: 2MB }]',
      'E_CONFLICT services.web.image.layers[1].size',
    ],
  ])('image: { %s } is refused', async (text, expected) => {
    expect(await refused(service(text))).toEqual([expected]);
  });

  test('a size that no service takes over means nothing', async () => {
    const text = service('size: 80MB', 'kubernetes: { startup: { image: { size: 1GB } } }\n');
    expect(await refused(text)).toEqual(['E_CONFLICT strategies[0].startup.image.size']);
  });

  test('a service of fixed size has no image', async () => {
    const text = small({
      add: `  db: { time: { mean: 5ms }, cpuPerRequest: 1ms, fixed: {}, image: { size: 1MB } }\n${ONE}`,
    });
    expect(await refused(text)).toEqual(['E_CONFLICT services.db.image']);
  });
});

describe('pulls', () => {
  test('every other way has its defaults', async () => {
    const { pull } = await startupOf(startup('pull: { lazy: {} }'));
    expect(pull.lazy).toEqual({ delay: 2_000_000, appFactor: 2 });
    const mirror = await startupOf(startup('pull: { mirror: {}, prePull: { at: "07:50" } }'));
    expect(mirror.pull.mirror).toEqual({ bandwidth: 1.25e9, filled: false });
    expect(mirror.pull.prePull).toEqual({ at: 300_000_000 });
  });

  test.each([
    ['pull: { kubelet: { maxParallelImagePulls: 3 } }', 'pull.kubelet.maxParallelImagePulls'],
    ['pull: { peerToPeer: true, mirror: {} }', 'pull.mirror'],
    ['pull: { lazy: {}, mirror: {} }', 'pull.lazy'],
    ['pull: { lazy: {}, prePull: { at: +1m } }', 'pull.lazy'],
    ['image: { baked: true }, pull: { prePull: { at: +1m } }', 'pull.prePull'],
    ['image: { rate: 90MB/s }, pull: { split: { download: 1GB/s, unpack: 1GB/s } }', 'image.rate'],
    ['image: { size: 1GB, layers: [{ size: 1GB }] }', 'image.size'],
  ])('%s is refused', async (text, path) => {
    expect(await refused(startup(text))).toEqual([`E_CONFLICT strategies[0].startup.${path}`]);
  });

  test.each(['07:40', '08:15'])('a pre-pull at %s lies outside', async (at) => {
    expect(await refused(startup(`pull: { prePull: { at: "${at}" } }`))).toEqual([
      'E_RANGE strategies[0].startup.pull.prePull.at',
    ]);
  });

  test('a split needs both rates', async () => {
    expect(await refused(startup('pull: { split: { unpack: 1GB/s } }'))).toEqual([
      'E_REQUIRED kubernetes.startup.pull.split.download',
    ]);
  });
});
