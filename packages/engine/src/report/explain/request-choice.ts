/**
 * Which of the sampled requests to show where there is no room for all: some of every fate, the
 * worst first. Those of one fate are taken evenly from their order of arrival, not by how bad they
 * were: a uniform sample shows what is usual.
 */
import type { RequestFate, RequestTrace, StrategyResult } from '../../outcome.ts';
import type { Locale } from '../format.ts';
import { label } from '../messages/index.ts';

/** From lost to good. */
const WORST_FIRST = [
  'failed',
  'timedOut',
  'rejected',
  'shed',
  'late',
  'inFlight',
  'served',
] as const satisfies readonly RequestFate[];

export interface ServiceRequest {
  readonly service: string;
  readonly trace: RequestTrace;
}

export interface FateCount {
  readonly fate: RequestFate;
  readonly count: number;
}

/** Of all services, in order of arrival. */
export function requestsOf({ requests }: Pick<StrategyResult, 'requests'>): ServiceRequest[] {
  return Object.entries(requests)
    .flatMap(([service, traces]) => traces.map((trace) => ({ service, trace })))
    .sort((a, b) => a.trace.arrival - b.trace.arrival);
}

/** Fates that occur, the worst first. */
export function countFates(traces: readonly RequestTrace[]): readonly FateCount[] {
  return WORST_FIRST.map((fate) => ({
    fate,
    count: traces.filter(({ outcome }) => outcome === fate).length,
  })).filter(({ count }) => count > 0);
}

/** "12 late, 52 served" */
function fatesText(traces: readonly RequestTrace[], locale: Locale): string {
  return countFates(traces)
    .map(({ fate, count }) => {
      const name = label(`class.${fate}`, locale).toLowerCase();
      return label('request.fate', locale, { fate: name, count });
    })
    .join(label('explain.and', locale));
}

/** For each service "shop: 64 requests followed: 12 late, 52 served". */
export function fateLines(requests: StrategyResult['requests'], locale: Locale): readonly string[] {
  return Object.entries(requests)
    .filter(([, traces]) => traces.length > 0)
    .map(([service, traces]) =>
      label('request.fates', locale, {
        service,
        count: traces.length,
        fates: fatesText(traces, locale),
      }),
    );
}

/** Of a strategy, in reports. */
export const REQUESTS_SHOWN = 8;

/** At most `most`, but one of each fate; the worst fate first, each in order of arrival. */
export function chooseRequests(
  all: readonly ServiceRequest[],
  most: number,
): readonly ServiceRequest[] {
  const groups = WORST_FIRST.map((fate) =>
    all.filter(({ trace }) => trace.outcome === fate),
  ).filter((group) => group.length > 0);
  const shares = groups.map(() => 1);
  let left = Math.min(most, all.length) - groups.length;
  while (left > 0) {
    for (const [i, group] of groups.entries()) {
      if (left === 0 || shares[i] === group.length) continue;
      shares[i] += 1;
      left -= 1;
    }
  }
  return groups.flatMap((group, i) => evenly(group, shares[i]));
}

/** The middles of `count` equal parts. */
function evenly<T>(items: readonly T[], count: number): readonly T[] {
  return Array.from(
    { length: count },
    (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)],
  );
}
