/**
 * Container images in the scenario format: what an image consists of, where it is from the start,
 * and how it gets to a node otherwise.
 */
import Type, { type Static } from 'typebox';
import * as f from './fields.ts';

const SOURCE = 'docs/model.md, section 5';
const KUBELET = 'kubernetes/kubelet config/v1beta1/types.go';

const LayerSchema = Type.Object(
  {
    name: f.optional(
      f.name('Images that name the same layer share it: a node has it once (default: of its own).'),
    ),
    size: f.bytes('Size of the layer (unpacked).', { max: '100GB' }),
    compressed: f.optional(
      f.bytes('Size as it is transferred (default: size ÷ pull.compression).', { max: '100GB' }),
    ),
  },
  { description: 'A layer of an image.' },
);

const layers = Type.Optional(Type.Array(LayerSchema, { minItems: 1, maxItems: 127 }));

export const ImageSchema = Type.Object(
  {
    size: f.bytes('Size of the image (unpacked), of services without an image of their own.', {
      default: '500MB',
      max: '100GB',
    }),
    layers,
    cached: f.boolean('The image is already on the nodes that exist at the start.', {
      default: true,
    }),
    baked: f.boolean('The image is part of the node image: new nodes have it as well.', {
      default: false,
    }),
    rate: f.byteRate('Pull and unpack rate of one node, in unpacked bytes.', {
      default: '70MB/s',
      min: '100kB/s',
      source: `modelling choice, below default containerd on a fast node; ${SOURCE}`,
    }),
    sigma: f.number('Log-standard deviation of the pull time.', { default: 0.3, min: 0, max: 3 }),
  },
  { description: 'The container image. `layers` (bottom first) replace `size`.' },
);

export const ServiceImageSchema = Type.Object(
  { size: f.optional(f.bytes('Size of the image (unpacked).', { max: '100GB' })), layers },
  { description: 'Image of this service: its `size`, or its `layers`, bottom first.' },
);

const KubeletSchema = Type.Object(
  {
    serializeImagePulls: f.boolean('A node pulls one image at a time, first come, first served.', {
      default: true,
      source: KUBELET,
    }),
    maxParallelImagePulls: f.optional(
      f.count('serializeImagePulls: false. Images that a node pulls at once (default: no limit).', {
        min: 1,
        max: 1000,
      }),
    ),
    registryPullQPS: f.number(
      'Pulls per second that a node may begin; one too many fails and backs off. 0 = no limit.',
      { default: 5, min: 0, max: 1e6, source: KUBELET },
    ),
    registryBurst: f.count('Burst of that limit.', { default: 10, min: 1, source: KUBELET }),
  },
  { description: 'Settings of the kubelets.' },
);

const MirrorSchema = Type.Object(
  {
    bandwidth: f.byteRate('Its link, shared by all nodes that pull now.', {
      default: '1.25GB/s',
      min: '1kB/s',
      source: 'modelling choice: 10 Gbit/s',
    }),
    filled: f.boolean('It has all layers from the start.', { default: false }),
  },
  {
    description:
      'A pull-through mirror: a layer comes from the registry until its first transfer has ended, then from the mirror.',
  },
);

const LazySchema = Type.Object(
  {
    delay: f.duration('From pull to an image that can be started.', {
      default: '2s',
      max: '1h',
      source: `stargz, SOCI and Nydus: 1 s to 3 s; ${SOURCE}`,
    }),
    appFactor: f.number('The start of the application takes this many times as long.', {
      default: 2,
      min: 1,
      max: 100,
      source: `1.2 to 3; ${SOURCE}`,
    }),
  },
  { description: 'Lazy pull: the image is mounted at once, and read over the network.' },
);

const SplitSchema = Type.Object(
  {
    download: f.byteRate('Link of one node, in compressed bytes.', { min: '1kB/s' }),
    unpack: f.byteRate('Unpacking on one node, layer after layer, in unpacked bytes.', {
      min: '1kB/s',
    }),
  },
  { description: 'Download and unpacking as two stages, instead of image.rate for both.' },
);

export const PullSchema = Type.Object(
  {
    imagePullPolicy: f.oneOf(
      'Always asks the registry for the digest also where the image is there.',
      ['IfNotPresent', 'Always'],
      { default: 'IfNotPresent', source: 'Kubernetes, of images with a tag other than latest' },
    ),
    roundTrip: f.duration('imagePullPolicy: Always. Time of that question.', {
      default: '100ms',
      max: '1m',
      source: 'modelling choice',
    }),
    compression: f.number('Unpacked size ÷ size as transferred.', {
      default: 3,
      min: 1,
      max: 100,
      source: 'an image of 3 GB as transferred and 9 GB unpacked; docs/model.md, section 5',
    }),
    downloadsPerImage: f.count('Layers of an image that are transferred at once.', {
      default: 3,
      min: 1,
      max: 100,
      source: 'containerd docs/cri/config.md, max_concurrent_downloads',
    }),
    kubelet: KubeletSchema,
    registry: Type.Object(
      {
        bandwidth: f.byteRate('Its link, shared by all nodes that pull now.', {
          default: '1.25GB/s',
          min: '1kB/s',
          source: 'modelling choice: 10 Gbit/s',
        }),
      },
      { description: 'The image registry.' },
    ),
    mirror: Type.Optional(MirrorSchema),
    peerToPeer: f.boolean('Nodes get layers from each other: no common link is a limit.', {
      default: false,
    }),
    lazy: Type.Optional(LazySchema),
    prePull: Type.Optional(
      Type.Object(
        { at: f.clockTime('When the DaemonSet starts; nodes that join later pull on joining.') },
        { description: 'All images are pulled onto all nodes before pods need them.' },
      ),
    ),
    split: Type.Optional(SplitSchema),
    failure: f.share(
      'Chance that an attempt fails; the next comes after 10 s, then 20 s, 40 s … up to 5 min.',
      { default: 0, min: 0, max: 0.99, source: 'kubelet image back-off, 10 s to 300 s' },
    ),
  },
  { description: 'How images get to the nodes.' },
);

export type ImageSpec = Static<typeof ImageSchema>;
export type PullSpec = Static<typeof PullSchema>;
export type LayerSpec = Static<typeof LayerSchema>;
