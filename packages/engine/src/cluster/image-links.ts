/**
 * The links that all nodes share while they pull: the registry's, and the mirror's where there is
 * one. A pull-through mirror gets a layer with the first transfer that asks for it; until that
 * has ended, further ones pass through to the registry as well.
 *
 * What passes through the mirror is counted on the registry's link alone, which is then no wider
 * than the mirror's.
 *
 * @source distribution/distribution registry/proxy/proxyblobstore.go, ServeBlob (`inflight`).
 */
import type { PullSpec } from '../scenario/schema.ts';
import { SharedLink, type Transfer } from './bandwidth.ts';
import type { Layer } from './image-layers.ts';
import type { Pull } from './image-pull.ts';
import type { World } from './world.ts';

/** A layer on its way to a node. */
export interface Download {
  readonly pull: Pull;
  readonly layer: Layer;
  readonly link: TimedLink;
  transfer: Transfer<Download> | null;
}

/** A link and when the calendar will ask it for ended transfers, µs. */
export interface TimedLink {
  readonly shared: SharedLink<Download>;
  wakesAt: number;
}

export interface ImageLinks {
  readonly registry: TimedLink;
  readonly mirror: TimedLink | null;
  /** Ids of the layers that the mirror has; null = all. */
  readonly mirrored: Set<string> | null;
}

export function imageLinks({ registry, mirror, peerToPeer }: PullSpec): ImageLinks {
  const widest = peerToPeer ? Number.POSITIVE_INFINITY : Math.floor(registry.bandwidth);
  if (mirror === undefined) {
    return { registry: timed(widest), mirror: null, mirrored: new Set() };
  }
  const own = Math.floor(mirror.bandwidth);
  return {
    registry: timed(Math.min(widest, own)),
    mirror: timed(own),
    mirrored: mirror.filled ? null : new Set(),
  };
}

function timed(capacity: number): TimedLink {
  return { shared: new SharedLink<Download>(capacity), wakesAt: Number.POSITIVE_INFINITY };
}

export function linkFor({ registry, mirror, mirrored }: ImageLinks, { id }: Layer): TimedLink {
  if (mirror === null) return registry;
  return mirrored === null || mirrored.has(id) ? mirror : registry;
}

/** A whole layer has come through: the mirror keeps it. */
export function keepLayer({ mirror, mirrored }: ImageLinks, { id }: Layer): void {
  if (mirror !== null) mirrored?.add(id);
}

/** The calendar asks the link when its next transfer ends; a turn that comes too early is cheap. */
export function watchLink({ calendar }: World, link: TimedLink): void {
  const at = link.shared.nextTime;
  if (at >= link.wakesAt) return;
  link.wakesAt = at;
  calendar.schedule(at, { kind: 'transfers', link });
}
