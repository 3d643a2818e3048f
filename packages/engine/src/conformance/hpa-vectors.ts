/**
 * `hpa-vectors/1`: what Kubernetes' own HPA code decided, against what this HPA decides. All fields
 * are compared, in both directions: one that is expected must be there, one that is there must be
 * expected. `expectedV128` is what release 1.28 decides, if that is something else.
 *
 * A sequence is judged up to its first step that differs: later steps build on the memory of that
 * one and would only repeat it.
 */
import { Errors } from 'typebox/value';
import { assert } from '../kernel/assert.ts';
import { decide } from '../scaling/hpa.ts';
import { limit } from '../scaling/hpa-limits.ts';
import type { HpaConditions } from '../scaling/hpa-memory.ts';
import { metricProposal } from '../scaling/hpa-metrics.ts';
import { GROUP, groupOf } from '../scaling/hpa-pods.ts';
import { type HpaReleaseName, releaseOf } from '../scaling/hpa-release.ts';
import { tolerancesOf } from '../scaling/hpa-replicas.ts';
import { stabilize } from '../scaling/hpa-stabilize.ts';
import {
  type CalcVector,
  type GroupVector,
  type HpaVector,
  type NormalizeVector,
  type SequenceVector,
  VECTOR_KINDS,
  type VectorExpected,
} from './hpa-schema.ts';
import {
  controllerOf,
  memoryOf,
  observationOf,
  podsOf,
  readingOf,
  specOf,
  toMicroseconds,
} from './hpa-world.ts';
import type { VectorDifference, VectorFault, VectorFormat } from './vector-format.ts';

export const HPA_VECTORS: VectorFormat = {
  check(document) {
    const { vectors } = document as { vectors?: unknown };
    if (!Array.isArray(vectors) || vectors.length === 0) {
      const facts = { problem: 'there are no vectors', hint: 'vectors is a list of vectors' };
      return [{ code: 'E_REQUIRED', path: ['vectors'], facts }];
    }
    return vectors.flatMap((vector, i) => faultOf(vector, ['vectors', i]) ?? []);
  },
  *run(document, compat) {
    const { vectors } = document as { vectors: readonly HpaVector[] };
    for (const vector of vectors) {
      if (!saysWhat(vector, compat)) continue;
      yield { id: vector.id, differences: differencesOf(vector, compat) };
    }
  },
};

/** Groups of pods, and scaling to zero, are recorded of the current release alone. */
function saysWhat(vector: HpaVector, compat: HpaReleaseName): boolean {
  if (compat === 'current' || vector.kind === 'calc') return true;
  if (vector.kind === 'group') return false;
  return vector.kind === 'normalize' || !vector.config.scaleToZeroEnabled;
}

function expectedOf(
  { expected, expectedV128 }: Pick<CalcVector, 'expected' | 'expectedV128'>,
  compat: HpaReleaseName,
): VectorExpected {
  return compat === '1.28' ? (expectedV128 ?? expected) : expected;
}

/** The first of a vector: what follows is often its consequence. */
function faultOf(vector: unknown, path: VectorFault['path']): VectorFault | undefined {
  const { kind } = Object(vector) as { kind?: unknown };
  const kinds = Object.keys(VECTOR_KINDS);
  if (typeof kind !== 'string' || !kinds.includes(kind)) {
    const got = kind === undefined ? 'no kind' : JSON.stringify(kind).slice(0, 60);
    return { code: 'E_ENUM', path: [...path, 'kind'], facts: { got, allowed: kinds.join(', ') } };
  }
  const [error] = Errors(VECTOR_KINDS[kind as keyof typeof VECTOR_KINDS], vector);
  if (error === undefined) return undefined;
  const inner = error.instancePath.split('/').slice(1);
  const steps = inner.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const { id } = vector as { id?: unknown };
  const problem = `${typeof id === 'string' ? `${id}: ` : ''}${error.message}`;
  const hint = 'see test/conformance/README.md for the format';
  return { code: 'E_TYPE', path: [...path, ...steps], facts: { problem, hint } };
}

function differencesOf(vector: HpaVector, compat: HpaReleaseName): readonly VectorDifference[] {
  switch (vector.kind) {
    case 'calc':
      return compare(expectedOf(vector, compat), calculated(vector, compat), WHOLE);
    case 'normalize':
      return compare(vector.normalizeExpected, normalized(vector, compat), WHOLE);
    case 'group':
      return compare(
        { ...NO_PODS, ...given(vector.groupExpected) },
        grouped(vector, compat),
        WHOLE,
      );
    case 'sequence':
      return stepDifferences(vector, compat);
  }
}

interface Place {
  readonly step: number | null;
  readonly at: string | null;
  /** Stands before the names of fields. */
  readonly prefix: string;
}

const WHOLE: Place = { step: null, at: null, prefix: '' };

/** Key by key; null and absent are the same, `errorKind` is informative. */
function compare(
  expected: VectorExpected,
  seen: VectorExpected,
  { step, at, prefix }: Place,
): readonly VectorDifference[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(seen)]);
  keys.delete('errorKind');
  return [...keys].flatMap((key) => {
    const [should, is] = [expected[key] ?? null, seen[key] ?? null];
    if (JSON.stringify(should) === JSON.stringify(is)) return [];
    return [{ step, at, field: `${prefix}${key}`, expected: should, seen: is }];
  });
}

function calculated(vector: CalcVector, compat: HpaReleaseName): VectorExpected {
  const spec = specOf(vector.hpa);
  const controller = controllerOf(vector, compat);
  const observation = observationOf(vector, spec, controller, 0);
  const [metric] = spec.metrics;
  assert(metric !== undefined, 'an HPA has a metric: the default one if none is given');
  const tolerances = tolerancesOf(spec, controller);
  const result = metricProposal(metric, 0, controller, observation, tolerances);
  if (result.error !== null) return { error: true };
  return {
    error: false,
    replicas: result.proposal,
    averageUtilization: result.averageUtilization,
    averageValueMilli: result.averageValue,
    valueMilli: result.value,
  };
}

function normalized(vector: NormalizeVector, compat: HpaReleaseName): VectorExpected {
  const spec = specOf(vector.hpa);
  const controller = controllerOf(vector, compat);
  const { stage, currentReplicas: current, proposal } = vector.normalize;
  const memory = memoryOf(vector, 0);
  const list = memory.recommendations ?? [];
  const stable = stabilize(spec, controller, list, current, proposal, 0);
  if (stage === 'stabilize') return { replicas: stable.replicas };
  const before = stage === 'rate' ? proposal : stable.replicas;
  const { replicas, reason } = limit(spec, controller, memory, current, before, 0);
  if (stage === 'rate') return { replicas, limitReason: reason };
  return {
    replicas,
    stabilizeReason: stable.reason,
    stabilized: stable.reason !== 'ReadyForNewScale',
    limitReason: reason,
    limited: reason !== 'DesiredWithinRange',
  };
}

/** A group that is not named has no pods. */
const NO_PODS = { readyPodCount: 0, unready: [], missing: [], ignored: [] };

/** The fields that say something. */
function given<T extends object>(fields: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>;
}

function grouped(vector: GroupVector, compat: HpaReleaseName): VectorExpected {
  const controller = controllerOf(vector, compat);
  const { names, list, pods } = podsOf(vector.pods);
  const metric = { type: 'Resource', name: vector.groupResource } as const;
  const reading = readingOf(list, 0, metric, null, vector.podTemplate, releaseOf(controller));
  assert(reading.kind === 'samples', 'a Resource metric is read per pod');
  const cpu = vector.groupResource === 'cpu';
  const groups = list.map((_, pod) => groupOf(pods, reading.samples, pod, cpu, controller, 0));
  const inGroup = (group: number) => names.filter((_, pod) => groups[pod] === group).sort();
  return {
    readyPodCount: inGroup(GROUP.ready).length,
    unready: inGroup(GROUP.unready),
    missing: inGroup(GROUP.missing),
    ignored: inGroup(GROUP.ignored),
  };
}

function stepDifferences(
  vector: SequenceVector,
  compat: HpaReleaseName,
): readonly VectorDifference[] {
  const controller = controllerOf(vector, compat);
  let { hpa } = vector;
  let memory = memoryOf(vector, toMicroseconds(vector.steps[0]?.atMs ?? 0));
  for (const [index, step] of vector.steps.entries()) {
    hpa = { ...hpa, ...given(step.hpaPatch ?? {}) };
    const spec = specOf(hpa);
    const now = toMicroseconds(step.atMs);
    const world = { ...step, podTemplate: vector.podTemplate ?? null };
    const observation = observationOf(world, spec, controller, now);
    const decision = decide(spec, controller, observation, memory);
    memory = decision.memory;
    const { conditions, ...expected } = expectedOf(step, compat);
    const place = { step: index, at: `${step.atMs} ms`, prefix: '' };
    const seen = {
      desiredReplicas: decision.desired,
      rescaled: decision.rescaled,
      proposal: decision.proposal,
      error: decision.error,
    };
    const found = [
      ...compare({ rescaled: false, error: false, ...expected }, seen, place),
      ...compare(Object(conditions), conditionsOf(decision.conditions), {
        ...place,
        prefix: 'conditions.',
      }),
    ];
    if (found.length > 0) return found;
  }
  return [];
}

function conditionsOf(conditions: HpaConditions): VectorExpected {
  return Object.fromEntries(
    Object.entries(conditions).flatMap(([name, condition]) =>
      condition === null ? [] : [[name, `${condition.status}/${condition.reason}`]],
    ),
  );
}
