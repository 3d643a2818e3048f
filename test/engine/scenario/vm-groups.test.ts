import { expect, test } from 'vitest';
import { PUBLIC_REQUEST } from '../../../packages/engine/src/cluster/vm-launch.ts';
import { PUBLIC_BOOT } from '../../../packages/engine/src/cluster/vm-start.ts';
import { DEFAULT_STEPS } from '../../../packages/engine/src/scaling/vm/step-scaling.ts';
import { DEFAULT_TRACKING } from '../../../packages/engine/src/scaling/vm/target-tracking.ts';
import type { VmGroupStrategy } from '../../../packages/engine/src/scenario/scenario.ts';
import { briefly, diagnosticsOf, parseText, SMALL, scenarioOf } from './scenarios.ts';

const group = (fields = '') => `${SMALL}strategies:\n  - { kind: vm-group${fields} }\n`;
const refused = async (fields: string) => briefly(await diagnosticsOf(group(fields)));
const read = async (fields = '') =>
  (await scenarioOf(group(fields))).strategies[0] as VmGroupStrategy;

test('a group of nothing but its kind is complete', async () => {
  const strategy = await read();
  expect(strategy).toMatchObject({
    name: 'vm-group',
    policy: 'target-tracking',
    min: 1,
    max: 100,
    alarms: { period: 60e6, outPoints: 3, inPoints: 15, evaluation: 60e6 },
    launch: { warmUp: 300e6, app: { median: 20e6 }, healthCheck: { interval: 30e6 } },
    scaleIn: { deregistration: 300e6, termination: 'oldest' },
    schedule: [],
  });
  for (const absent of ['targetTracking', 'steps', 'warmPool', 'privateCloud', 'quota']) {
    expect(strategy).not.toHaveProperty(absent);
  }
});

test('what is not written is what the format says it is', async () => {
  const { targetTracking } = await read(', targetTracking: {}');
  expect({ ...targetTracking, target: DEFAULT_TRACKING.target }).toEqual(DEFAULT_TRACKING);
  const { steps } = await read(', policy: simple, steps: { out: [{ from: 70, change: 1 }] }');
  expect(steps).toMatchObject({
    metric: DEFAULT_STEPS.metric,
    adjustment: DEFAULT_STEPS.adjustment,
  });
  const { launch } = await read(', launch: { request: {}, boot: {} }');
  expect(launch).toMatchObject({ request: PUBLIC_REQUEST, boot: PUBLIC_BOOT });
});

test.each([
  [', min: 5, max: 3', 'E_MIN_MAX strategies[0].min'],
  [', max: 3, initial: 4', 'E_RANGE strategies[0].initial'],
  [', min: 3, quota: 2', 'E_MIN_MAX strategies[0].quota'],
  [', policy: step', 'E_REQUIRED strategies[0].steps'],
  [', policy: none, targetTracking: {}', 'E_CONFLICT strategies[0].targetTracking'],
  [', policy: none, alarms: {}', 'E_CONFLICT strategies[0].alarms'],
  [', steps: {}', 'E_CONFLICT strategies[0].steps'],
  [', targetTracking: { metric: requests }', 'E_REQUIRED strategies[0].targetTracking.target'],
  [
    ', policy: step, steps: { out: [{ from: 60, change: 1 }], cooldown: 5m }',
    'E_CONFLICT strategies[0].steps.cooldown',
  ],
  [
    ', policy: step, steps: { out: [{ from: 60, change: 1 }], in: [{ below: 60, change: 1 }] }',
    'E_MIN_MAX strategies[0].steps.in',
  ],
  [
    ', policy: simple, steps: { out: [{ from: 60, change: 1 }, { from: 70, change: 1 }] }',
    'E_CONFLICT strategies[0].steps.out[1]',
  ],
  [', launch: { boot: {} }, privateCloud: {}', 'E_CONFLICT strategies[0].launch.boot'],
  [
    ', privateCloud: { hosts: { cores: 1, overcommit: 1 } }',
    'E_UNSCHEDULABLE strategies[0].privateCloud.hosts',
  ],
  [', schedule: [{ at: +5m }]', 'E_REQUIRED strategies[0].schedule[0]'],
  [', schedule: [{ at: +100d, min: 1 }]', 'E_RANGE strategies[0].schedule[0].at'],
  [', schedule: [{ at: +5m, min: 3, max: 2 }]', 'E_MIN_MAX strategies[0].schedule[0].min'],
  [', schedule: [{ at: +5m, min: 101 }]', 'E_MIN_MAX strategies[0].schedule[0].min'],
  [
    ', schedule: [{ at: +9m, max: 3 }, { at: +5m, min: 4 }]',
    'E_MIN_MAX strategies[0].schedule[0].max',
  ],
  [', schedule: [{ at: +5m, desired: 101 }]', 'E_RANGE strategies[0].schedule[0].desired'],
  [', schedule: [{ at: +5m, min: 3, service: ap }]', 'E_REF strategies[0].schedule[0].service'],
  [', vm: { reservedCpu: 8 }', 'E_RANGE strategies[0].vm.reservedCpu'],
  [', vm: { type: huge }', 'E_PRICE strategies[0].vm.type'],
])('%s is refused', async (fields, expected) => {
  const found = await refused(fields);
  expect(
    found.some((line) => line.startsWith(expected)),
    found.join('\n'),
  ).toBe(true);
});

test('processes that share VMs must fit into one', async () => {
  const yaml = `${SMALL}strategies:
  - { kind: vm-peak, packing: shared, vm: { type: c7i.large, reservedCpu: 1500m } }
`;
  expect(briefly(await diagnosticsOf(yaml))).toEqual([
    expect.stringContaining('E_UNSCHEDULABLE strategies[0].packing'),
  ]);
});

test('with all defaults written out it means the same', async () => {
  const first = await parseText(
    group(', warmPool: { size: 2 }, privateCloud: {}, schedule: [{ at: +5m, min: 2 }], quota: 9'),
  );
  if (!first.ok) throw new Error('refused');
  const second = await parseText(first.resolved);
  expect(second.ok && second.scenario.strategies).toEqual(first.scenario.strategies);
});
