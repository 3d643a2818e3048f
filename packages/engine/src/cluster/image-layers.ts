/**
 * What an image consists of: layers, bottom first. A layer with a name is the same layer in every
 * image that names it, so that a node has it once; one without belongs to its image alone. An image
 * of which only the size is known is one layer.
 */
import type { Service } from '../scenario/scenario.ts';
import type { LayerSpec, StartupSpec } from '../scenario/schema.ts';

export interface Layer {
  /** Equal ids are equal layers. */
  readonly id: string;
  /** Bytes as unpacked, and as transferred. */
  readonly size: number;
  readonly compressed: number;
}

/** Layers with bytes in them: an image without any is there at once. */
export type Image = readonly Layer[];

/** The image of a service under a strategy: its own, or that of the strategy. */
export function imageOf(service: Service, { image, pull, security }: StartupSpec): Image {
  const own = service.image ?? image;
  const app: readonly LayerSpec[] = own.layers ?? [{ size: own.size ?? 0 }];
  // The image of the sidecar is the same for all: no name of a layer is like this one.
  const sidecar = { name: 'the sidecar', size: security?.sidecar?.imageSize ?? 0 };
  const layers: readonly LayerSpec[] = [...app, sidecar];
  return layers
    .filter(({ size }) => size > 0)
    .map(({ name, size, compressed }, i) => ({
      id: name === undefined ? `${service.name}/${i}` : name,
      size,
      compressed: Math.max(1, Math.round(compressed ?? size / pull.compression)),
    }));
}
