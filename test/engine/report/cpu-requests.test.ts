/** Advice on CPU requests stands below the notes of its strategy, in words. */
import { expect, test } from 'vitest';
import { setupMessages } from '../../../packages/engine/src/report/cpu-requests.ts';
import { renderMessage } from '../../../packages/engine/src/report/messages/index.ts';

const ADVICE = { request: 2000, target: 900, lower: 500, upper: 4000, samples: 1000 };
const NOTE = { key: 'note.fixed', params: { service: 'shop', replicas: 2 } };

const words = (changes: Partial<{ request: number | null; upper: number | null }>) => {
  const strategy = { notes: [], cpuRequests: { shop: { ...ADVICE, ...changes } } };
  return setupMessages(strategy).map((message) => renderMessage(message, 'en', ''));
};

test('after the notes, with the bounds that the history allows', () => {
  const all = setupMessages({ notes: [NOTE], cpuRequests: { shop: ADVICE } });
  expect(all[0]).toBe(NOTE);
  expect(words({})[0]).toContain('request 2000m of CPU; by what they used, 900m would do');
  expect(words({})[0]).toContain('between 500m and 4000m');
});

test.each([
  ['too short a history has no upper bound', { upper: null }, 'at least 500m'],
  ['nor has one that bounds nothing', { upper: 90_000 }, 'at least 500m'],
  ['pods without a request', { request: null }, 'request no CPU'],
])('%s', (_, changes, expected) => {
  expect(words(changes)[0]).toContain(expected);
});

test('VMs have no advice', () => {
  expect(setupMessages({ notes: [NOTE], cpuRequests: {} })).toEqual([NOTE]);
});
