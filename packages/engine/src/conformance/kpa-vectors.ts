/**
 * `kpa-vectors/1`: what Knative's own autoscaler decided, against what this one decides. Desired
 * pods and the state of panic are compared exactly, the excess burst capacity within 1, averages
 * within 2e-6 of their size. Where there is no valid decision the numbers say nothing.
 *
 * A sequence is judged up to its first step that differs: later steps build on it.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import { decideKpa } from '../scaling/kpa.ts';
import { averageOf, averageWindow, withRecord } from '../scaling/kpa-average-window.ts';
import { type KpaMemory, kpaMemory } from '../scaling/kpa-memory.ts';
import { peakOf, peakWindow, withPeak } from '../scaling/kpa-peak-window.ts';
import { sampleSize } from '../scaling/kpa-sample-size.ts';
import { initialExcessBurst } from '../scaling/kpa-serving.ts';
import type { KpaSpec } from '../scaling/kpa-spec.ts';
import {
  type InitialStatusVector,
  KPA_SECTIONS,
  type MaxTimeWindowVector,
  type SampleSizeVector,
  type ScaleVector,
  type WindowAverageVector,
} from './kpa-schema.ts';
import type { VectorDifference, VectorFormat } from './vector-format.ts';
import {
  differenceOf,
  NO_STEP,
  type StepPlace,
  sectionFaults,
  stepPlace,
  vectorId,
  vectorsOf,
} from './vector-sections.ts';

type Differences = readonly VectorDifference[];

export const KPA_VECTORS: VectorFormat = {
  check: (document) => sectionFaults(document, KPA_SECTIONS),
  *run(document) {
    for (const [i, vector] of vectorsOf<ScaleVector>(document, 'scale').entries()) {
      yield { id: vectorId('scale', i, vector.name), differences: scaled(vector) };
    }
    for (const [i, vector] of vectorsOf<WindowAverageVector>(document, 'windowAverage').entries()) {
      yield { id: vectorId('windowAverage', i, vector.name), differences: averaged(vector) };
    }
    for (const [i, vector] of vectorsOf<MaxTimeWindowVector>(document, 'maxTimeWindow').entries()) {
      yield { id: vectorId('maxTimeWindow', i, vector.name), differences: peaked(vector) };
    }
    for (const [i, vector] of vectorsOf<SampleSizeVector>(document, 'sampleSize').entries()) {
      const { pods, sample } = vector;
      const differences = differenceOf(NO_STEP, 'sample', sample, sampleSize(pods));
      yield { id: vectorId('sampleSize', i, `${pods} pods`), differences };
    }
    for (const [i, vector] of vectorsOf<InitialStatusVector>(document, 'initialStatus').entries()) {
      yield { id: vectorId('initialStatus', i, vector.name), differences: initial(vector) };
    }
  },
};

function micros(seconds: number): number {
  return Math.round(seconds * MICROSECONDS_PER_SECOND);
}

function specOf(spec: ScaleVector['spec']): KpaSpec {
  const { stableWindowSec, scaleDownDelaySec, ...rest } = spec;
  return {
    ...rest,
    stableWindow: micros(stableWindowSec),
    scaleDownDelay: micros(scaleDownDelaySec),
  };
}

function scaled({ spec: given, init, panicAtStart, steps }: ScaleVector): Differences {
  let spec = specOf(given);
  let memory = kpaMemory(spec, init.podCountError === true ? null : init.readyPods, 0);
  if (init.panic !== undefined) {
    const { startedAt, maxPanicPods } = init.panic;
    const panicSince = startedAt === null ? null : micros(startedAt);
    memory = { ...memory, panicSince, maxPanicPods };
  }
  const start = panicDifferences(NO_STEP, 'panicAtStart', panicAtStart, memory);
  if (start.length > 0) return start;
  for (const [i, step] of steps.entries()) {
    if (step.spec !== undefined) spec = specOf(step.spec);
    const decision = decideKpa(spec, observationOf(step), memory);
    memory = decision.memory;
    const place = stepPlace(i, step.t);
    const found = [
      ...wantDifferences(place, step.want, decision.desired, decision.excessBurstCapacity),
      ...panicDifferences(place, 'panicAfter', step.panicAfter, memory),
    ];
    if (found.length > 0) return found;
  }
  return [];
}

function observationOf(step: ScaleVector['steps'][number]) {
  const { t, readyPods, stable, panic, metricError, podCountError } = step;
  return {
    now: micros(t),
    readyPods: podCountError === true ? null : readyPods,
    averages: metricError === true ? null : { stable, panic },
  };
}

function wantDifferences(
  place: StepPlace,
  { valid, desired: wanted, ebc: wantedBurst }: ScaleVector['steps'][number]['want'],
  desired: number | null,
  ebc: number | null,
): Differences {
  const validity = differenceOf(place, 'valid', valid, desired !== null);
  if (validity.length > 0 || !valid) return validity;
  return [
    ...differenceOf(place, 'desired', wanted, desired),
    ...differenceOf(
      place,
      'ebc',
      wantedBurst,
      ebc,
      within(() => 1),
    ),
  ];
}

function panicDifferences(
  place: StepPlace,
  field: string,
  { startedAt, maxPanicPods }: ScaleVector['panicAtStart'],
  { panicSince, maxPanicPods: seen }: KpaMemory,
): Differences {
  const same = (_: unknown, since: unknown) =>
    startedAt === null ? since === null : panicSince === micros(startedAt);
  const since = panicSince === null ? null : panicSince / MICROSECONDS_PER_SECOND;
  return [
    ...differenceOf(place, `${field}.startedAt`, startedAt, since, same),
    ...differenceOf(place, `${field}.maxPanicPods`, maxPanicPods, seen),
  ];
}

/** Two numbers that are no further apart than `allowed` of the first. */
function within(allowed: (expected: number) => number) {
  return (expected: unknown, seen: unknown) =>
    typeof expected === 'number' &&
    typeof seen === 'number' &&
    Math.abs(expected - seen) <= allowed(expected);
}

const nearly = within((expected) => 2e-6 * Math.abs(expected));

function averaged({ algorithm, windowSec, granularitySec, ops }: WindowAverageVector): Differences {
  let state = averageWindow(algorithm, micros(windowSec), micros(granularitySec));
  for (const [i, op] of ops.entries()) {
    const now = micros(op.t);
    if ('record' in op) {
      state = withRecord(state, now, op.record);
      continue;
    }
    const seen = averageOf(state, now);
    const place = stepPlace(i, op.t);
    const found = [
      ...differenceOf(place, 'empty', op.wantEmpty, seen === null),
      ...differenceOf(place, 'average', op.want, seen ?? 0, nearly),
    ];
    if (found.length > 0) return found;
  }
  return [];
}

function peaked({ durationSec, granularitySec, ops }: MaxTimeWindowVector): Differences {
  let window = peakWindow(micros(durationSec), micros(granularitySec));
  for (const [i, { t, value, want }] of ops.entries()) {
    window = withPeak(window, micros(t), value);
    const found = differenceOf(stepPlace(i, t), 'maximum', want, peakOf(window));
    if (found.length > 0) return found;
  }
  return [];
}

function initial({ want, initialScale, total, targetBurstCapacity }: InitialStatusVector) {
  const ebc = initialExcessBurst({ total, targetBurstCapacity }, initialScale);
  return [
    // Before the first decision nothing is wanted, which Knative writes as −1.
    ...differenceOf(NO_STEP, 'desired', want.desired, -1),
    ...differenceOf(
      NO_STEP,
      'ebc',
      want.ebc,
      ebc,
      within(() => 1),
    ),
  ];
}
