/**
 * The kubelet's side of image pulls on one node: which of them run (one at a time unless pulls are
 * parallel, first come first served), the limit of pulls begun per second, and the back-off after
 * an attempt that failed. A pull over that limit does not wait for its turn: it fails.
 *
 * @source kubernetes/kubernetes pkg/kubelet/images/{puller,helpers,image_manager}.go.
 */
import { nextUniform } from '../kernel/random.ts';
import type { Download } from './image-links.ts';
import { advancePull, type LayerState, type Pull } from './image-pull.ts';
import type { Node, World } from './world.ts';

const SECOND = 1e6;
/** Of the back-off after a failed attempt, µs. */
const FIRST_BACKOFF = 10 * SECOND;
const LONGEST_BACKOFF = 300 * SECOND;

export interface Puller {
  readonly node: Node;
  /** In the order in which their turn comes. */
  readonly waiting: Pull[];
  readonly running: Set<Pull>;
  /** Deployment → its image's pull, waiting, running or in back-off. */
  readonly pulls: Map<number, Pull>;
  /** Id of a layer → how far it has come. */
  readonly layers: Map<string, LayerState>;
  readonly downloads: Download[];
  /** The token bucket of pulls that may begin. */
  tokens: number;
  tokensAt: number;
}

export function queuePull(world: World, pull: Pull, now: number): void {
  pull.puller.waiting.push(pull);
  nextTurns(world, pull.puller, now);
}

/** The pull is done, for good or for now: the next ones may run. */
function leaveTurn(world: World, pull: Pull, now: number): void {
  pull.puller.running.delete(pull);
  nextTurns(world, pull.puller, now);
}

/** The image is there: its pods go on. */
export function endTurn(world: World, pull: Pull, now: number): void {
  const { puller, index, pods, life, isCheck } = pull;
  life.present = now;
  if (!isCheck) {
    puller.node.imagePresent.set(index, now);
    puller.pulls.delete(index);
  }
  // One after another at this instant: one event for all of them.
  if (pods.length > 0) world.calendar.schedule(now, { kind: 'pulled', pods });
  leaveTurn(world, pull, now);
}

function nextTurns(world: World, puller: Puller, now: number): void {
  const { kubelet } = world.model.strategy.startup.pull;
  const parallel = kubelet.maxParallelImagePulls ?? Number.POSITIVE_INFINITY;
  const most = kubelet.serializeImagePulls ? 1 : parallel;
  while (puller.running.size < most) {
    const pull = puller.waiting.shift();
    if (pull === undefined) return;
    puller.running.add(pull);
    pull.life.begun ??= now;
    if (isRefused(world, pull, now)) {
      backOff(world, pull, now);
      puller.running.delete(pull);
    } else begin(world, pull, now);
  }
}

function begin(world: World, pull: Pull, now: number): void {
  const { lazy, roundTrip } = world.model.strategy.startup.pull;
  if (pull.isCheck) world.calendar.schedule(now + roundTrip, turnOver(pull));
  else if (lazy !== undefined && pull.image.length > 0) {
    world.calendar.schedule(now + lazy.delay, turnOver(pull));
  } else advancePull(world, pull, now);
}

const turnOver = (pull: Pull) => ({ kind: 'image', pull, stage: 'present' }) as const;

/** Too many pulls begun, or a failure of the registry. */
function isRefused(world: World, { puller, index }: Pull, now: number): boolean {
  const { kubelet, failure } = world.model.strategy.startup.pull;
  const { registryPullQPS, registryBurst } = kubelet;
  if (registryPullQPS > 0) {
    const earned = (registryPullQPS * (now - puller.tokensAt)) / SECOND;
    puller.tokens = Math.min(registryBurst, puller.tokens + earned);
    puller.tokensAt = now;
    if (puller.tokens < 1) return true;
    puller.tokens -= 1;
  }
  return failure > 0 && nextUniform(world.images.failures(index)) < failure;
}

/** 10 s, 20 s, 40 s … up to 5 min; other images have their turn meanwhile. */
function backOff(world: World, pull: Pull, now: number): void {
  const doublings = Math.min(pull.life.failures, 5);
  const rest = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * (1 << doublings));
  pull.life.failures += 1;
  world.calendar.schedule(now + rest, { kind: 'image', pull, stage: 'retry' });
}
