/**
 * The engine's HPA against vectors that Kubernetes' own code produced (README.md): every field of
 * every vector, every step of every sequence.
 */
import { describe, expect, it } from 'vitest';
import { decide } from '../../packages/engine/src/scaling/hpa.ts';
import { limit } from '../../packages/engine/src/scaling/hpa-limits.ts';
import type { HpaConditions } from '../../packages/engine/src/scaling/hpa-memory.ts';
import { metricProposal } from '../../packages/engine/src/scaling/hpa-metrics.ts';
import { GROUP, groupOf } from '../../packages/engine/src/scaling/hpa-pods.ts';
import { tolerancesOf } from '../../packages/engine/src/scaling/hpa-replicas.ts';
import { stabilize } from '../../packages/engine/src/scaling/hpa-stabilize.ts';
import {
  type AnyVector,
  type CalcVector,
  controllerOf,
  type Expected,
  type GroupVector,
  memoryOf,
  type NormalizeVector,
  observationOf,
  podsOf,
  readingOf,
  readVectors,
  type SequenceVector,
  specOf,
  toMicroseconds,
} from './hpa-vectors.ts';

const SHOWN = 20;
/** Another file of the same format, with other vectors, may be named. */
const file = process.env.PEAKLESS_HPA_VECTORS ?? new URL('./hpa.json', import.meta.url);
const vectors = readVectors(file);
const kinds = [...new Set(vectors.map(({ kind }) => kind))];

describe.each(kinds)('vectors of kind %s', (kind) => {
  const ofKind = vectors.filter((vector) => vector.kind === kind);
  it(`all ${ofKind.length} as Kubernetes decides`, () => {
    const differences = ofKind.flatMap((vector) => {
      const found = differencesOf(vector);
      return found.length === 0 ? [] : [`${vector.id}: ${found.join('; ')}`];
    });
    const passed = `${ofKind.length - differences.length} of ${ofKind.length} pass`;
    expect(differences.slice(0, SHOWN), passed).toEqual([]);
  });
});

function differencesOf(vector: AnyVector): readonly string[] {
  switch (vector.kind) {
    case 'calc':
      return compare(calculated(vector), vector.expected);
    case 'normalize':
      return compare(normalized(vector), vector.normalizeExpected);
    case 'group':
      return compare(grouped(vector), vector.groupExpected);
    case 'sequence':
      return stepDifferences(vector);
  }
}

/** Key by key in both directions; `errorKind` is informative. */
function compare(actual: Expected, expected: Expected): readonly string[] {
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  keys.delete('errorKind');
  return [...keys].flatMap((key) => {
    const [is, should] = [actual[key] ?? null, expected[key] ?? null].map((v) => JSON.stringify(v));
    return is === should ? [] : [`${key} is ${is}, should be ${should}`];
  });
}

function calculated(vector: CalcVector): Expected {
  const spec = specOf(vector.hpa);
  const controller = controllerOf(vector);
  const observation = observationOf(vector, spec, vector, 0);
  const [metric] = spec.metrics;
  if (metric === undefined) throw new Error('withDefaults left no metric');
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

function normalized(vector: NormalizeVector): Expected {
  const spec = specOf(vector.hpa);
  const controller = controllerOf(vector);
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

function grouped(vector: GroupVector): Expected {
  const { names, list, pods } = podsOf(vector.pods);
  const metric = { type: 'Resource', name: vector.groupResource } as const;
  const reading = readingOf(list, 0, metric, null, vector.podTemplate);
  if (reading.kind !== 'samples') throw new Error('a Resource metric has samples');
  const cpu = vector.groupResource === 'cpu';
  const groups = list.map((_, pod) =>
    groupOf(pods, reading.samples, pod, cpu, controllerOf(vector), 0),
  );
  const inGroup = (group: number) => names.filter((_, pod) => groups[pod] === group).sort();
  return {
    readyPodCount: inGroup(GROUP.ready).length,
    unready: inGroup(GROUP.unready),
    missing: inGroup(GROUP.missing),
    ignored: inGroup(GROUP.ignored),
  };
}

function stepDifferences(vector: SequenceVector): readonly string[] {
  const controller = controllerOf(vector);
  let { hpa } = vector;
  let memory = memoryOf(vector, toMicroseconds(vector.steps[0]?.atMs ?? 0));
  for (const step of vector.steps) {
    hpa = { ...hpa, ...step.hpaPatch };
    const spec = specOf(hpa);
    const now = toMicroseconds(step.atMs);
    const decision = decide(spec, controller, observationOf(vector, spec, step, now), memory);
    memory = decision.memory;
    const { conditions, ...expected } = step.expected;
    const found = [
      ...compare(
        {
          desiredReplicas: decision.desired,
          rescaled: decision.rescaled,
          proposal: decision.proposal,
          error: decision.error,
        },
        { rescaled: false, error: false, ...expected },
      ),
      ...compare(conditionsOf(decision.conditions), conditions as Expected),
    ];
    // Later steps depend on this one.
    if (found.length > 0) return [`at ${step.atMs} ms`, ...found];
  }
  return [];
}

function conditionsOf(conditions: HpaConditions): Expected {
  return Object.fromEntries(
    Object.entries(conditions).flatMap(([name, condition]) =>
      condition === null ? [] : [[name, `${condition.status}/${condition.reason}`]],
    ),
  );
}
