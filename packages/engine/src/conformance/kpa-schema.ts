/**
 * The vector format `kpa-vectors/1`: its types and the check of a file, from one declaration. Times
 * are seconds on the vector's own clock, whose 0 is an even second.
 */
import Type, { type Static, type TSchema } from 'typebox';

const amount = Type.Number({ minimum: 0, maximum: 1e12 });
const time = Type.Number({ minimum: 0, maximum: 1e9 });
const pods = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** A window is kept in a ring of so many buckets at most; a bucket has whole seconds. */
const length = Type.Number({ minimum: 1, maximum: 86_400 });
const bucket = Type.Integer({ minimum: 1, maximum: 86_400 });

function maybe<T extends TSchema>(schema: T) {
  return Type.Optional(schema);
}

const Panic = Type.Object({
  startedAt: Type.Union([time, Type.Null()]),
  maxPanicPods: pods,
});

const Spec = Type.Object({
  target: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
  total: amount,
  targetBurstCapacity: Type.Number({ minimum: -1e12, maximum: 1e12 }),
  panicThreshold: amount,
  maxScaleUpRate: amount,
  maxScaleDownRate: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
  stableWindowSec: time,
  scaleDownDelaySec: time,
  reachable: Type.Boolean(),
  activationScale: pods,
});

const Want = Type.Object({ valid: Type.Boolean(), desired: Type.Integer(), ebc: Type.Number() });

const Scale = Type.Object({
  name: Type.String(),
  spec: Spec,
  init: Type.Object({
    readyPods: pods,
    podCountError: maybe(Type.Boolean()),
    panic: maybe(Panic),
  }),
  panicAtStart: Panic,
  steps: Type.Array(
    Type.Object({
      t: time,
      readyPods: pods,
      stable: amount,
      panic: amount,
      metricError: maybe(Type.Boolean()),
      podCountError: maybe(Type.Boolean()),
      spec: maybe(Spec),
      want: Want,
      panicAfter: Panic,
    }),
  ),
});

const WindowAverage = Type.Object({
  name: Type.String(),
  algorithm: Type.Unsafe<'linear' | 'weighted-exponential'>(
    Type.Enum(['linear', 'weighted-exponential']),
  ),
  windowSec: length,
  granularitySec: bucket,
  ops: Type.Array(
    Type.Union([
      Type.Object({ t: time, record: Type.Number() }),
      Type.Object({
        t: time,
        read: Type.Literal(true),
        want: Type.Number(),
        wantEmpty: Type.Boolean(),
      }),
    ]),
  ),
});

const MaxTimeWindow = Type.Object({
  name: Type.String(),
  durationSec: length,
  granularitySec: bucket,
  ops: Type.Array(Type.Object({ t: time, value: Type.Number(), want: Type.Number() })),
});

const SampleSize = Type.Object({ pods: Type.Integer(), sample: Type.Integer() });

const InitialStatus = Type.Object({
  name: Type.String(),
  initialScale: pods,
  total: amount,
  targetBurstCapacity: Type.Number({ minimum: -1e12, maximum: 1e12 }),
  want: Type.Object({ desired: Type.Integer(), ebc: Type.Number() }),
});

export const KPA_SECTIONS = {
  scale: Scale,
  windowAverage: WindowAverage,
  maxTimeWindow: MaxTimeWindow,
  sampleSize: SampleSize,
  initialStatus: InitialStatus,
} as const;

export type ScaleVector = Static<typeof Scale>;
export type WindowAverageVector = Static<typeof WindowAverage>;
export type MaxTimeWindowVector = Static<typeof MaxTimeWindow>;
export type SampleSizeVector = Static<typeof SampleSize>;
export type InitialStatusVector = Static<typeof InitialStatus>;
