/**
 * What the Knative autoscaler is told each second: the load of all pods, the activator's queue
 * included, as a mean over the second. Of many pods a few are asked, the older ones first, and the
 * mean of those counts for all: the share of the requests in flight that they hold scatters.
 *
 * Without pods nobody is asked; the activator tells what it holds, and the first request at once.
 *
 * @source knative/serving pkg/autoscaler/metrics/{collector,stats_scraper}.go,
 *   pkg/activator/handler/concurrency_reporter.go
 */
import { OFFERED } from '../flow/columns.ts';
import { IN_SYSTEM } from '../flow/data-plane.ts';
import { indexBelow, nextInt32, type StreamState } from '../kernel/random.ts';
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import { withRecord } from '../scaling/kpa-average-window.ts';
import { sampleSize } from '../scaling/kpa-sample-size.ts';
import type { KpaState } from './kpa-state.ts';
import type { Deployment, Pod } from './world.ts';

/** Pods whose readiness the autoscaler sees. */
export function readyPodsOf({ pods }: Deployment): Pod[] {
  return pods.filter(({ readySince, state }) => readySince !== null && state !== 'draining');
}

/** One scrape; returns what the activator holds. */
export function scrapeKpa(deployment: Deployment, kpa: KpaState, now: number): number {
  const { plane } = deployment.model;
  plane.settle(now);
  const { seen, settings } = kpa;
  const length = now - seen.at;
  const inSystem = plane.integrals[IN_SYSTEM];
  const offered = plane.counts[OFFERED];
  const load =
    settings.metric === 'rps'
      ? ((offered - seen.offered) * MICROSECONDS_PER_SECOND) / length
      : (inSystem - seen.inSystem) / length;
  kpa.seen = { at: now, inSystem, offered };
  const ready = readyPodsOf(deployment);
  const held = plane.hold?.length() ?? 0;
  // Nobody to ask, and nothing to tell.
  if (length === 0 || (ready.length === 0 && load === 0)) return held;
  const atPods = Math.max(0, load - held);
  const told = load - atPods + atPods * sampledShare(deployment, kpa, ready, now);
  recordLoad(kpa, now, told);
  return held;
}

export function recordLoad(kpa: KpaState, now: number, load: number): void {
  kpa.stable = withRecord(kpa.stable, kpa.epoch + now, load);
  kpa.panic = withRecord(kpa.panic, kpa.epoch + now, load);
}

/** What the pods asked make of the load of all, as a factor of it. */
function sampledShare(
  { model }: Deployment,
  { draws, settings }: KpaState,
  ready: readonly Pod[],
  now: number,
): number {
  const size = sampleSize(ready.length);
  if (size === ready.length) return 1;
  const isOld = ({ readySince }: Pod) => now - (readySince ?? now) >= settings.stableWindow;
  const asked = drawn(ready.filter(isOld), size, draws);
  if (asked.length < size) {
    const young = ready.filter((pod) => !isOld(pod));
    asked.push(...drawn(young, size - asked.length, draws));
  }
  const flying = (pods: readonly Pod[]) =>
    pods.reduce((sum, { column }) => sum + model.plane.outstanding(column, now), 0);
  const all = flying(ready);
  return all === 0 ? 1 : ((flying(asked) / size) * ready.length) / all;
}

/** Some of them, each as likely as any other. */
function drawn(pods: readonly Pod[], most: number, draws: StreamState): Pod[] {
  const rest = [...pods];
  const size = Math.min(most, rest.length);
  for (let i = 0; i < size; i++) {
    const j = i + indexBelow(nextInt32(draws), rest.length - i);
    [rest[i], rest[j]] = [rest[j], rest[i]];
  }
  return rest.slice(0, size);
}
