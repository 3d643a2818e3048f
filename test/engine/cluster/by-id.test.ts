import { expect, test } from 'vitest';
import { enter, find, isIn, leave } from '../../../packages/engine/src/cluster/by-id.ts';
import fc from '../../fixtures/fast-check.ts';

const item = (id: number) => ({ id });

test('items are in the order of their ids, whatever the order in which they came', () => {
  const items = [4, 1, 3, 0, 2].map(item);
  const list: { id: number }[] = [];
  for (const one of items) enter(list, one);
  expect(list.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
});

test('an item that comes twice is there once', () => {
  const one = item(7);
  const list = [item(3)];
  enter(list, one);
  enter(list, one);
  expect(list).toHaveLength(2);
});

test('an item leaves alone, and one that is not there takes nobody with it', () => {
  const [a, b, c] = [item(1), item(5), item(9)];
  const list = [a, b, c];
  leave(list, item(4));
  leave(list, item(5));
  expect(list).toEqual([a, b, c]);
  leave(list, b);
  expect(list).toEqual([a, c]);
});

test('whichever ids are missing, those that are there are found, and no others', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
  fc.assert(
    fc.property(ids, (present) => {
      const items = present.map(item);
      const list: { id: number }[] = [];
      for (const one of items) enter(list, one);
      for (let id = -1; id <= 41; id++) {
        const one = items.find((other) => other.id === id);
        expect(find(list, id)).toBe(one);
        expect(isIn(list, one ?? item(id))).toBe(one !== undefined);
      }
    }),
  );
});
