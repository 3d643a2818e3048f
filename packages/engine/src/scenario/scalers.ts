/** Sections `kpa`, `keda` and `predictive` of a strategy: they have an effect, and make sense. */
import { parseCron, zoneOffset } from '../scaling/cron.ts';
import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, placeOf, type StrategyDraft } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { Service } from './scenario.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Kubernetes = Extract<StrategyDraft, { kind?: 'kubernetes' | undefined }>;
type Keda = NonNullable<Kubernetes['keda']>;
type Trigger = NonNullable<NonNullable<Keda['triggers']>[number]>;

interface Known {
  readonly serviceNames: readonly string[];
  /** Those that strategies scale. */
  readonly services: readonly Service[];
}

const SECTIONS = ['kpa', 'keda', 'predictive'] as const;

export function checkScalers(
  strategy: Kubernetes,
  path: Path,
  context: CheckContext,
  known: Known,
): void {
  const { root, reporter } = context;
  const { autoscaler } = strategy;
  for (const section of SECTIONS) {
    const place = [...path, section];
    if (section === autoscaler || !isWritten(root, place)) continue;
    reporter.report('E_CONFLICT', placeOf(root, place), {
      problem: `${section} has no effect: the autoscaler is ${autoscaler}`,
      hint: `set autoscaler: ${section}, or leave the section out (also in what the strategy extends)`,
    });
  }
  if (autoscaler === 'kpa') checkKpa(strategy, path, context, known);
  if (autoscaler === 'keda') checkKeda(strategy, path, context, known);
}

function checkKpa(
  { kpa }: Kubernetes,
  path: Path,
  { root, reporter }: CheckContext,
  { services }: Known,
): void {
  const section = [...path, 'kpa'];
  const { minScale = 0, maxScale = 0, initialScale = 0, activationScale = 0 } = kpa ?? {};
  const { metric, containerConcurrency = 0, target } = kpa ?? {};
  for (const [name, scale] of [
    ['minScale', minScale],
    ['initialScale', initialScale],
    ['activationScale', activationScale],
  ] as const) {
    if (maxScale === 0 || scale <= maxScale) continue;
    const got = `${name} ${scale}, maxScale ${maxScale}`;
    const facts = { problem: `${name} is above maxScale`, got };
    reporter.report('E_MIN_MAX', placeOf(root, [...section, name]), facts);
  }
  const limited = metric === 'concurrency' && containerConcurrency > 0;
  if (limited && target !== undefined && target > containerConcurrency) {
    reporter.report('E_MIN_MAX', placeOf(root, [...section, 'target']), {
      problem: 'a pod never holds as many requests as the target',
      got: `target ${target}, containerConcurrency ${containerConcurrency}`,
    });
  }
  for (const { name, concurrency } of services) {
    if (containerConcurrency === 0 || (concurrency ?? 0) <= containerConcurrency) continue;
    reporter.report('E_CONFLICT', placeOf(root, [...section, 'containerConcurrency']), {
      problem: `pods of ${name} have more slots than requests that they may hold`,
      got: `concurrency ${concurrency}, containerConcurrency ${containerConcurrency}`,
      hint: 'lower services.*.concurrency, or raise containerConcurrency',
    });
  }
}

function checkKeda(
  { keda }: Kubernetes,
  path: Path,
  context: CheckContext,
  { serviceNames, services }: Known,
): void {
  const { root, reporter } = context;
  const section = [...path, 'keda'];
  if (!isWritten(root, section)) {
    const facts = { problem: 'keda.triggers is missing: KEDA has nothing to go by' };
    reporter.report('E_REQUIRED', { at: placeOf(root, path).at, path: section }, facts);
    return;
  }
  const { minReplicas, maxReplicas, idleReplicas } = keda ?? {};
  if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
    const got = `minReplicas ${minReplicas}, maxReplicas ${maxReplicas}`;
    const facts = { problem: 'minReplicas is above maxReplicas', got };
    reporter.report('E_MIN_MAX', placeOf(root, [...section, 'minReplicas']), facts);
  }
  if (idleReplicas !== undefined && minReplicas !== undefined && idleReplicas >= minReplicas) {
    reporter.report('E_MIN_MAX', placeOf(root, [...section, 'idleReplicas']), {
      problem: 'idleReplicas must be below minReplicas',
      got: `idleReplicas ${idleReplicas}, minReplicas ${minReplicas}`,
    });
  }
  checkOutages(keda, section, context);
  (keda?.triggers ?? []).forEach((trigger, i) => {
    if (trigger !== undefined) {
      checkTrigger(trigger, [...section, 'triggers', i], context, serviceNames);
    }
  });
  for (const service of services) checkTriggersOf(service, keda, section, context);
}

function checkOutages(
  keda: Keda | undefined,
  section: Path,
  { root, reporter }: CheckContext,
): void {
  (keda?.outages ?? []).forEach((outage, i) => {
    const { at, until } = outage ?? {};
    if (at === undefined || until === undefined || at < until) return;
    const got = `at ${formatDuration(at)}, until ${formatDuration(until)} after the start`;
    const place = placeOf(root, [...section, 'outages', i, 'until']);
    reporter.report('E_MIN_MAX', place, { problem: 'until is not after at', got });
  });
}

function checkTrigger(
  trigger: Trigger,
  path: Path,
  { root, reporter }: CheckContext,
  names: readonly string[],
): void {
  const { service } = trigger;
  if (service !== undefined && !names.includes(service)) {
    const facts = { problem: `there is no service ${service}`, allowed: listed(names) };
    const place = placeOf(root, [...path, 'service']);
    reporter.report('E_REF', place, { ...facts, ...didYouMean(service, names) });
  }
  if (trigger.kind === 'request-rate') {
    const { window, resolution } = trigger;
    if (window === undefined || resolution === undefined || window >= 2 * resolution) return;
    reporter.report('E_RANGE', placeOf(root, [...path, 'window']), {
      problem: 'a window may hold fewer than 2 samples, and then has no rate',
      got: formatDuration(window),
      allowed: `${formatDuration(2 * resolution)} or more, with a resolution of ${formatDuration(resolution)}`,
    });
  }
  if (trigger.kind !== 'cron') return;
  const { start, end, timezone } = trigger;
  for (const [key, text] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (text === undefined || parseCron(text) !== null) continue;
    reporter.report('E_TIME', placeOf(root, [...path, key]), {
      problem: 'not a cron expression',
      got: text.slice(0, 60),
      allowed: 'five fields: minute hour day month weekday',
      hint: 'every day at 07:50: "50 7 * * *"',
    });
  }
  if (start !== undefined && start === end) {
    const facts = { problem: 'start and end are the same', got: start.slice(0, 60) };
    reporter.report('E_MIN_MAX', placeOf(root, [...path, 'end']), facts);
  }
  if (timezone === undefined || zoneOffset(timezone) !== null) return;
  reporter.report('E_LOCAL_TIME', placeOf(root, [...path, 'timezone']), {
    problem: 'the offset of this zone is not known, or changes with summer time',
    got: timezone.slice(0, 60),
    hint: 'write the offset in force, such as "+02:00"',
  });
}

/** A ScaledObject has triggers; and CPU alone never wakes one from zero. */
function checkTriggersOf(
  { name: service, workload }: Service,
  keda: Keda | undefined,
  section: Path,
  { root, reporter }: CheckContext,
): void {
  const all = keda?.triggers;
  if (all === undefined || all.includes(undefined)) return;
  const own = all.filter((trigger) => (trigger?.service ?? service) === service);
  const place = placeOf(root, [...section, 'triggers']);
  if (own.length === 0) {
    const problem = `no trigger scales ${service}`;
    const hint = `add one with service: ${service}, or one without service, which is for all`;
    reporter.report('E_REQUIRED', place, { problem, hint });
    return;
  }
  if (workload.cpuRequest === null && own.some((trigger) => trigger?.kind === 'cpu')) {
    const problem = `${service} has no CPU request, and a trigger targets CPU utilization`;
    reporter.report('E_HPA_REQUEST', place, { problem });
  }
  const least = keda?.idleReplicas ?? keda?.minReplicas;
  if (least !== 0 || own.some((trigger) => trigger?.kind !== 'cpu')) return;
  reporter.report('E_CONFLICT', place, {
    problem: `${service} scales to zero, and CPU alone cannot wake it`,
    hint: 'set minReplicas: 1, or add a trigger on requests',
  });
}
