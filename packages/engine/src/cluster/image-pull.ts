/**
 * One image on its way to one node: its layers are downloaded from the bottom up, a few at a time,
 * and unpacked in order, one after another; layers that the node has, or is getting already, are
 * not downloaded again. The image is there when its last layer is unpacked.
 *
 *   layers   ✓ here   ▒ unpacking   ░ downloaded, ↓ coming   · not asked for
 *            ───────► unpacked                 next ────────►
 *
 * The node's downloads share its link evenly. Without `split`, unpacking is part of the rate of
 * that link, which is then one of unpacked bytes.
 *
 * @source containerd docs/cri/config.md (max_concurrent_downloads),
 * awslabs/soci-snapshotter docs/parallel-mode.md (one unpack at a time).
 */
import { assert } from '../kernel/assert.ts';
import { roundDelay } from '../kernel/units.ts';
import type { ImagePull } from '../ledger/ledger.ts';
import type { Image, Layer } from './image-layers.ts';
import { type Download, keepLayer, linkFor, type TimedLink, watchLink } from './image-links.ts';
import { endTurn, type Puller } from './image-queue.ts';
import type { Pod, World } from './world.ts';

const SECOND = 1e6;

export interface Pull {
  readonly puller: Puller;
  /** Deployment whose image it is. */
  readonly index: number;
  readonly image: Image;
  readonly life: ImagePull;
  /** A node with this luck takes so many times as long. */
  readonly slowness: number;
  /** Only the digest is asked for: the image is there. */
  readonly isCheck: boolean;
  /** Who waits for it; it goes on without them. */
  readonly pods: Pod[];
  /** Place of the first layer not asked for yet, and of the first not unpacked. */
  next: number;
  unpacked: number;
  downloads: number;
  isUnpacking: boolean;
}

export interface LayerState {
  state: 'coming' | 'downloaded' | 'here';
  /** Who downloads and unpacks it; null = it has been here from the start. */
  readonly pull: Pull | null;
}

/** Does what can be done now: further downloads, the next unpacking, the end. */
export function advancePull(world: World, pull: Pull, now: number): void {
  const { running } = pull.puller;
  startDownloads(world, pull, now);
  const before = pull.unpacked;
  unpackNext(world, pull, now);
  // Other images of the node may have waited for these layers.
  if (pull.unpacked > before) {
    for (const other of [...running]) {
      if (other !== pull && running.has(other) && !other.isCheck) advancePull(world, other, now);
    }
  }
  if (pull.unpacked === pull.image.length && running.has(pull)) endTurn(world, pull, now);
}

function startDownloads(world: World, pull: Pull, now: number): void {
  const { image, puller } = pull;
  const { downloadsPerImage } = world.model.strategy.startup.pull;
  while (pull.next < image.length && pull.downloads < downloadsPerImage) {
    const layer = image[pull.next++];
    if (puller.layers.has(layer.id)) continue;
    puller.layers.set(layer.id, { state: 'coming', pull });
    download(world, pull, layer, now);
  }
}

function download(world: World, pull: Pull, layer: Layer, now: number): void {
  const link = linkFor(world.images.links, layer);
  const entry: Download = { pull, layer, link, transfer: null };
  const { downloads } = pull.puller;
  downloads.push(entry);
  pull.downloads += 1;
  for (const other of downloads) shareLink(world, other, now);
  const cap = nodeShare(world, entry);
  entry.transfer = link.shared.start(entry, layer.compressed, cap, now);
  watchLink(world, link);
}

function shareLink(world: World, entry: Download, now: number): void {
  // It begins, or ends, at this very instant.
  if (entry.transfer === null) return;
  entry.link.shared.limit(entry.transfer, nodeShare(world, entry), now);
  watchLink(world, entry.link);
}

/** What the node's link leaves to one of its downloads, compressed bytes/s. */
function nodeShare(world: World, { pull, layer }: Download): number {
  const { image, pull: spec } = world.model.strategy.startup;
  const link = spec.split?.download ?? image.rate * (layer.compressed / layer.size);
  const share = link / pull.slowness / pull.puller.downloads.length;
  return Math.max(1, Math.floor(share));
}

/** The calendar's turn of a link: the transfers that have ended. */
export function endTransfers(world: World, link: TimedLink, now: number): void {
  if (link.wakesAt !== now) return;
  link.wakesAt = Number.POSITIVE_INFINITY;
  const ended = link.shared.finished(now);
  for (const { owner } of ended) owner.transfer = null;
  for (const { owner } of ended) endDownload(world, owner, now);
  watchLink(world, link);
}

function endDownload(world: World, entry: Download, now: number): void {
  const { pull, layer } = entry;
  const { puller } = pull;
  keepLayer(world.images.links, layer);
  puller.downloads.splice(puller.downloads.indexOf(entry), 1);
  for (const other of puller.downloads) shareLink(world, other, now);
  pull.downloads -= 1;
  pull.life.bytes += layer.compressed;
  layerOf(puller, layer).state = 'downloaded';
  advancePull(world, pull, now);
}

function unpackNext(world: World, pull: Pull, now: number): void {
  const { split } = world.model.strategy.startup.pull;
  while (!pull.isUnpacking && pull.unpacked < pull.image.length) {
    const layer = pull.image[pull.unpacked];
    const known = pull.puller.layers.get(layer.id);
    if (known === undefined || known.state === 'coming') return;
    if (known.state === 'downloaded') {
      // Whoever downloaded a shared layer unpacks it.
      if (known.pull !== pull) return;
      if (split !== undefined) {
        pull.isUnpacking = true;
        const seconds = (layer.size / split.unpack) * pull.slowness;
        const at = now + roundDelay(Math.ceil(seconds * SECOND));
        world.calendar.schedule(at, { kind: 'image', pull, stage: 'unpacked' });
        return;
      }
      known.state = 'here';
    }
    pull.unpacked += 1;
  }
}

export function endUnpacking(world: World, pull: Pull, now: number): void {
  pull.isUnpacking = false;
  layerOf(pull.puller, pull.image[pull.unpacked]).state = 'here';
  advancePull(world, pull, now);
}

function layerOf({ layers }: Puller, { id }: Layer): LayerState {
  const known = layers.get(id);
  assert(known !== undefined, `the layer ${id} is not known on its node`);
  return known;
}
