/**
 * The vector format `hpa-vectors/1`: its types and the check of a file, from one declaration. Times
 * are integer milliseconds on the vector's own clock, values integer milli-units; `null` and absent
 * mean the same. Fields that are not named here say something to people and are not read.
 */
import Type, { type Static, type TSchema } from 'typebox';

const whole = Type.Integer({ maximum: 2 ** 53, minimum: -(2 ** 53) });
/** Of rows that are made. */
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
/** Of the API: an int32 that is not negative. */
const int32 = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

function maybe<T extends TSchema>(schema: T) {
  return Type.Optional(Type.Union([schema, Type.Null()]));
}

function oneOf<const T extends readonly string[]>(names: T) {
  return Type.Unsafe<T[number]>(Type.Enum([...names]));
}

const Sample = Type.Object({ valueMilli: whole, timestampMs: whole, windowMs: whole });

const Container = Type.Object({
  name: Type.String(),
  requestsMilli: maybe(Type.Record(Type.String(), whole)),
});

const Template = Type.Object({
  containers: Type.Array(Container),
  sidecars: maybe(Type.Array(Container)),
  podRequestsMilli: maybe(Type.Record(Type.String(), whole)),
});

const Pod = Type.Object({
  name: Type.String(),
  count: maybe(count),
  phase: maybe(oneOf(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'])),
  deleted: maybe(Type.Boolean()),
  startMs: maybe(whole),
  ready: maybe(oneOf(['True', 'False', 'Unknown'])),
  readySinceMs: maybe(whole),
  samples: maybe(Type.Array(Type.Union([Sample, Type.Null()]))),
  template: maybe(Template),
});

const Signal = Type.Object({
  error: maybe(Type.Boolean()),
  valueMilli: maybe(whole),
  valuesMilli: maybe(Type.Array(whole)),
  extraSamples: maybe(Type.Array(Sample)),
});

const Metric = Type.Object({
  type: oneOf(['Resource', 'ContainerResource', 'Pods', 'Object', 'External']),
  resource: maybe(Type.String()),
  container: maybe(Type.String()),
  name: maybe(Type.String()),
  target: Type.Object({
    type: oneOf(['Utilization', 'AverageValue', 'Value']),
    averageUtilization: maybe(whole),
    valueMilli: maybe(whole),
  }),
});

/** A quantity: whole part, decimals, then a suffix or an exponent. */
export const TOLERANCE = /^(?=\.?\d)(\d*)(?:\.(\d*))?(?:([num])|[eE]([+-]?\d{1,2}))?$/;

const Rules = Type.Object({
  stabilizationWindowSeconds: maybe(int32),
  selectPolicy: maybe(oneOf(['Max', 'Min', 'Disabled'])),
  policies: maybe(
    Type.Array(
      Type.Object({ type: oneOf(['Pods', 'Percent']), value: int32, periodSeconds: int32 }),
    ),
  ),
  tolerance: maybe(Type.String({ pattern: TOLERANCE.source })),
});

const bounds = { minReplicas: maybe(int32), maxReplicas: whole };

const Hpa = Type.Object({
  ...bounds,
  metrics: maybe(Type.Array(Metric)),
  behavior: maybe(Type.Object({ scaleUp: maybe(Rules), scaleDown: maybe(Rules) })),
});

const Config = Type.Object({
  tolerance: Type.Number(),
  cpuInitializationPeriodMs: whole,
  initialReadinessDelayMs: whole,
  downscaleStabilizationMs: whole,
  legacyScaleUpFactor: Type.Number(),
  legacyScaleUpMinimum: Type.Number(),
  scaleToZeroEnabled: Type.Boolean(),
});

const Events = maybe(Type.Array(Type.Object({ ageMs: whole, change: whole })));

const InitialState = Type.Object({
  recommendations: maybe(Type.Array(Type.Object({ ageMs: whole, replicas: whole }))),
  scaleUpEvents: Events,
  scaleDownEvents: Events,
  noInitialRecommendation: maybe(Type.Boolean()),
  scaledToZeroCondition: maybe(Type.Boolean()),
});

const Expected = Type.Record(Type.String(), Type.Unknown());

const head = {
  id: Type.String(),
  config: Config,
  podTemplate: maybe(Template),
  initialState: maybe(InitialState),
};

const world = {
  specReplicas: int32,
  statusReplicas: int32,
  pods: maybe(Type.Array(Pod)),
  signals: maybe(Type.Array(Type.Union([Signal, Type.Null()]))),
};

const Calc = Type.Object({
  ...head,
  ...world,
  kind: Type.Literal('calc'),
  hpa: Hpa,
  expected: Expected,
  expectedV128: maybe(Expected),
});

const Normalize = Type.Object({
  ...head,
  kind: Type.Literal('normalize'),
  hpa: Hpa,
  normalize: Type.Object({
    stage: oneOf(['full', 'stabilize', 'rate']),
    currentReplicas: whole,
    proposal: whole,
  }),
  normalizeExpected: Expected,
});

const Group = Type.Object({
  ...head,
  kind: Type.Literal('group'),
  pods: Type.Array(Pod),
  groupResource: Type.String(),
  groupExpected: Expected,
});

const Sequence = Type.Object({
  ...head,
  kind: Type.Literal('sequence'),
  hpa: Hpa,
  steps: Type.Array(
    Type.Object({
      ...world,
      atMs: whole,
      hpaPatch: maybe(Type.Object({ minReplicas: maybe(int32), maxReplicas: maybe(whole) })),
      expected: Expected,
      expectedV128: maybe(Expected),
    }),
  ),
});

export const VECTOR_KINDS = {
  calc: Calc,
  normalize: Normalize,
  group: Group,
  sequence: Sequence,
} as const;

export type CalcVector = Static<typeof Calc>;
export type NormalizeVector = Static<typeof Normalize>;
export type GroupVector = Static<typeof Group>;
export type SequenceVector = Static<typeof Sequence>;
export type HpaVector = CalcVector | NormalizeVector | GroupVector | SequenceVector;

export type VectorPod = Static<typeof Pod>;
export type VectorTemplate = Static<typeof Template>;
export type VectorSignal = Static<typeof Signal>;
export type VectorMetric = Static<typeof Metric>;
export type VectorRules = Static<typeof Rules>;
export type VectorHpa = Static<typeof Hpa>;
export type VectorExpected = Static<typeof Expected>;
export type VectorWorld = Pick<
  CalcVector,
  'specReplicas' | 'statusReplicas' | 'pods' | 'signals' | 'podTemplate'
>;
