/**
 * The Knative autoscaler at work, a clock per service: each second it is told the load, every two
 * seconds it decides, and what follows is done at once (bounds, the way to zero, the activator).
 *
 *   scrape 1 s ─► windows ─► tick 2 s ─► decision ─► bounds, zero ─► replicas, activator
 *                              ▲ poke: a request came to a service of which no pod is wanted
 *
 * The routes follow a change of the activator as they follow one of the pods.
 *
 * @source knative/serving pkg/autoscaler/scaling/multiscaler.go (tick and Poke),
 *   pkg/reconciler/autoscaling/kpa/kpa.go
 */
import { nextNormal, nextUniform } from '../kernel/random.ts';
import { recordSync } from '../ledger/decision-runs.ts';
import { decideKpa, type KpaDecision } from '../scaling/kpa.ts';
import { averageOf } from '../scaling/kpa-average-window.ts';
import { kpaGrounds, servedReason } from '../scaling/kpa-grounds.ts';
import {
  activatorInPath,
  initialExcessBurst,
  type KpaScale,
  scaleOf,
  stateAfter,
} from '../scaling/kpa-serving.ts';
import { KPA_SCRAPE, KPA_TICK } from '../scaling/kpa-spec.ts';
import { totalRateAt } from '../traffic/rate.ts';
import { delayFrom, lagFrom } from './delays.ts';
import { readyPodsOf, recordLoad, scrapeKpa } from './kpa-scrape.ts';
import { type KpaState, steadyLoad } from './kpa-state.ts';
import { scaleTo } from './replica-set.ts';
import type { Deployment, World } from './world.ts';

/** Pods under the load at time 0, as they have been for long; without load the initial ones. */
export function restingKpa({ model, floor }: Deployment, kpa: KpaState): number {
  const { settings, spec } = kpa;
  const rate = totalRateAt(model.curves, 0);
  // Rounded up, but 1.1 ÷ 0.1 is 11 and not 12.
  const asked = Math.ceil((steadyLoad(settings, rate, model) / spec.target) * (1 - 1e-9));
  const { minScale, maxScale, initialScale, scaleToZero } = settings;
  const least = Math.max(minScale, floor, scaleToZero ? 0 : 1, rate > 0 ? 0 : initialScale);
  return Math.max(least, maxScale === 0 ? asked : Math.min(asked, maxScale));
}

/** The standing pods are there: the loop begins, and the activator stands where it belongs. */
export function startKpa(
  world: World,
  deployment: Deployment,
  kpa: KpaState,
  phase: (loop: string, period: number) => number,
): void {
  const { plane, service } = deployment.model;
  const ready = readyPodsOf(deployment).length;
  const load = steadyLoad(kpa.settings, totalRateAt(deployment.model.curves, 0), deployment.model);
  const burst = initialExcessBurst(kpa.spec, ready);
  kpa.excessBurst = kpa.settings.targetBurstCapacity > 0 ? Math.floor(burst - load) : burst;
  if (ready === 0) kpa.revision = { ...kpa.revision, state: 'inactive' };
  kpa.desired = ready === 0 ? 0 : null;
  kpa.proxied = activatorInPath(kpa.desired, kpa.excessBurst, kpa.revision.state);
  if (kpa.proxied) kpa.revision = { ...kpa.revision, proxySince: kpa.revision.since };
  plane.hold?.setInPath(kpa.proxied);
  const scrape = (now: number): void => {
    const held = scrapeKpa(deployment, kpa, now);
    // The activator tells what it holds, and that alone wakes a service at zero.
    if (held > 0 && kpa.desired === 0) tick(world, deployment, kpa, now, true);
    world.calendar.schedule(now + KPA_SCRAPE, { kind: 'scaler', turn: scrape });
  };
  const decide = (now: number): void => {
    tick(world, deployment, kpa, now, false);
    world.calendar.schedule(now + KPA_TICK, { kind: 'scaler', turn: decide });
  };
  const { name } = service;
  const first = Math.max(1, phase(`kpa-scrape/${name}`, KPA_SCRAPE));
  world.calendar.schedule(first, { kind: 'scaler', turn: scrape });
  const firstTick = Math.max(1, phase(`kpa-tick/${name}`, KPA_TICK));
  world.calendar.schedule(firstTick, { kind: 'scaler', turn: decide });
  awaitRequest(world, deployment, kpa);
}

/** One decision, and what follows from it. */
function tick(
  world: World,
  deployment: Deployment,
  kpa: KpaState,
  now: number,
  poked: boolean,
): void {
  const wall = kpa.epoch + now;
  const ready = readyPodsOf(deployment).length;
  const averages = {
    stable: averageOf(kpa.stable, wall) ?? 0,
    panic: averageOf(kpa.panic, wall) ?? 0,
  };
  const decision = decideKpa(kpa.spec, { now: wall, readyPods: ready, averages }, kpa.memory);
  kpa.memory = decision.memory;
  kpa.desired = decision.desired;
  kpa.excessBurst = decision.excessBurstCapacity ?? kpa.excessBurst;
  serve(world, deployment, kpa, decision, { now, ready, poked });
  awaitRequest(world, deployment, kpa);
}

function serve(
  world: World,
  deployment: Deployment,
  kpa: KpaState,
  decision: KpaDecision,
  { now, ready, poked }: { now: number; ready: number; poked: boolean },
): void {
  const settings = floored(kpa, deployment.floor);
  const { desired: from } = deployment;
  const isInPath = deployment.model.plane.hold?.isInPath() ?? false;
  if (ready >= settings.initialScale) kpa.revision = { ...kpa.revision, initialized: true };
  const revision = { ...kpa.revision, activatorAnswers: isInPath };
  const scale = scaleOf(settings, kpa.desired, revision, now);
  const next = stateAfter(settings, revision, scale.want, ready, now);
  kpa.revision = { ...revision, ...next };
  putActivator(world, deployment, kpa, scale, now);
  const to = scale.replicas ?? from;
  const reason = servedReason(decision, scale, { from, to, poked });
  const grounds = kpaGrounds(settings, kpa.spec, decision);
  const service = deployment.model.service.name;
  const sync = { at: now, service, from, to, reason, grounds };
  recordSync(world.ledger.decisions, deployment.runs, sync);
  if (to !== from) scaleTo(world, deployment, to, now);
}

/** A pre-scale raises the least scale. */
function floored({ settings }: KpaState, floor: number): KpaState['settings'] {
  return floor <= settings.minScale ? settings : { ...settings, minScale: floor };
}

/** Into the path or out of it; the routes follow after a while. */
function putActivator(
  world: World,
  { model }: Deployment,
  kpa: KpaState,
  { want }: KpaScale,
  now: number,
): void {
  const proxied = activatorInPath(want, kpa.excessBurst, kpa.revision.state);
  if (proxied === kpa.proxied) return;
  kpa.proxied = proxied;
  kpa.revision = { ...kpa.revision, proxySince: proxied ? now : null };
  const turn = (): void => {
    // Changed again meanwhile: that change has a turn of its own.
    if (kpa.proxied === proxied) model.plane.hold?.setInPath(proxied);
  };
  world.calendar.schedule(now + routesFollow(world, kpa), { kind: 'scaler', turn });
}

function routesFollow({ model }: World, { draws }: KpaState): number {
  const { slice, proxySync, proxy } = model.strategy.startup;
  const [first, second] = [nextNormal(draws), nextNormal(draws)];
  return (
    delayFrom(slice, first) + lagFrom(proxySync, nextUniform(draws)) + delayFrom(proxy, second)
  );
}

/**
 * No pod is wanted: the next request wakes the autoscaler, without a wait for its tick. It is the
 * first that the activator holds, so it is told at once.
 */
function awaitRequest(world: World, deployment: Deployment, kpa: KpaState): void {
  const { hold } = deployment.model.plane;
  if (kpa.desired !== 0 || hold === null) return;
  const arrival = hold.nextArrival();
  const at = Math.floor(arrival) + 1;
  // None will come, it has an appointment, or nobody knows when one comes: the next report tells.
  if (!Number.isSafeInteger(at) || at > world.horizon || at === kpa.poke) return;
  kpa.poke = at;
  const turn = (): void => {
    kpa.poke = Number.POSITIVE_INFINITY;
    if (kpa.desired !== 0) return;
    // While the routes do not lead to the activator, it cannot tell.
    if (!hold.isInPath() && hold.length() === 0) {
      awaitRequest(world, deployment, kpa);
      return;
    }
    recordLoad(kpa, at, 1);
    tick(world, deployment, kpa, at, true);
  };
  world.calendar.schedule(at, { kind: 'scaler', turn });
}
