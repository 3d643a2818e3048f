import { test } from 'vitest';
import { advance } from '../../packages/engine/src/flow/general-path.ts';
import { LAWS } from '../../packages/engine/src/service/index.ts';
import { drawnArrivals, planeOf, steady } from '../fixtures/plane.ts';
test.each([[1, 0.8, 1,'random'],[1,0.9,1,'random'],[10,9,1,'random'],[1,1.6,2,'least-loaded'],[1,180,200,'power-of-two']] as const)('speed %s %s %s %s', (slots, la, pods, balancer) => {
  const n = 4e6; const horizon = Math.round((n / la) * 10000);
  const plane = planeOf({ slots, pods, balancer, }, drawnArrivals({ seed: 'x', law: LAWS.exponential({ mean: 10000 }), curves: [steady(la * 100, horizon)] }));
  const t = process.cpuUsage().user;
  for (let i=1;i<=10;i++) advance(plane, Math.floor(horizon*i/10));
  const s = (process.cpuUsage().user - t)/1e6;
  console.log(slots, la, plane.counts[0], s, 's', plane.counts[0]/s/1e6, 'M/s', plane.window.totals[1]/plane.window.totals[0]/10000);
});
