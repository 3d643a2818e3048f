/**
 * The general path against a model written to be obvious (fixtures/obvious-plane.ts): the same
 * requests in, the same bits out, over random models: every balancer, slots and shared CPU, queue
 * limits, patience and time-outs that bind at once, warm-up, slow start, a queue of the service's
 * own, pods that come, go, crash, come back, close their ports, slow down and are killed. Times are
 * coarse, so that departures, deadlines, control events and arrivals often fall on the same
 * microsecond.
 */
import { expect, test } from 'vitest';
import { BALANCERS, type BalancerName } from '../../packages/engine/src/flow/balancers/index.ts';
import {
  LEVEL_IN_SYSTEM,
  type PatienceSpec,
  type Plane,
} from '../../packages/engine/src/flow/columns.ts';
import { IN_QUEUE, IN_SYSTEM } from '../../packages/engine/src/flow/data-plane.ts';
import { advance, elapse, loseWork } from '../../packages/engine/src/flow/general-path.ts';
import {
  admitPod,
  busyTime,
  inFlight,
  refusePod,
  restartPod,
  setPodSpeed,
  usedForWarmUp,
  withdrawPod,
} from '../../packages/engine/src/flow/pods.ts';
import {
  createStream,
  indexBelow,
  nextInt32,
  type StreamState,
} from '../../packages/engine/src/kernel/random.ts';
import { createHistogram, recordValue } from '../../packages/engine/src/stats/histogram.ts';
import { ObviousPlane, type ObviousShape } from '../fixtures/obvious-plane.ts';
import { FOREVER, type ListedRequest, listedArrivals, planeOf } from '../fixtures/plane.ts';

const MODELS_PER_BALANCER = 100;

const KINDS = [
  ...(['admit', 'admit', 'readmit', 'withdraw', 'kill', 'crash', 'look'] as const),
  ...(['refuse', 'restart', 'speed', 'path'] as const),
] as const;
type Kind = (typeof KINDS)[number];

interface Control {
  readonly time: number;
  readonly kind: Kind;
  readonly pod: number;
  readonly factor: number;
}

interface RandomModel {
  readonly shape: ObviousShape;
  readonly patience: readonly PatienceSpec[];
  readonly pods: number;
  readonly requests: readonly ListedRequest[];
  readonly controls: readonly Control[];
  readonly end: number;
}

/** The engine's plane of a model, without pods. */
function planeOfModel({ shape, requests, patience }: RandomModel): Plane {
  return planeOf({ ...shape, patience, pods: 0 }, listedArrivals(requests));
}

/** `PEAKLESS_MODEL='round-robin/7' npx vitest run …` repeats one model. */
const only = process.env.PEAKLESS_MODEL;
const seeds = Object.keys(BALANCERS).flatMap((balancer) =>
  Array.from({ length: MODELS_PER_BALANCER }, (_, i) => `${balancer}/${i}`),
);

test.each(only === undefined ? seeds : [only])('model %s', (seed) => {
  const model = randomModel(seed, seed.split('/')[0] as BalancerName);
  const repeat = `PEAKLESS_MODEL='${seed}' npx vitest run test/oracle/general-path.test.ts`;
  const obvious = new ObviousPlane(model.shape, model.requests);
  const plane = planeOfModel(model);
  for (let pod = 0; pod < model.pods; pod++) {
    obvious.admit(pod);
    admitPod(plane, pod);
  }
  for (const control of model.controls) {
    obvious.advance(control.time);
    advance(plane, control.time);
    expect(observe(plane, control.time), repeat).toEqual(observeObvious(obvious, control.time));
    act(control, plane, obvious, model.shape);
  }
  obvious.advance(model.end);
  advance(plane, model.end);
  expect(observe(plane, model.end), repeat).toEqual(observeObvious(obvious, model.end));
});

test.each(Object.keys(BALANCERS) as BalancerName[])(
  'a surge that outgrows every column, with %s',
  (balancer) => {
    const s = createStream(balancer, 0, 'surge');
    const calm = { count: 1000, tick: 10, loads: 2, longest: 6, spread: 5 };
    const before = randomRequests(s, calm);
    const start = before[before.length - 1].time;
    // More wait for their time-out than the columns have room for at first, and the oldest of them
    // no longer stand at the front.
    const surge = randomRequests(s, { ...calm, count: 6000, spread: 1 }).map((request) => ({
      ...request,
      time: request.time + start,
    }));
    const requests = [...before, ...surge];
    const shape: ObviousShape = {
      slots: 2,
      queueLimit: 1_000_000,
      latencyObjective: 200,
      timeouts: [8000, 9001],
      balancer,
    };
    const obvious = new ObviousPlane(shape, requests);
    const plane = planeOf({ ...shape, pods: 0 }, listedArrivals(requests));
    const end = requests[requests.length - 1].time + 20_000;
    for (let time = 0, pod = 0; time <= end; time += 500, pod++) {
      obvious.advance(time);
      advance(plane, time);
      expect(observe(plane, time)).toEqual(observeObvious(obvious, time));
      if (pod < 6 && pod % 2 === 0)
        act({ time, kind: 'admit', pod: pod / 2, factor: 1 }, plane, obvious, shape);
    }
    const rings = plane.deadlines.rings.map((ring) => ring.rows.length);
    expect(Math.min(...rings)).toBeGreaterThan(1024);
    expect(plane.requests.capacity).toBeGreaterThan(1024);
  },
);

test('the random models meet every fate, and what pods and balancers may do', () => {
  const total = { offered: 0, served: 0, late: 0, timedOut: 0, rejected: 0, failed: 0 };
  const met = { compiled: 0, held: 0, slowed: 0, unanswered: 0 };
  for (const seed of seeds) {
    const model = randomModel(seed, seed.split('/')[0] as BalancerName);
    const obvious = new ObviousPlane(model.shape, model.requests);
    for (let pod = 0; pod < model.pods; pod++) obvious.admit(pod);
    for (const control of model.controls) {
      obvious.advance(control.time);
      const { failed } = obvious.counts;
      actObvious(control, obvious, model.shape);
      met.unanswered -= obvious.counts.failed - failed;
      if (obvious.heldLength() > 0) met.held++;
      if (control.kind === 'speed' && model.shape.variableSpeed === true) met.slowed++;
    }
    obvious.advance(model.end);
    met.unanswered += obvious.counts.failed;
    for (let pod = 0; pod < PODS_SEEN; pod++) {
      if (obvious.warmUpCpu(pod, model.end) > 0) met.compiled++;
    }
    for (const key of Object.keys(total) as (keyof typeof total)[]) {
      total[key] += obvious.counts[key];
    }
  }
  for (const [fate, count] of Object.entries(total)) {
    expect(count, fate).toBeGreaterThan(total.offered / 100);
  }
  for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(100);
});

const PODS_SEEN = 40;

function observe(plane: Plane, now: number) {
  elapse(plane, now);
  const [offered, served, late, timedOut, rejected, failed, waited] = plane.counts;
  const pods = Array.from({ length: PODS_SEEN }, (_, pod) => ({
    busyTime: busyTime(plane, pod, now),
    warmUpCpu: usedForWarmUp(plane, pod, now),
    queueLength: plane.pods.queueLength[pod] ?? 0,
  }));
  return {
    counts: { offered, served, late, timedOut, rejected, failed },
    waited,
    latencies: nonZero(plane.window),
    waits: nonZero(plane.waits),
    integrals: { queue: plane.integrals[IN_QUEUE], system: plane.integrals[IN_SYSTEM] },
    inFlight: inFlight(plane),
    inSystem: plane.levels[LEVEL_IN_SYSTEM],
    held: plane.hold?.length ?? 0,
    pods,
  };
}

function observeObvious(obvious: ObviousPlane, now: number) {
  const pods = Array.from({ length: PODS_SEEN }, (_, pod) => ({
    busyTime: obvious.busyTime(pod, now),
    warmUpCpu: obvious.warmUpCpu(pod, now),
    queueLength: obvious.queueLength(pod),
  }));
  return {
    counts: { ...obvious.counts },
    waited: obvious.waited,
    latencies: nonZero(histogramOf(obvious.latencies)),
    waits: nonZero(histogramOf(obvious.waits)),
    integrals: { ...obvious.integrals },
    inFlight: obvious.inFlight(),
    inSystem: obvious.inFlight(),
    held: obvious.heldLength(),
    pods,
  };
}

function histogramOf(values: readonly number[]) {
  const histogram = createHistogram();
  for (const value of values) recordValue(histogram, value);
  return histogram;
}

function nonZero({ counts, totals }: { counts: Float64Array; totals: Float64Array }) {
  const filled: [bucket: number, count: number][] = [];
  counts.forEach((count, bucket) => {
    if (count > 0) filled.push([bucket, count]);
  });
  return { filled, totals: Array.from(totals) };
}

function act(control: Control, plane: Plane, obvious: ObviousPlane, shape: ObviousShape): void {
  const { kind, pod, time, factor } = control;
  if (kind === 'admit') admitPod(plane, pod, time);
  if (kind === 'readmit' && plane.pods.isReady[pod] === 0) admitPod(plane, pod, time);
  if (kind === 'withdraw' || kind === 'kill') withdrawPod(plane, pod);
  if (kind === 'kill' || kind === 'crash') loseWork(plane, pod, time);
  if (kind === 'refuse') refusePod(plane, pod);
  if (kind === 'restart') restartPod(plane, pod, time);
  if (kind === 'speed' && shape.variableSpeed === true) setPodSpeed(plane, pod, factor, time);
  if (kind === 'path' && plane.hold !== null) plane.hold.inPath = factor < 1;
  actObvious(control, obvious, shape);
}

function actObvious(control: Control, obvious: ObviousPlane, shape: ObviousShape): void {
  const { kind, pod, time, factor } = control;
  if (kind === 'admit') obvious.admit(pod, time);
  if (kind === 'readmit' && !obvious.isReady(pod)) obvious.admit(pod, time);
  if (kind === 'withdraw' || kind === 'kill') obvious.withdraw(pod);
  if (kind === 'kill' || kind === 'crash') obvious.lose(pod, time);
  if (kind === 'refuse') obvious.refuse(pod);
  if (kind === 'restart') obvious.restart(pod, time);
  if (kind === 'speed' && shape.variableSpeed === true) obvious.setSpeed(pod, factor, time);
  if (kind === 'path' && shape.hold !== undefined) obvious.setInPath(factor < 1);
}

/** Integers from..to, both included. */
function draw(stream: StreamState, from: number, to: number): number {
  return from + indexBelow(nextInt32(stream), to - from + 1);
}

function pick<T>(stream: StreamState, ...choices: readonly T[]): T {
  return choices[draw(stream, 0, choices.length - 1)];
}

function randomModel(seed: string, balancer: BalancerName): RandomModel {
  const s = createStream(seed, 0, 'oracle');
  const pods = draw(s, 0, 6);
  const slots = draw(s, 1, 4);
  // µs: 10 keeps latencies where the histogram is exact, 1 000 goes beyond.
  const tick = pick(s, 10, 10, 1000);
  const loads = draw(s, 1, 3);
  const limit = () => pick(s, 1, 2, 3, 5, 8, 20, FOREVER / tick) * tick;
  const timeouts = Array.from({ length: loads }, limit);
  const patience = timeouts.map(() => pick<PatienceSpec>(s, null, 'drawn', limit()));
  const queueLimit = pick(s, 0, 1, 2, 5, 1000);
  const objective = pick(s, 1, 3, 6) * tick;
  const longest = pick(s, 1, 4, 8);
  const list = randomRequests(s, {
    count: 200,
    tick,
    loads,
    longest,
    spread: pick(s, 1, 2, 5),
  });
  const requests = list.map((request) => withPatience(s, request, patience[request.source], tick));
  const end = (requests.at(-1)?.time ?? 0) + pick(s, 0, 2, 50) * tick;
  return {
    shape: {
      slots,
      queueLimit,
      latencyObjective: objective,
      timeouts,
      balancer,
      ...randomBalancing(s, balancer, tick),
      ...randomSharing(s, slots, tick),
      ...randomNewPods(s, tick),
      ...randomHold(s),
    },
    patience,
    pods,
    requests,
    controls: randomControls(s, pods, tick, end),
    end,
  };
}

function withPatience(
  s: StreamState,
  request: ListedRequest,
  patience: PatienceSpec,
  tick: number,
): ListedRequest {
  if (patience === null) return request;
  return { ...request, patience: patience === 'drawn' ? draw(s, 1, 12) * tick : patience };
}

function randomBalancing(s: StreamState, balancer: BalancerName, tick: number) {
  if (balancer === 'power-of-two') return { choices: pick(s, 2, 3) };
  if (balancer === 'weighted') return { weights: [draw(s, 1, 4), draw(s, 1, 4), draw(s, 1, 4)] };
  if (balancer !== 'sticky') return {};
  const sticky = { connections: draw(s, 1, 12), requests: pick(s, 1, 5, 1000) };
  return { sticky: { ...sticky, lifetime: pick(s, 4, 50, 1e6) * tick } };
}

/** Slots of their own, or shared CPU; limits that no number of requests divides. */
function randomSharing(s: StreamState, slots: number, tick: number) {
  const servers = pick(s, 0.5, 1, 1.7, slots);
  const kind = pick(s, 'slots', 'slots', 'fluid', 'cfs');
  if (kind === 'slots') return {};
  return { processor: kind === 'fluid' ? { servers } : { servers, period: pick(s, 3, 10) * tick } };
}

/** How pods come to full speed, and what others on their nodes take. */
function randomNewPods(s: StreamState, tick: number) {
  const shape = {
    work: draw(s, 1, 60) * tick,
    factor: pick(s, 1, 2.4, 7),
    firstRequests: pick(s, 0, 3, 20),
    firstFactor: pick(s, 1, 8),
    floor: pick(s, 0, 0.05),
    cores: pick(s, 1, 2.5),
    coresPerSlot: pick(s, 0.3, 1),
  };
  const rise = {
    duration: draw(s, 1, 100) * tick,
    aggression: pick(s, 1, 2.5),
    minimum: pick(s, 0.1, 0.5),
  };
  return {
    ...(draw(s, 0, 1) === 0 ? {} : { warmUp: shape }),
    ...(draw(s, 0, 1) === 0 ? {} : { slowStart: rise }),
    ...(draw(s, 0, 2) > 0 ? {} : { variableSpeed: true }),
  };
}

function randomHold(s: StreamState) {
  const hold = {
    limit: pick(s, 0, 3, 40, 10_000),
    inPath: draw(s, 0, 1) === 1,
    perPod: pick(s, 1, 2, 5, Number.POSITIVE_INFINITY),
  };
  return draw(s, 0, 2) > 0 ? {} : { hold };
}

function randomRequests(
  s: StreamState,
  shape: { count: number; tick: number; loads: number; longest: number; spread: number },
): ListedRequest[] {
  let tick = 0;
  return Array.from({ length: shape.count }, () => {
    tick += Math.max(0, draw(s, -2, shape.spread));
    return {
      time: tick * shape.tick,
      service: draw(s, 1, shape.longest) * shape.tick,
      source: draw(s, 0, shape.loads - 1),
      draw1: nextInt32(s),
      draw2: nextInt32(s),
      draw3: nextInt32(s),
    };
  });
}

/** Pods come, go, come back and die at random. */
function randomControls(s: StreamState, pods: number, tick: number, end: number): Control[] {
  const ticks = Math.floor(end / tick);
  const times = Array.from({ length: 30 }, () => draw(s, 0, ticks) * tick).sort((a, b) => a - b);
  // Pod 0 may come back before it has ever been there.
  let next = Math.max(1, pods);
  return times.map((time) => {
    const kind = pick<Kind>(s, ...KINDS);
    const factor = pick(s, 0.25, 0.7, 1, 1);
    if (kind === 'admit') return { time, kind, factor, pod: next++ };
    return { time, kind, factor, pod: draw(s, Math.max(0, next - 8), Math.max(0, next - 1)) };
  });
}
