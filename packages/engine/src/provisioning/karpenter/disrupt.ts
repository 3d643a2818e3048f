/**
 * Karpenter's disruption controller over time: it polls; a command that it finds is looked at again
 * after the validation time, during which it looks for nothing else; then its nodes go, or, if they
 * need a replacement, wait until that is ready. After a command it polls again at once.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/disruption/{controller,validation,queue}.go.
 */
import { MICROSECONDS_PER_SECOND } from '../../kernel/units.ts';
import type { Message } from '../../outcome.ts';
import type { NodeLaunch, NodeRemoval, ProvisionerObservation } from '../provisioner.ts';
import { nominationTime } from './batch-window.ts';
import { budgetsAt } from './budgets.ts';
import {
  type Command,
  type DisruptionMethod,
  type DisruptionView,
  eligible,
  findCommand,
  validated,
} from './disruption.ts';
import type { KarpenterMemory, ReplacingCommand } from './memory.ts';
import type { KarpenterConfig } from './settings.ts';
import { viewOf } from './view.ts';

/** Pauses between two looks at a replacement, and when it is given up. */
const FIRST_PAUSE = MICROSECONDS_PER_SECOND;
const LONGEST_PAUSE = 10 * MICROSECONDS_PER_SECOND;
const GIVE_UP = 600 * MICROSECONDS_PER_SECOND;

export interface Disrupted {
  readonly launches: readonly NodeLaunch[];
  readonly removals: readonly NodeRemoval[];
  readonly memory: KarpenterMemory;
}

export function disrupt(
  config: KarpenterConfig,
  observation: ProvisionerObservation,
  before: KarpenterMemory,
): Disrupted {
  const { removals, memory } = lookAtReplacements(config, observation, before);
  const { now } = observation;
  const { waiting } = memory;
  if (waiting === null && now < memory.nextPoll) return { launches: [], removals, memory };
  if (waiting !== null && now < waiting.validateAt) return { launches: [], removals, memory };
  const view = viewOf(observation, memory);
  if (waiting === null) {
    const polled = poll(config, observation, view, memory, null);
    return { launches: [], removals, memory: polled };
  }
  const left = validated(config.disruption, view, waiting.command);
  const idle = { ...memory, waiting: null, nextPoll: now };
  if (left !== null) {
    const done = execute(left, observation, idle);
    return { ...done, removals: [...removals, ...done.removals] };
  }
  const { method } = waiting.command;
  return { launches: [], removals, memory: poll(config, observation, view, idle, method) };
}

/** Looks for a command, `after` the method whose command was dropped. */
function poll(
  config: KarpenterConfig,
  { now, version }: ProvisionerObservation,
  view: DisruptionView,
  memory: KarpenterMemory,
  after: DisruptionMethod | null,
): KarpenterMemory {
  const { disruption, pollPeriod, validation } = config;
  const budgets = budgetsAt(disruption.budgets, now).join();
  const calm = `${version} ${eligible(disruption, view)} ${budgets}`;
  const known = after === null && calm === memory.calm;
  const command = known ? null : findCommand(disruption, view, after);
  if (command === null) {
    const found = after === null ? calm : null;
    return { ...memory, nextPoll: now + pollPeriod, calm: found };
  }
  return { ...memory, waiting: { command, validateAt: now + validation }, calm: null };
}

function execute(
  { method, nodes, replacement }: Command,
  { now }: ProvisionerObservation,
  memory: KarpenterMemory,
): Disrupted {
  if (replacement === null) {
    const how = method === 'emptiness' ? 'delete' : 'drain';
    const reason: Message = { key: `karpenter.${method}`, params: { nodes: nodes.length } };
    return { launches: [], removals: nodes.map((node) => ({ node, how, reason })), memory };
  }
  const { pool, offerings } = replacement;
  const claim = memory.nextClaim;
  const launch: NodeLaunch = {
    group: pool,
    count: 1,
    offerings,
    claim,
    reason: { key: 'karpenter.replacement', params: { nodes: nodes.length } },
  };
  const command: ReplacingCommand = {
    method,
    nodes,
    claim,
    since: now,
    lookAt: now + FIRST_PAUSE,
    pause: FIRST_PAUSE,
  };
  const replacing = [...memory.replacing, command];
  return {
    launches: [launch],
    removals: nodes.map((node) => ({ node, how: 'cordon', reason: launch.reason })),
    memory: { ...memory, replacing, nextClaim: claim + 1 },
  };
}

/**
 * Nodes whose replacement is ready are drained; a replacement that will not come is forgotten. As
 * long as pods are to move to it, it is kept for them.
 */
function lookAtReplacements(
  { batch }: KarpenterConfig,
  { now, nodes }: ProvisionerObservation,
  memory: KarpenterMemory,
): { readonly removals: readonly NodeRemoval[]; readonly memory: KarpenterMemory } {
  if (memory.replacing.length === 0) return { removals: [], memory };
  const ids = new Set(nodes.map(({ id }) => id));
  const removals: NodeRemoval[] = [];
  const replacing: ReplacingCommand[] = [];
  const nominated = new Map(memory.nominated);
  for (const command of memory.replacing) {
    const launched = nodes.find(({ claim }) => claim === command.claim);
    if (launched !== undefined) nominated.set(launched.id, now + nominationTime(batch));
    if (now < command.lookAt) replacing.push(command);
    else if (launched?.state === 'usable') {
      const reason = { key: 'karpenter.replaced', params: { nodes: command.nodes.length } };
      for (const node of command.nodes)
        if (ids.has(node)) removals.push({ node, how: 'drain', reason });
    } else if (launched?.state === 'upcoming' && now - command.since < GIVE_UP) {
      const pause = Math.min(2 * command.pause, LONGEST_PAUSE);
      replacing.push({ ...command, lookAt: now + pause, pause });
    } else {
      const reason = { key: 'karpenter.kept', params: { nodes: command.nodes.length } };
      for (const node of command.nodes) {
        if (ids.has(node)) removals.push({ node, how: 'uncordon', reason });
      }
    }
  }
  return { removals, memory: { ...memory, replacing, nominated } };
}

/** When the disruption controller acts next, µs. */
export function nextLook({ waiting, nextPoll, replacing }: KarpenterMemory): number {
  const looks = replacing.map(({ lookAt }) => lookAt);
  return Math.min(waiting?.validateAt ?? nextPoll, ...looks);
}
