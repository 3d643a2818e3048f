/** Images on their way to nodes → how many came, how much they moved, how long the slowest took. */
import type { ImagePull } from './ledger.ts';
import type { ImageCounts } from './outcome.ts';

/** Undefined = no image was pulled, and none should have been. */
export function imageCounts(images: readonly ImagePull[]): ImageCounts | undefined {
  const pulls = images.filter(({ isCheck }) => !isCheck);
  const failures = sum(images, (one) => one.failures);
  if (pulls.length === 0 && failures === 0) return undefined;
  const times = pulls.map(({ wanted, present }) => (present ?? wanted) - wanted);
  return {
    pulled: pulls.filter(({ present }) => present !== undefined).length,
    unfinished: pulls.filter(({ present }) => present === undefined).length,
    failures,
    bytes: sum(pulls, (one) => one.bytes),
    longest: times.reduce((most, time) => Math.max(most, time), 0),
  };
}

function sum(images: readonly ImagePull[], of: (one: ImagePull) => number): number {
  return images.reduce((total, one) => total + of(one), 0);
}
