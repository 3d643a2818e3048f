import { expect, test } from 'vitest';
import { SortedList } from '../../../packages/engine/src/kernel/sorted-list.ts';
import fc from '../../fixtures/fast-check.ts';

test('the first and the last are those of a sorted array, whatever comes and goes', () => {
  const keys = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 30 });
  fc.assert(
    fc.property(keys, fc.array(fc.nat(), { maxLength: 30 }), (added, removed) => {
      const list = new SortedList<{ readonly id: number }>();
      const model = added.map((key, id) => ({ key, item: { id } }));
      for (const { key, item } of model) list.add(key, item);
      for (const pick of removed) {
        if (model.length === 0) break;
        const [{ key, item }] = model.splice(pick % model.length, 1);
        list.remove(key, item);
        model.sort((a, b) => a.key - b.key || a.item.id - b.item.id);
        expect(list.size).toBe(model.length);
        expect(list.firstKey).toBe(model[0]?.key ?? Number.POSITIVE_INFINITY);
        expect(list.lastKey).toBe(model.at(-1)?.key ?? Number.NEGATIVE_INFINITY);
        expect(list.first).toBe(model[0]?.item);
        expect(list.last).toBe(model.at(-1)?.item);
        expect(list.toArray()).toEqual(model.map((one) => one.item));
      }
    }),
    { numRuns: 100 },
  );
});

test('items leave in order from the front while others come, however many', () => {
  const list = new SortedList<{ readonly id: number }>();
  const model: { key: number; id: number }[] = [];
  for (let id = 0; id < 1000; id++) {
    const key = (id * 7919) % 101;
    list.add(key, { id });
    model.push({ key, id });
    model.sort((a, b) => a.key - b.key || a.id - b.id);
    // Two of three leave: the list is long at times, and empty at others.
    for (let left = id % 300 < 150 ? 0 : 2; left > 0 && model.length > 0; left--) {
      const { first } = list;
      expect({ key: list.firstKey, id: first.id }).toEqual(model.shift());
      list.remove(list.firstKey, first);
    }
    expect(list.size).toBe(model.length);
    expect(list.lastKey).toBe(model.at(-1)?.key ?? Number.NEGATIVE_INFINITY);
  }
});

test('what is not in the list cannot be taken out', () => {
  const list = new SortedList<{ readonly id: number }>();
  list.add(1, { id: 7 });
  expect(() => list.remove(2, { id: 7 })).toThrow('not in the list');
});
