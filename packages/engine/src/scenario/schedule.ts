/** Pre-scales of a strategy: when each floor holds, and whether it can. */
import { DEFAULT_HPA } from '../scaling/default-hpa.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { ScheduledFloor, Service } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type Written = NonNullable<NonNullable<Kubernetes['schedule']>[number]>;

interface Known {
  readonly serviceNames: readonly string[];
  readonly services: readonly Service[];
}

/** The floors with lead and hold taken into their times. */
export function floorsOf({ schedule }: Kubernetes): readonly ScheduledFloor[] {
  return (schedule ?? []).map((written) => {
    const { lead: _, hold: __, ...floor } = (written ?? {}) as Written;
    const until = endOf(floor, written?.hold);
    const at = beginOf(written ?? {});
    return { ...floor, at, ...(until === undefined ? {} : { until }) } as ScheduledFloor;
  });
}

function beginOf({ at, lead }: Written): number | undefined {
  return at === undefined ? undefined : at - (lead ?? 0);
}

function endOf({ at, until }: Written, hold: number | undefined): number | undefined {
  return until ?? (at === undefined || hold === undefined ? undefined : at + hold);
}

export function checkSchedule(
  strategy: Kubernetes,
  path: Path,
  context: CheckContext,
  known: Known,
): void {
  const { root, reporter } = context;
  if (strategy.autoscaler === 'fixed' && isWritten(root, [...path, 'schedule'])) {
    const facts = { problem: 'a schedule needs an autoscaler', hint: 'set autoscaler: hpa' };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'schedule']), facts);
  }
  (strategy.schedule ?? []).forEach((floor, i) => {
    const at = [...path, 'schedule', i];
    checkTimes(floor ?? {}, at, context);
    checkService(floor?.service, at, context, known.serviceNames);
    checkHeight(strategy, floor ?? {}, at, context, known.services);
  });
}

function checkTimes(floor: Written, path: Path, { draft, root, reporter }: CheckContext): void {
  const { until, hold } = floor;
  if (until !== undefined && hold !== undefined) {
    const facts = { problem: 'until and hold exclude each other: both say when it ends' };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'hold']), facts);
  }
  const begin = beginOf(floor);
  if (begin === undefined) return;
  if (until !== undefined && begin >= until) {
    const got = `at ${formatDuration(begin)}, until ${formatDuration(until)} after the start`;
    const facts = { problem: 'until is not after at', got };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'until']), facts);
  }
  const duration = draft.clock?.duration;
  if (duration === undefined || begin < duration) return;
  reporter.report('E_RANGE', placeOf(root, [...path, 'at']), {
    problem: 'the floor begins after the end',
    got: `${formatDuration(begin)} after the start`,
    allowed: `before ${formatDuration(duration)}`,
  });
}

function checkService(
  service: string | undefined,
  path: Path,
  { root, reporter }: CheckContext,
  names: readonly string[],
): void {
  if (service === undefined || names.includes(service)) return;
  const facts = { problem: `there is no service ${service}`, allowed: listed(names) };
  const place = placeOf(root, [...path, 'service']);
  reporter.report('E_REF', place, { ...facts, ...didYouMean(service, names) });
}

/** What the floor raises has a maximum. */
function checkHeight(
  strategy: Kubernetes,
  { service, minReplicas }: Written,
  path: Path,
  { root, reporter }: CheckContext,
  services: readonly Service[],
): void {
  if (minReplicas === undefined) return;
  for (const scaled of services) {
    const { most, of } = maximumOf(strategy, scaled);
    const applies = service === undefined || service === scaled.name;
    if (!applies || minReplicas <= most) continue;
    const got = `minReplicas ${minReplicas}, ${of}`;
    const facts = { problem: `the floor is above ${of.replace(/ \d+.*/, '')}`, got };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'minReplicas']), facts);
  }
}

function maximumOf({ autoscaler, kpa, keda }: Kubernetes, { name, hpa }: Service) {
  if (autoscaler === 'kpa') {
    const most = kpa?.maxScale || Number.POSITIVE_INFINITY;
    return { most, of: `kpa.maxScale ${most}` };
  }
  if (autoscaler === 'keda') {
    const most = keda?.maxReplicas ?? Number.POSITIVE_INFINITY;
    return { most, of: `keda.maxReplicas ${most}` };
  }
  const { maxReplicas } = hpa ?? DEFAULT_HPA;
  return { most: maxReplicas, of: `maxReplicas ${maxReplicas} of the HPA of ${name}` };
}
