import { expect, test } from 'vitest';
import { erlangB, erlangC } from '../../../packages/engine/src/queueing/erlang.ts';
import fc from '../../fixtures/fast-check.ts';
import { expectAgreement, number, truthsOf } from './truths.ts';

test.each(truthsOf('M/G/c/c loss (Erlang B, insensitive to the service law)'))(
  'Erlang B: $id',
  (truth) => {
    const load = number(truth, 'offeredLoad');
    const servers = number(truth, 'c');
    const pBlock = erlangB(servers, load);
    const carried = load * (1 - pBlock);
    expectAgreement({ pBlock, carried, utilization: carried / servers }, truth, {
      pBlock: 'pBlock',
      carried: 'carried',
      utilization: 'utilization',
    });
  },
);

test.each(truthsOf('smallest c with P(wait) <= target in M/M/c'))('Erlang C: $id', (truth) => {
  const load = number(truth, 'lambda_') / number(truth, 'mu');
  let servers = 1;
  while (erlangC(servers, load) > number(truth, 'target')) servers++;
  expect(servers).toBe(truth.results.c);
  expectAgreement({ pWait: erlangC(servers, load), oneLess: erlangC(servers - 1, load) }, truth, {
    pWait: 'pWait',
    pWaitWithOneLess: 'oneLess',
  });
});

test('no servers block everything, no load blocks nothing', () => {
  expect(erlangB(0, 3)).toBe(1);
  expect(erlangB(3, 0)).toBe(0);
  expect(erlangC(3, 0)).toBe(0);
  expect(erlangC(3, 3)).toBe(1);
});

test('more servers never block or delay more, more load never less', () => {
  const load = fc.double({ min: 0.01, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), load, (servers, erlangs) => {
      const noise = 1 + 1e-12;
      expect(erlangB(servers + 1, erlangs)).toBeLessThanOrEqual(erlangB(servers, erlangs));
      expect(erlangC(servers + 1, erlangs)).toBeLessThanOrEqual(erlangC(servers, erlangs));
      expect(erlangC(servers, erlangs)).toBeLessThanOrEqual(
        erlangC(servers, erlangs * 1.01) * noise,
      );
      // An arrival that may wait finds all servers busy at least as often as one that is lost.
      expect(erlangC(servers, erlangs) * noise).toBeGreaterThanOrEqual(erlangB(servers, erlangs));
    }),
  );
});
