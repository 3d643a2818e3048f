/** What befalls the pods of a service does not depend on other services at the same places. */
import { expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import { simulate } from '../../../packages/engine/src/simulate.ts';
import { chain, seconds } from './chain.ts';

/** A webhook, failing pulls and a crash, with a node for each pod. */
function scenario(): Scenario {
  const image = { size: 0, cached: false, baked: false, rate: 70e6, sigma: 0 };
  const { pull } = chain({}).strategies[0].startup;
  return chain({
    nodes: { min: 40, max: 40 },
    replicas: [6, 12],
    workload: { cpuRequest: 2000 },
    startup: {
      image,
      pull: { ...pull, failure: 0.4, imagePullPolicy: 'Always' },
      security: { admission: { ...seconds(2), sigma: 0.5 } },
    },
    faults: [{ at: 100e6, kind: 'pod-crash', count: 3 }],
    length: 200,
  });
}

test('admission, pulls and crashes of a service are the same beside another one', () => {
  const alone = scenario();
  const [service] = alone.services;
  const [load] = alone.load;
  const other = { ...service, name: 'a-second' };
  const both: Scenario = {
    ...alone,
    services: [other, service],
    load: [load, { ...load, name: 'second', route: { 'a-second': 1 } }],
  };
  const lives = (of: Scenario) =>
    simulate(compile(of, 'chain', 0))
      .ledger.pods.filter(({ service }) => service === 'app')
      .map((life) => ({
        checked: (life.created ?? 0) - life.wanted,
        // Failed pulls put it off by 10 s, 30 s …
        pulled: Math.floor(((life.imagePresent ?? 0) - (life.bound ?? 0)) / 1e6),
        crashes: life.restarts?.length ?? 0,
      }));
  const found = lives(both);
  expect(found).toEqual(lives(alone));
  expect(found.some(({ pulled }) => pulled >= 10)).toBe(true);
  expect(found.some(({ crashes }) => crashes > 0)).toBe(true);
});
