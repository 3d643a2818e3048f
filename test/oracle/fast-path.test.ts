/**
 * The fast path, in both builds of its kernel, against the general path: the same requests in, the
 * same bits out, over random models: slots from one to more than the narrow kernel has, queue
 * limits, patience and time-outs that bind at once, services longer than its ticks reach, long
 * silences, pods that come, go, crash, close their ports, come back and are killed, rows that end.
 */
import { expect, test } from 'vitest';
import { BALANCERS, type BalancerName } from '../../packages/engine/src/flow/balancers/index.ts';
import type { PlaneSpec } from '../../packages/engine/src/flow/columns.ts';
import type { DataPlane } from '../../packages/engine/src/flow/data-plane.ts';
import { type CreateKernel, typescriptKernel } from '../../packages/engine/src/flow/fast/build.ts';
import { choosePlane, whyGeneral } from '../../packages/engine/src/flow/plane-choice.ts';
import {
  createSample,
  type RequestSample,
  sampledRequests,
} from '../../packages/engine/src/flow/sample.ts';
import {
  createStream,
  nextUniform,
  type StreamState,
} from '../../packages/engine/src/kernel/random.ts';
import { createLaw } from '../../packages/engine/src/service/index.ts';
import { rateCurve } from '../../packages/engine/src/traffic/rate.ts';
import { wasmKernel } from '../../packages/wasm/src/index.ts';
import { drawnArrivals, listedArrivals, ramp } from '../fixtures/plane.ts';

const MODELS = 510;
const BALANCERS_HERE: readonly BalancerName[] = [
  'random',
  'round-robin',
  'power-of-two',
  'least-loaded',
];

const BUILDS = { ts: typescriptKernel, wasm: wasmKernel() as CreateKernel };

const KINDS = [
  ...(['admit', 'admit', 'withdraw', 'kill', 'look', 'look', 'reset', 'row', 'row'] as const),
  ...(['refuse', 'refuse', 'crash', 'restart'] as const),
] as const;

interface Control {
  readonly time: number;
  readonly kind: (typeof KINDS)[number];
  readonly pod: number;
}

interface RandomModel {
  /** Makes the spec anew: arrivals are used up. */
  readonly spec: () => PlaneSpec;
  readonly pods: number;
  readonly controls: readonly Control[];
}

/** `PEAKLESS_MODEL='fast/7' npx vitest run …` repeats one model. */
const only = process.env.PEAKLESS_MODEL;
const seeds = Array.from({ length: MODELS }, (_, i) => `fast/${i}`);

test.each(only === undefined ? seeds : [only])('model %s', (seed) => {
  const repeat = `PEAKLESS_MODEL='${seed}' npx vitest run test/oracle/fast-path.test.ts`;
  const model = randomModel(seed);
  const general = choosePlane(model.spec(), { path: 'general' }).plane;
  const fast = Object.entries(BUILDS).map(([name, createKernel]) => {
    const choice = choosePlane(model.spec(), { createKernel });
    expect(choice, repeat).toMatchObject({ kernel: name, reason: null });
    return choice.plane;
  });
  const planes = [general, ...fast];
  for (const plane of planes) for (let pod = 0; pod < model.pods; pod++) plane.admit(pod);
  for (const control of model.controls) {
    for (const plane of planes) plane.advance(control.time);
    const [wanted, ...seen] = planes.map((plane) => observe(plane, control));
    // Comparing texts is far quicker; the objects say where they differ.
    const text = JSON.stringify(wanted);
    for (const one of seen) if (JSON.stringify(one) !== text) expect(one, repeat).toEqual(wanted);
    for (const plane of planes) act(plane, control);
  }
});

test('what the fast path cannot express stays on the general path, and says why', () => {
  const spec = randomModel('fast/0').spec();
  const stochastic = { ...spec, patience: ['drawn' as const] };
  expect(whyGeneral(spec)).toBeNull();
  expect(whyGeneral({ ...spec, linked: true })).toBe('calls');
  expect(whyGeneral(stochastic)).toBe('drawn-patience');
  expect(whyGeneral({ ...spec, timeouts: [1, 2] })).toBe('unequal-clients');
  const compiler = { work: 1, factor: 2, firstRequests: 0, firstFactor: 1, floor: 0 };
  const warmUp = { ...compiler, cores: 1, coresPerSlot: 1 };
  expect(whyGeneral({ ...spec, warmUp })).toBe('warm-up');
  const slowStart = { duration: 1, aggression: 1, minimum: 0.1 };
  expect(whyGeneral({ ...spec, slowStart })).toBe('slow-start');
  expect(whyGeneral({ ...spec, variableSpeed: true })).toBe('variable-speed');
  expect(whyGeneral({ ...spec, hold: { limit: 1, inPath: true, perPod: 1 } })).toBe('hold');
  expect(whyGeneral({ ...spec, choose: BALANCERS.sticky.choose })).toBe('balancer');
  expect(choosePlane(spec, { path: 'general' })).toMatchObject({ kernel: null, reason: 'forced' });
});

function observe(plane: DataPlane, { time, kind }: Control) {
  if (kind !== 'look') plane.settle(time);
  const quantiles = new Float64Array(2);
  if (kind === 'row') plane.endWindow(quantiles);
  const { window, latency, waits } = plane;
  const pods = Array.from({ length: 40 }, (_, pod) => [
    plane.busyTime(pod, time),
    plane.outstanding(pod, time),
    plane.isReady(pod),
  ]);
  const settled = kind === 'look' ? [] : [[...plane.counts], [...plane.integrals], plane.waiting()];
  const busy = plane.busyTimeOfAll(time);
  if (kind === 'look') return { pods, busy };
  return {
    pods,
    busy,
    settled,
    quantiles: [...quantiles],
    inFlight: plane.inFlight(),
    sample: sampledRequests(plane.sample as RequestSample, time),
    histograms: [window, latency, waits].map(({ counts, totals }) => [[...totals], filled(counts)]),
  };
}

/** Bucket, count, bucket, count … of those that are not empty. */
function filled(counts: Float64Array): number[] {
  const found: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket++) {
    if (counts[bucket] > 0) found.push(bucket, counts[bucket]);
  }
  return found;
}

function act(plane: DataPlane, { kind, pod, time }: Control): void {
  if (kind === 'admit' && !plane.isReady(pod)) plane.admit(pod, time);
  if (kind === 'refuse' || kind === 'crash') plane.refuse(pod, time);
  if (kind === 'restart') plane.restart(pod, time);
  if (kind === 'withdraw' || kind === 'kill') plane.withdraw(pod);
  if (kind === 'kill' || kind === 'crash') plane.lose(pod, time);
  if (kind === 'reset') plane.resetStatistics(time);
}

function randomModel(seed: string): RandomModel {
  const s = createStream(seed, 0, 'model');
  const pick = <T>(...from: readonly T[]) => from[Math.floor(nextUniform(s) * from.length)] as T;
  const pods = pick(1, 2, 5, 17, 33);
  const slots = pick(1, 2, 3, 8, 8, 9, 20);
  const mean = pick(3, 200, 20_000, 3e6, 4e8);
  const law = createLaw(randomLaw(s, mean));
  const busy = 0.2 + 1.3 * nextUniform(s);
  const requests = pick(50, 400, 3000);
  const span = Math.ceil((requests * law.mean) / (pods * slots * busy)) + 10;
  const rate = (requests / span) * 1e6;
  const curve = rateCurve(
    pick(
      [ramp(rate, rate, span)],
      [ramp(0, 2 * rate, span / 2), ramp(2 * rate, 0, span / 2)],
      [ramp(rate, rate, span / 4), ramp(0, 0, 20 * span), ramp(3 * rate, 3 * rate, span / 4)],
    ),
    pick(1, 21) * span,
  );
  const balancer = pick(...BALANCERS_HERE);
  const timeout = pick(Number.POSITIVE_INFINITY, law.mean * 0.7, law.mean * 3, law.mean * 20);
  const patience = pick(null, null, Math.ceil(law.mean * 0.4), Math.ceil(law.mean * 5));
  const sampleSize = pick(1, 5, 60);
  const listed = nextUniform(s) < 0.5;
  const queueLimit = pick(0, 1, 7, 200, 2 ** 30);
  const spec = (): PlaneSpec => ({
    slots,
    queueLimit,
    latencyObjective: law.mean * 2,
    timeouts: [Math.ceil(timeout)],
    patience: [patience],
    choose: BALANCERS[balancer].choose,
    ranked: BALANCERS[balancer].ranked,
    sample: createSample(sampleSize, createStream(seed, 0, 'sample')),
    arrivals: listed
      ? listedArrivals(coarse(drawnArrivals({ seed, law, curves: [curve] })))
      : drawnArrivals({ seed, law, curves: [curve] }),
  });
  const horizon = curve.start[curve.start.length - 1];
  return { spec, pods, controls: randomControls(s, pods, horizon) };
}

/** The same requests on a grid, so that much falls on the same microsecond. */
function coarse(arrivals: ReturnType<typeof drawnArrivals>) {
  const list = [];
  for (;;) {
    arrivals.refill(arrivals);
    if (arrivals.end === 0) return list;
    for (let i = 0; i < arrivals.end; i++) {
      list.push({
        time: Math.ceil(arrivals.time[i] / 4) * 4,
        service: Math.ceil(arrivals.service[i] / 4) * 4,
        source: 0,
        draw1: arrivals.draws[2 * i],
        draw2: arrivals.draws[2 * i + 1],
      });
    }
  }
}

function randomLaw(s: StreamState, mean: number) {
  const u = nextUniform(s);
  if (u < 0.3) return { dist: 'exponential', mean } as const;
  if (u < 0.5) return { dist: 'deterministic', mean } as const;
  if (u < 0.6) return { dist: 'uniform', mean } as const;
  return { dist: 'lognormal', mean, cv: 0.2 + 2 * nextUniform(s) } as const;
}

/** Between 5 and 60 acts, some at one instant, the last one after the end of everything. */
function randomControls(s: StreamState, pods: number, horizon: number): Control[] {
  const count = 5 + Math.floor(nextUniform(s) * 55);
  const times = Array.from({ length: count }, () => Math.floor((nextUniform(s) * horizon) / 4) * 4);
  const controls = times
    .sort((a, b) => a - b)
    .map((time): Control => {
      const kind = KINDS[Math.floor(nextUniform(s) * KINDS.length)] as Control['kind'];
      return { time, kind, pod: Math.floor(nextUniform(s) * (pods + 3)) };
    });
  return [...controls, { time: 3 * horizon, kind: 'reset', pod: 0 }];
}
