/**
 * The turns of the node autoscaler: observe, decide, and when the loop has computed for as long as
 * it takes, carry out. When the next turn comes is the autoscaler's to say; a pod that finds no
 * node may bring it forward.
 */
import { nextNormal, nextUniform, type StreamState } from '../kernel/random.ts';
import { SortedList } from '../kernel/sorted-list.ts';
import type { Model } from '../model.ts';
import { EXPENDABLE_CUTOFF } from '../provisioning/existing-room.ts';
import { PROVISIONERS, type ProvisionerName } from '../provisioning/index.ts';
import type {
  LaunchFailure,
  NodeRemoval,
  NodeView,
  PendingPod,
  Provisioner,
  ProvisionerDecision,
} from '../provisioning/provisioner.ts';
import type { NodesSpec } from '../scenario/schema.ts';
import { find } from './by-id.ts';
import { abandonNode, deleteNode, drainNode } from './node-drain.ts';
import { launchNodes } from './node-launch.ts';
import { poolSize, recordHeld, recordNodes } from './node-records.ts';
import { observeNodes } from './node-views.ts';
import { scheduleTurn } from './node-wake.ts';
import { closeNode, openNode } from './open-nodes.ts';
import { noticeRoom } from './scheduling-queue.ts';
import type { Node, World } from './world.ts';

export interface NodeLoop {
  readonly provisioner: Provisioner<NodesSpec, unknown>;
  memory: unknown;
  /** What is being computed; null = it waits for its next turn. */
  decision: ProvisionerDecision<unknown> | null;
  /** The turn that the calendar waits for: an older one is void. */
  turn: number;
  /** A pod without a node brings the turn forward. */
  onPending: boolean;
  /** There was one since the last observation. */
  isAsked: boolean;
  /** Of the last observation; null = something about them has changed (node-views.ts). */
  nodeViews: readonly NodeView[] | null;
  pendingViews: readonly PendingPod[] | null;
  /** Pods that no node takes, by the time since when. */
  readonly pending: SortedList<PendingPod>;
  /** Of the launches since the last observation. */
  failures: LaunchFailure[];
  /** Changes with the nodes, their pods and the pending pods. */
  version: number;
  readonly draws: StreamState;
  /** Zones that are down. */
  readonly failedZones: Set<string>;
}

export function createNodeLoop(model: Model, { provisioner }: NodesSpec): NodeLoop {
  const chosen: Provisioner<NodesSpec, unknown> = PROVISIONERS[provisioner as ProvisionerName];
  return {
    provisioner: chosen,
    memory: chosen.initial,
    decision: null,
    turn: 0,
    onPending: false,
    isAsked: false,
    nodeViews: null,
    pendingViews: null,
    pending: new SortedList(),
    failures: [],
    version: 0,
    draws: model.stream('node-loop'),
    failedZones: new Set(),
  };
}

/** `phase`: period → when its first turn is, µs. */
export function startNodeLoop(world: World, phase: (period: number) => number): void {
  const period = world.nodeLoop.provisioner.period(world.model.strategy.nodes);
  if (period !== Number.POSITIVE_INFINITY) scheduleTurn(world, phase(period));
}

/** A turn begins, or its decision is ready. */
export function turnNodes(world: World, turn: number, now: number): void {
  const { nodeLoop } = world;
  if (turn !== nodeLoop.turn) return;
  if (nodeLoop.decision === null) {
    const decision = decide(world, now);
    nodeLoop.decision = decision;
    if (decision.takes > 0) {
      scheduleTurn(world, now + decision.takes);
      return;
    }
  }
  finishTurn(world, nodeLoop.decision, now);
}

function decide(world: World, now: number): ProvisionerDecision<unknown> {
  const { nodeLoop, model } = world;
  const { failures } = nodeLoop;
  nodeLoop.failures = [];
  nodeLoop.isAsked = false;
  const draws = { normal: nextNormal(nodeLoop.draws), uniform: nextUniform(nodeLoop.draws) };
  const observation = observeNodes(world, nodeLoop, failures, draws, now);
  const { provisioner, memory } = nodeLoop;
  const decision = provisioner.decide(model.strategy.nodes, observation, memory);
  nodeLoop.memory = decision.memory;
  return decision;
}

function finishTurn(world: World, decision: ProvisionerDecision<unknown>, now: number): void {
  const { nodeLoop } = world;
  nodeLoop.decision = null;
  for (const launch of decision.launches) launchNodes(world, launch, now);
  for (const removal of decision.removals) {
    const node = find(world.nodes, removal.node);
    if (node !== undefined) removeNode(world, node, removal, now);
  }
  if (decision.reason !== null) recordHeld(world, decision.reason, now);
  const { at, onPending } = decision.wake;
  nodeLoop.onPending = onPending;
  const next = onPending && nodeLoop.isAsked ? now : Math.max(now, at);
  if (next !== Number.POSITIVE_INFINITY) scheduleTurn(world, next);
}

/** By pods that count. */
function isHeld({ bound }: Node): boolean {
  return bound.some(({ deployment }) => deployment.priority >= EXPENDABLE_CUTOFF);
}

/** What has changed since the turn began may stand against it. */
function removeNode(world: World, node: Node, { how, reason }: NodeRemoval, now: number): void {
  const { state, pods, pool } = node;
  if (how === 'cordon' || how === 'uncordon') {
    if (state !== 'usable') return;
    if (how === 'cordon') closeNode(world, node);
    else {
      openNode(world, node);
      noticeRoom(world, node, now);
    }
    return;
  }
  const before = poolSize(world, pool);
  if (how === 'abandon') {
    if (state !== 'upcoming') return;
    abandonNode(world, node, now);
  } else {
    if (state !== 'usable' || (how === 'delete' && isHeld(node))) return;
    // Expendable pods are not waited for, but they end as all others do.
    if (how === 'drain' || pods > 0) drainNode(world, node, now);
    else deleteNode(world, node, now);
  }
  recordNodes(world, { at: now, pool: pool.name, from: before, to: before - 1, reason });
}
