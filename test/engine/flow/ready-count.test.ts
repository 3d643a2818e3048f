/** How many pods serve, as the series counts them: on both paths the same. */
import { expect, test } from 'vitest';
import { typescriptKernel } from '../../../packages/engine/src/flow/fast/build.ts';
import { createFastPlane } from '../../../packages/engine/src/flow/fast/fast-plane.ts';
import { createGeneralPlane } from '../../../packages/engine/src/flow/general-plane.ts';
import { listedArrivals, specOf } from '../../fixtures/plane.ts';

const spec = () => specOf({}, listedArrivals([]));
const PLANES = {
  general: () => createGeneralPlane(spec()),
  fast: () => createFastPlane({ ...spec(), createKernel: typescriptKernel }),
};

test.each(Object.entries(PLANES))('%s: a pod with a closed port is not ready', (_, create) => {
  const plane = create();
  for (const pod of [0, 1, 2]) plane.admit(pod);
  expect(plane.readyCount()).toBe(3);
  // One crashes and comes back, one is gone before its clients hear of it.
  plane.refuse(0, 10);
  plane.refuse(1, 10);
  expect(plane.readyCount()).toBe(1);
  plane.restart(0, 20);
  expect(plane.readyCount()).toBe(2);
  plane.withdraw(1);
  expect(plane.readyCount()).toBe(2);
});
