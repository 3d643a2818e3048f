/**
 * Services that call one another against a model written to be obvious
 * (fixtures/obvious-linked.ts): random call graphs, time-outs, connections, warm-up, queues of
 * services, closed ports, restarts, speeds and kills, to the last bit. Times are coarse, so that
 * events of several services often fall on the same microsecond.
 */
import { expect, test } from 'vitest';
import { settleCalls } from '../../packages/engine/src/flow/calls.ts';
import type { Plane } from '../../packages/engine/src/flow/columns.ts';
import { loseWork } from '../../packages/engine/src/flow/general-path.ts';
import { advanceGroup } from '../../packages/engine/src/flow/linked-path.ts';
import type { LinkedGroup } from '../../packages/engine/src/flow/links.ts';
import { refusePod, restartPod, setPodSpeed } from '../../packages/engine/src/flow/pods.ts';
import {
  createStream,
  indexBelow,
  nextInt32,
  type StreamState,
} from '../../packages/engine/src/kernel/random.ts';
import { type LinkedCall, type LinkedService, linkedServices } from '../fixtures/linked.ts';
import { ObviousLinked } from '../fixtures/obvious-linked.ts';

const MODELS = 200;
const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** `PEAKLESS_MODEL='7' npx vitest run …` repeats one model. */
const only = process.env.PEAKLESS_MODEL;
const seeds = Array.from({ length: MODELS }, (_, i) => String(i));

test.each(only === undefined ? seeds : [only])('linked model %s', (seed) => {
  const s = createStream(seed, 0, 'linked oracle');
  const repeat = `PEAKLESS_MODEL='${seed}' npx vitest run test/oracle/linked-path.test.ts`;
  const shapes = randomServices(s);
  const { group, planes } = linkedServices(shapes);
  const obvious = new ObviousLinked(shapes);
  for (let time = 0; time < 3000; time += 50) {
    advanceGroup(group, time);
    obvious.advance(time);
    for (const { shape, ...known } of obvious.services) {
      const plane = planes[shape.name];
      expect(observe(plane), `${repeat}: ${shape.name} at ${time}`).toEqual({
        counts: known.counts,
        fromLoads: known.fromLoads,
        inFlight: inFlightOf(known.fromLoads),
        latencies: totalsOf(known.latencies),
        waits: totalsOf(known.waits),
      });
    }
    if (below(s, 5) > 0) continue;
    act(s, shapes, { group, obvious, time });
  }
});

/** Something happens to a pod of one of the services. */
function act(
  s: StreamState,
  shapes: readonly LinkedService[],
  { group, obvious, time }: { group: LinkedGroup; obvious: ObviousLinked; time: number },
): void {
  const [index, pod, kind] = [below(s, shapes.length), below(s, 3), below(s, 5)];
  const plane = group.planes[index];
  if (pod >= (shapes[index].pods ?? 1)) return;
  if (kind < 2) {
    loseWork(plane, pod, time);
    settleCalls(group, time);
    obvious.lose(index, pod, time);
  } else if (kind === 2) {
    refusePod(plane, pod);
    obvious.refuse(index, pod);
  } else if (kind === 3) {
    restartPod(plane, pod, time);
    obvious.restart(index, pod, time);
  } else if (shapes[index].variableSpeed === true) {
    const factor = [0.3, 0.8, 1][below(s, 3)];
    setPodSpeed(plane, pod, factor, time);
    obvious.setSpeed(index, pod, factor, time);
  }
}

test('the random models meet every fate, in services and from loads', () => {
  const total = { offered: 0, served: 0, late: 0, timedOut: 0, rejected: 0, failed: 0 };
  for (const seed of seeds.slice(0, 50)) {
    const obvious = new ObviousLinked(randomServices(createStream(seed, 0, 'linked oracle')));
    obvious.advance(3000);
    for (const { fromLoads } of obvious.services) {
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += fromLoads[key];
    }
  }
  for (const [fate, count] of Object.entries(total)) {
    expect(count, fate).toBeGreaterThan(total.offered / 100);
  }
});

function observe(plane: Plane) {
  const named = ([offered, served, late, timedOut, rejected, failed]: Float64Array) => {
    return { offered, served, late, timedOut, rejected, failed };
  };
  return {
    counts: named(plane.counts),
    fromLoads: named(plane.links?.fromLoads.counts ?? new Float64Array(6)),
    inFlight: plane.links?.fromLoads.inFlight(),
    latencies: Array.from(plane.window.totals),
    waits: Array.from(plane.waits.totals),
  };
}

function inFlightOf({ offered, ...over }: Readonly<Record<string, number>>): number {
  return Object.values(over).reduce((left, count) => left - count, offered);
}

/** Number, sum and largest, as a histogram keeps them. */
function totalsOf(values: readonly number[]): number[] {
  return [values.length, values.reduce((sum, x) => sum + x, 0), Math.max(0, ...values)];
}

function below(s: StreamState, n: number): number {
  return indexBelow(nextInt32(s), n);
}

/** Each service calls later ones alone: no circle. Times in steps of 5 µs. */
function randomServices(s: StreamState): LinkedService[] {
  const names = NAMES.slice(0, 2 + below(s, NAMES.length - 1));
  const work = () => 5 * (1 + below(s, 6));
  return names.map((name, i) => {
    const later = names.slice(i + 1);
    const call = (): LinkedCall => ({
      to: later[below(s, later.length)],
      service: work(),
      ...(below(s, 5) === 0 ? { isAsync: true } : {}),
      ...(below(s, 3) === 0 ? { timeout: 5 * (1 + below(s, 20)) } : {}),
      ...(below(s, 3) === 0 ? { connections: 1 + below(s, 3) } : {}),
    });
    const step = () => Array.from({ length: 1 + below(s, 3) }, call);
    const steps = later.length === 0 ? 0 : below(s, 4);
    const hasLoad = i === 0 || below(s, 3) === 0;
    return {
      name,
      pods: 1 + below(s, 3),
      slots: 1 + below(s, 4),
      queueLimit: [0, 2, 1000][below(s, 3)],
      timeout: [30, 100, 100_000][below(s, 3)],
      objective: 5 * (2 + below(s, 20)),
      calls: Array.from({ length: steps }, step),
      requests: hasLoad ? randomRequests(s, work) : [],
      variableSpeed: below(s, 2) === 0,
      ...(below(s, 2) === 0 ? {} : { warmUp: randomWarmUp(s) }),
      ...(below(s, 3) > 0 ? {} : { hold: randomHold(s) }),
    };
  });
}

function randomWarmUp(s: StreamState) {
  const first = { firstRequests: 4 * below(s, 2), firstFactor: 5 };
  const compiler = { work: 5 * (1 + below(s, 60)), factor: 1 + below(s, 4), floor: 0.05 };
  return { ...first, ...compiler, cores: 2, coresPerSlot: 0.7 };
}

function randomHold(s: StreamState) {
  return { limit: [0, 5, 1000][below(s, 3)], inPath: below(s, 2) === 0, perPod: 1 + below(s, 6) };
}

function randomRequests(s: StreamState, work: () => number): [number, number][] {
  let time = 0;
  return Array.from({ length: 100 }, () => {
    time += 5 * below(s, 6);
    return [time, work()];
  });
}
