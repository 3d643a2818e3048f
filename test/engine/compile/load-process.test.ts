import { expect, test } from 'vitest';
import { loadProcess } from '../../../packages/engine/src/compile/load-process.ts';
import { createStream } from '../../../packages/engine/src/kernel/random.ts';
import type { Load } from '../../../packages/engine/src/scenario/scenario.ts';
import { loadCurve } from '../../../packages/engine/src/traffic/index.ts';
import { poissonProcess } from '../../../packages/engine/src/traffic/poisson.ts';
import { scaleCurve } from '../../../packages/engine/src/traffic/rate.ts';
import { drain } from '../../fixtures/point-process.ts';
import { loadOf, SECOND } from '../../fixtures/scenario.ts';

const HORIZON = 60 * SECOND;
const ROUTE = { app: 0.25, shop: 0.75 };
const BURSTS = { kind: 'mmpp', factors: [1, 20], sojourns: [2 * SECOND, SECOND] };
const stream = (path: string) => createStream('load', 0, path);

function arrivals(load: Load, service: string): number[] {
  const curve = scaleCurve(loadCurve(load, HORIZON), load.route[service]);
  return drain(loadProcess(load, service, curve, HORIZON, stream));
}

test('Poisson loads have a stream per service', () => {
  const load = loadOf({ rate: 200, route: ROUTE });
  const curve = scaleCurve(loadCurve(load, HORIZON), 0.25);
  expect(arrivals(load, 'app')).toEqual(drain(poissonProcess(curve, stream('arrivals/load/app'))));
  expect(arrivals({ ...load, process: { kind: 'poisson' } }, 'app')).toEqual(arrivals(load, 'app'));
});

test('other loads are drawn once and routed, so that bursts are shared', () => {
  const alone = arrivals(loadOf({ rate: 200, process: BURSTS }), 'app');
  const load = loadOf({ rate: 200, process: BURSTS, route: ROUTE });
  const app = arrivals(load, 'app');
  const shop = arrivals(load, 'shop');
  expect([...app, ...shop].sort((a, b) => a - b)).toEqual(alone);
  const { length: n } = alone;
  expect(Math.abs(app.length / n - 0.25)).toBeLessThan(4.5 * Math.sqrt(0.1875 / n));
});
