/** Which node group grows: the worked example of each source, and what holds for all. */
import { describe, expect, test } from 'vitest';
import type { ExpansionOption } from '../../../packages/engine/src/provisioning/expanders/expander.ts';
import {
  chooseOption,
  EXPANDERS,
  type ExpanderName,
} from '../../../packages/engine/src/provisioning/expanders/index.ts';
import fc from '../../fixtures/fast-check.ts';

const POD = { cpu: 500, memory: 1000 };

const option = (group: string, changes: Partial<ExpansionOption> = {}): ExpansionOption => ({
  group,
  template: { cpu: 16 * POD.cpu, memory: 16 * POD.memory, pods: 100 },
  nodes: 1,
  podsOfGroup: [1],
  ...POD,
  priority: 0,
  ...changes,
});

const names = (expander: ExpanderName, options: readonly ExpansionOption[]) =>
  EXPANDERS[expander](options).map(({ group }) => group);

/** waste_test.go: one pod; a balanced node, one with more memory, one with less CPU. */
test('least-waste', () => {
  const balanced = option('balanced');
  const memory = option('memory', {
    template: { cpu: 16 * POD.cpu, memory: 32 * POD.memory, pods: 100 },
  });
  const small = option('small', {
    template: { cpu: 8 * POD.cpu, memory: 16 * POD.memory, pods: 100 },
  });
  expect(names('least-waste', [balanced, memory])).toEqual(['balanced']);
  expect(names('least-waste', [balanced, memory, small])).toEqual(['small']);
  expect(names('least-waste', [balanced, { ...balanced, group: 'twin' }])).toEqual([
    'balanced',
    'twin',
  ]);
});

test('most-pods', () => {
  const options = [
    option('one'),
    option('three', { podsOfGroup: [1, 2] }),
    option('other three', { podsOfGroup: [3, 0] }),
  ];
  expect(names('most-pods', options)).toEqual(['three', 'other three']);
});

test('least-nodes', () => {
  expect(names('least-nodes', [option('four', { nodes: 4 }), option('two', { nodes: 2 })])).toEqual(
    ['two'],
  );
});

test('priority', () => {
  const options = [option('spot', { priority: 10 }), option('on-demand', { priority: 50 })];
  expect(names('priority', options)).toEqual(['on-demand']);
});

test('random keeps all of them', () => {
  expect(names('random', [option('a'), option('b')])).toEqual(['a', 'b']);
});

describe('a chain', () => {
  const large = option('large', { nodes: 1, priority: 1 });
  const twin = option('twin', { nodes: 1, priority: 1 });
  const many = option('many', { nodes: 3, priority: 1 });
  const low = option('low', { nodes: 1, priority: 0 });
  const chosen = (chain: readonly ExpanderName[], uniform: number) =>
    chooseOption(chain, [low, many, large, twin], uniform)?.group;

  test('each works on what the one before it left, equals are drawn from', () => {
    expect(chosen(['priority', 'least-nodes'], 0)).toBe('large');
    expect(chosen(['priority', 'least-nodes'], 0.5)).toBe('twin');
    expect(chosen(['priority', 'least-nodes'], 0.999)).toBe('twin');
    expect(chosen(['random'], 0)).toBe('low');
  });

  test('nothing to choose from', () => {
    expect(chooseOption(['least-waste'], [], 0)).toBeNull();
    expect(chooseOption(['most-pods'], [option('none', { nodes: 0 })], 0)).toBeNull();
  });
});

test.each(Object.entries(EXPANDERS))(
  '%s keeps some of the options, in their order',
  (_, expander) => {
    const options = fc.array(
      fc
        .record({
          nodes: fc.integer({ min: 1, max: 9 }),
          podsOfGroup: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }),
          priority: fc.integer({ min: 0, max: 3 }),
        })
        .map((changes) => option('any', changes)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(options, (list) => {
        const kept = expander(list);
        expect(kept.length).toBeGreaterThan(0);
        expect(kept).toEqual(list.filter((one) => kept.includes(one)));
      }),
    );
  },
);
