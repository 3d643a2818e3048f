import { expect, test } from 'vitest';
import { imageCounts } from '../../../packages/engine/src/ledger/image-counts.ts';
import type { ImagePull } from '../../../packages/engine/src/ledger/ledger.ts';

const pull = (changes: Partial<ImagePull>): ImagePull => ({
  service: 'app',
  node: 0,
  isCheck: false,
  wanted: 0,
  bytes: 0,
  failures: 0,
  ...changes,
});

test('pulls, bytes and failures add up; the longest is from the wish on', () => {
  const lives = [
    pull({ wanted: 5, begun: 20, present: 50, bytes: 7 }),
    pull({ wanted: 10, begun: 10, present: 30, bytes: 3, failures: 2 }),
    pull({ wanted: 0, bytes: 1 }),
    pull({ isCheck: true, present: 1000, failures: 1 }),
  ];
  expect(imageCounts(lives)).toEqual({
    pulled: 2,
    unfinished: 1,
    failures: 3,
    bytes: 11,
    longest: 45,
  });
});

test('nothing is said where nothing was pulled', () => {
  expect(imageCounts([])).toBeUndefined();
  expect(imageCounts([pull({ isCheck: true, present: 3 })])).toBeUndefined();
});
