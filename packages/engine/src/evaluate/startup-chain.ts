/**
 * The lives of pods and nodes → where the time from the wish for one to the first request that it
 * may get went:
 *
 *   wanted ─► created ─► bound ─► image ─► started ─► application up ─► ready ─► routed
 *
 * The stages of one pod add up to its whole way, whatever the order of its instants: a pod that is
 * routed before its application is up has nothing left of the stages that come after.
 */
import { PAUSE_PODS } from '../cluster/pause-pods.ts';
import type { NodeLife, PodLife } from '../ledger/ledger.ts';
import type { StartupChain, StartupStage, StartupTimes } from '../ledger/outcome.ts';
import type { Run } from '../simulate.ts';

const ENDS = [
  ['create', 'created'],
  ['bind', 'bound'],
  ['image', 'imagePresent'],
  ['container', 'started'],
  ['app', 'appUp'],
  ['probes', 'ready'],
  ['routing', 'routed'],
] as const satisfies readonly (readonly [StartupStage, keyof PodLife])[];

/** A serverless pod is its own machine: its start is part of the pod's. */
export function startupOf({ ledger, model }: Run): StartupChain | null {
  const { strategy } = model;
  const isServerless = strategy.kind === 'kubernetes' && strategy.nodes.serverless !== undefined;
  return startupChain(ledger.pods, isServerless ? [] : ledger.nodes);
}

/** Of pods, or VMs of groups, that were wanted in the run, and of nodes ordered in it. */
export function startupChain(
  pods: readonly PodLife[],
  nodes: readonly NodeLife[],
): StartupChain | null {
  const wanted = pods.filter(({ service, wanted: at }) => at >= 0 && service !== PAUSE_PODS);
  const routed = wanted.filter(isRouted).sort((a, b) => a.routed - b.routed || a.wanted - b.wanted);
  if (wanted.length === 0) return null;
  const [first] = routed;
  const ways = routed.map(wayOf);
  return {
    pods: routed.length,
    unfinished: wanted.length - routed.length,
    first: first === undefined ? null : { wanted: first.wanted, routed: first.routed },
    total: timesOf(routed.map((life) => life.routed - life.wanted)),
    stages: ENDS.flatMap(([stage]) => {
      const times = timesOf(ways.flatMap((way) => way.get(stage) ?? []));
      return times === null ? [] : [{ stage, ...times }];
    }),
    nodes: timesOf(
      nodes.flatMap(({ stood, requested, usable }) =>
        stood === true || usable === undefined ? [] : [usable - requested],
      ),
    ),
  };
}

type Routed = PodLife & { readonly routed: number };

function isRouted(life: PodLife): life is Routed {
  return life.routed !== undefined;
}

/** Stage → its length; one that the pod does not have (a VM has no image to pull) is left out. */
function wayOf(life: Routed): ReadonlyMap<StartupStage, number> {
  const way = new Map<StartupStage, number>();
  let since = life.wanted;
  for (const [stage, instant] of ENDS) {
    const at = life[instant];
    if (at === undefined) continue;
    const until = Math.max(since, Math.min(at, life.routed));
    way.set(stage, until - since);
    since = until;
  }
  return way;
}

/** Quantiles by the nearest rank. */
function timesOf(values: readonly number[]): StartupTimes | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, median: rank(0.5), p95: rank(0.95) };
}
