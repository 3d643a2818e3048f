import { expect, test } from 'vitest';
import { assert, InvariantError } from '../../../packages/engine/src/kernel/assert.ts';

test('a broken invariant stops the run and carries its code', () => {
  expect(() => assert(true, 'holds')).not.toThrow();
  const failure = (() => {
    try {
      assert(false, 'two pods on one slot');
    } catch (error) {
      return error;
    }
    return null;
  })();
  expect(failure).toBeInstanceOf(InvariantError);
  expect(failure).toMatchObject({ code: 'E_INVARIANT', message: 'two pods on one slot' });
});
