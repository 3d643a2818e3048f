/** Boots that contend on a host: by hand, and against a few of the measured cases. */
import { expect, test } from 'vitest';
import {
  advanceBoots,
  beginBoot,
  bootTimes,
  dropBoot,
  nextBootChange,
  noBoots,
} from '../../../packages/engine/src/cluster/vm-boot.ts';

const host = { cores: 4, sharedIo: 0.3, neighbours: 0 };
const SECOND = 1e6;
const work = (io: number, cpu: number) => ({ io: io * SECOND, cpu: cpu * SECOND });
const seconds = (times: readonly number[]) => times.map((time) => time / SECOND);

test('a guest alone takes its own time', () => {
  expect(seconds(bootTimes(host, [work(3, 8)]))[0]).toBeCloseTo(11, 6);
});

test('boots share the disk for a part of their I/O', () => {
  const times = seconds(bootTimes(host, [work(3, 8), work(3, 8)]));
  // 0.9 s each at half speed, 2.1 s alone, 8 s on a core each.
  expect(times[0]).toBeCloseTo(1.8 + 2.1 + 8, 6);
  expect(times[1]).toBeCloseTo(times[0], 9);
});

test('neighbours take their share of the cores', () => {
  const busy = { ...host, neighbours: 7 };
  expect(seconds(bootTimes(busy, [work(3, 8)]))[0]).toBeCloseTo(3 + 8 * (8 / 4), 6);
});

test('the boots that end first leave their cores to the others', () => {
  const one = { cores: 1, sharedIo: 0, neighbours: 0 };
  expect(seconds(bootTimes(one, [work(0, 2), work(0, 6)]))).toEqual([
    expect.closeTo(4, 6),
    expect.closeTo(8, 6),
  ]);
});

test('a guest that comes later, and one that is given up', () => {
  const one = { cores: 1, sharedIo: 0, neighbours: 0 };
  const boots = noBoots<string>(one);
  beginBoot(boots, 'a', work(0, 4), 0);
  expect(advanceBoots(boots, 2 * SECOND)).toEqual([]);
  beginBoot(boots, 'b', work(0, 4), 2 * SECOND);
  expect(nextBootChange(boots)).toBeCloseTo(6 * SECOND, 0);
  advanceBoots(boots, 4 * SECOND);
  dropBoot(boots, 'b');
  expect(nextBootChange(boots)).toBeCloseTo(5 * SECOND, 0);
  expect(advanceBoots(boots, 5 * SECOND)).toEqual(['a']);
});

/**
 * SamFu1113/NCU-VMDataset: guests that boot at once, neighbours that burn a core each, and the mean
 * boot time, seconds; a few of 234 cases. Work alone: 2.82 + 7.75 s (C1), 2.98 + 8.28 s (C3).
 */
const MEASURED = [
  { cores: 4, io: 2.82, cpu: 7.75, boots: 1, neighbours: 0, mean: 10.06 },
  { cores: 4, io: 2.82, cpu: 7.75, boots: 3, neighbours: 0, mean: 13.08 },
  { cores: 4, io: 2.82, cpu: 7.75, boots: 6, neighbours: 8, mean: 33.32 },
  { cores: 8, io: 2.98, cpu: 8.28, boots: 1, neighbours: 8, mean: 14.51 },
  { cores: 8, io: 2.98, cpu: 8.28, boots: 6, neighbours: 8, mean: 22.95 },
];

test.each(MEASURED)(
  '$boots boots beside $neighbours busy guests on $cores cores take $mean s',
  ({ cores, io, cpu, boots, neighbours, mean }) => {
    const works = new Array(boots).fill(work(io, cpu));
    const times = seconds(bootTimes({ cores, sharedIo: 0.3, neighbours }, works));
    const simulated = times.reduce((sum, time) => sum + time, 0) / boots;
    expect(Math.abs(simulated / mean - 1)).toBeLessThan(0.16);
  },
);
