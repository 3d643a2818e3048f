/**
 * The work queue of the HPA controller: few workers for all HPAs of the cluster. An HPA is due one
 * sync period after its reconcile ended; if every worker is busy, it waits its turn.
 *
 *   ended ─ period ─► due ─► queue ─► a worker, for the duration of a sync ─► ended
 *
 * The informer re-delivers every HPA once a period as well, with the same delay; what is due
 * earlier stays so. That shortens a round only if the re-delivery falls between due and ended.
 * An HPA is in the queue at most once; one that becomes due in its own reconcile follows it.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go and rate_limiters.go; client-go
 * util/workqueue (dirty and processing sets, delaying queue).
 */
import { nextUniform, type StreamState } from '../kernel/random.ts';
import { syncDeployment } from './horizontal.ts';
import type { Deployment, World } from './world.ts';

/** One HPA; `deployment` null = of somebody else, it only takes a worker's time. */
export interface SyncKey {
  readonly deployment: Deployment | null;
  /** When its delay ends, µs; Infinity = it is not delayed. */
  due: number;
  /** In the queue, or due again while a worker has it. */
  isDirty: boolean;
  isProcessing: boolean;
}

export interface SyncQueue {
  readonly keys: readonly SyncKey[];
  /** Those that wait for a worker, the longest first. */
  readonly waiting: SyncKey[];
  /** Workers at work. */
  busy: number;
  readonly order: StreamState;
}

export function syncQueue(
  deployments: readonly Deployment[],
  others: number,
  order: StreamState,
): SyncQueue {
  const owners = [...deployments, ...Array.from({ length: others }, () => null)];
  const keys = owners.map((deployment) => ({
    deployment,
    due: Number.POSITIVE_INFINITY,
    isDirty: false,
    isProcessing: false,
  }));
  return { keys, waiting: [], busy: 0, order };
}

/** Due at `at`, unless it is due before. */
export function delayKey({ calendar }: World, key: SyncKey, at: number): void {
  if (key.due <= at) return;
  key.due = at;
  calendar.schedule(at, { kind: 'sync', key });
}

/** The delay of the HPA is over. */
export function dueKey(world: World, key: SyncKey, now: number): void {
  // It became due earlier, and this is the old appointment.
  if (key.due !== now) return;
  key.due = Number.POSITIVE_INFINITY;
  if (key.isDirty) return;
  key.isDirty = true;
  if (key.isProcessing) return;
  world.syncs.waiting.push(key);
  startSyncs(world, now);
}

function startSyncs(world: World, now: number): void {
  const { syncs, model, calendar } = world;
  const { concurrentSyncs, syncDuration } = model.hpaController;
  while (syncs.busy < concurrentSyncs) {
    const key = syncs.waiting.shift();
    if (key === undefined) return;
    key.isDirty = false;
    key.isProcessing = true;
    syncs.busy += 1;
    if (syncDuration === 0) endSync(world, key, now);
    else calendar.schedule(now + syncDuration, { kind: 'synced', key });
  }
}

/** The worker reads, decides and writes: all at the end of its time. */
function endSync(world: World, key: SyncKey, now: number): void {
  const { syncs, model } = world;
  if (key.deployment !== null) syncDeployment(world, key.deployment, now);
  delayKey(world, key, now + model.hpaController.syncPeriod);
  key.isProcessing = false;
  syncs.busy -= 1;
  if (key.isDirty) syncs.waiting.push(key);
}

/** A reconcile ends, and the worker takes the next HPA. */
export function finishSync(world: World, key: SyncKey, now: number): void {
  endSync(world, key, now);
  startSyncs(world, now);
}

/**
 * The informer delivers every HPA again, in no order of theirs: it begins anywhere. What becomes
 * due at the same instant comes after it, and so is still delayed.
 */
export function resync(world: World, now: number): void {
  const { syncs, model, calendar } = world;
  const next = now + model.hpaController.syncPeriod;
  calendar.schedule(next, { kind: 'resync' });
  const { keys } = syncs;
  const first = Math.floor(nextUniform(syncs.order) * keys.length);
  for (let i = 0; i < keys.length; i++) delayKey(world, keys[(first + i) % keys.length], next);
}
