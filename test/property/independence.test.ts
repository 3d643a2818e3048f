/** What must not influence a result: other strategies, other services, how often anybody looks. */
import { expect, test } from 'vitest';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../packages/engine/src/scenario/scenario.ts';
import {
  fixedPods,
  kubernetes,
  loadOf,
  SECOND,
  scenarioOf,
  serviceOf,
  vmPeak,
} from '../fixtures/scenario.ts';

const SEEDS = Array.from({ length: 10 }, (_, i) => String(i));

const base = (seed: string, changes: Partial<Scenario> = {}) =>
  scenarioOf({
    seed,
    load: [loadOf({ rate: 120 })],
    strategies: [vmPeak(), fixedPods('fixed', 4), kubernetes({ name: 'hpa' })],
    ...changes,
  });

test.each(['vm', 'fixed', 'hpa'])('a strategy more or less does not change %s', (name) => {
  for (const seed of SEEDS) {
    const scenario = base(seed);
    const others = [vmPeak({ name: 'more', headroom: 2 }), ...scenario.strategies].reverse();
    const alone = scenario.strategies.filter((strategy) => strategy.name === name);
    const result = runCell(scenario, name, 2);
    expect(runCell({ ...scenario, strategies: others }, name, 2)).toEqual(result);
    expect(runCell({ ...scenario, strategies: alone }, name, 2)).toEqual(result);
  }
});

test.each(['vm', 'fixed'])('%s: a service that shares nothing changes nothing', (name) => {
  const more = {
    load: [loadOf({ rate: 120 }), loadOf({ name: 'other', rate: 60, route: { other: 1 } })],
  };
  for (const seed of SEEDS) {
    const alone = runCell(base(seed), name, 0).outcome;
    const services = [serviceOf({ name: 'other' }), serviceOf()];
    const both = runCell(base(seed, { ...more, services }), name, 0).outcome;
    expect(both.services.app).toEqual(alone.services.app);
    expect(both.services.other.counts.offered).toBeGreaterThan(1000);
  }
});

test('all strategies meet the same requests', () => {
  for (const seed of SEEDS) {
    const scenario = base(seed);
    const offered = scenario.strategies.map(
      ({ name }) => runCell(scenario, name, 1).series.columns.offered,
    );
    expect(offered[1]).toEqual(offered[0]);
    expect(offered[2]).toEqual(offered[0]);
  }
});

test('how often somebody looks changes nothing while nobody acts on it', () => {
  for (const seed of SEEDS) {
    const often = {
      metrics: { kubeletPeriod: 3 * SECOND, resolution: 701_003 },
      hpaController: { ...base(seed).hpaController, syncPeriod: 333_667 },
    };
    const { outcome, series } = runCell(base(seed, often), 'fixed', 0);
    const calm = runCell(base(seed), 'fixed', 0);
    expect({ outcome, series }).toEqual({ outcome: calm.outcome, series: calm.series });
  }
});

test('a longer scenario begins like the shorter one', () => {
  for (const seed of SEEDS) {
    const short = runCell(base(seed), 'fixed', 0).series.columns;
    const long = runCell(
      { ...base(seed), clock: { ...base(seed).clock, duration: 90 * SECOND } },
      'fixed',
      0,
    ).series.columns;
    for (const name of ['offered', 'completed', 'timedOut', 'latencyP99'] as const) {
      expect(long[name].slice(0, 60), name).toEqual(short[name]);
    }
  }
});
