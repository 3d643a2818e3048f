/**
 * The registry of models: how the `model` of a truth begins → what is made of it. Parameters decide
 * everything else; ids are for people. A model that is not expressible says why.
 */
import { skip, type Truth, type TruthPlan } from '../truth.ts';
import { closedNetwork, finiteSource } from './closed.ts';
import { fluid } from './fluid.ts';
import { modulated } from './modulated.ts';
import { feedback, tandem } from './networks.ts';
import { choices, dealt, shortestQueue } from './pods.ts';
import { sharedProcessor } from './sharing.ts';
import { abandoning, burstyArrivals, evenArrivals, limited, loss, unlimited } from './single.ts';
import { sizing } from './sizing.ts';
import { changingRates, unlimitedServers } from './transients.ts';

export interface Model {
  /** How its name begins. */
  readonly starts: string;
  readonly plan: (truth: Truth) => TruthPlan;
}

const inexpressible = (reason: string) => () => skip(reason);

/** The first that fits counts: longer beginnings stand before shorter ones. */
const MODELS: readonly Model[] = [
  { starts: 'M/M/1 FCFS', plan: unlimited },
  { starts: 'M/M/c FCFS', plan: unlimited },
  { starts: 'M/G/1 FCFS', plan: unlimited },
  { starts: 'M/D/c FCFS', plan: unlimited },
  { starts: 'M/G/c/c loss', plan: loss },
  { starts: 'M/M/c/K', plan: limited },
  { starts: 'M/M/c+M', plan: abandoning },
  { starts: 'D/M/1 FCFS', plan: evenArrivals },
  { starts: 'H2/M/1 FCFS', plan: burstyArrivals },
  { starts: 'M(t)/G/infinity', plan: unlimitedServers },
  { starts: 'M(t)/M/c(t) FCFS', plan: changingRates },
  { starts: 'deterministic fluid queue', plan: fluid },
  { starts: 'Poisson stream dealt round robin', plan: dealt },
  { starts: 'power of d choices', plan: choices },
  { starts: 'join the shortest queue', plan: shortestQueue },
  { starts: 'smallest c with P(wait)', plan: sizing },
  { starts: 'M/G/1 processor sharing', plan: sharedProcessor },
  { starts: 'one pod with c cores, egalitarian sharing', plan: sharedProcessor },
  { starts: 'tandem of M/M/1 FCFS', plan: tandem },
  { starts: 'open Jackson network: A then B, after B return to A', plan: feedback },
  { starts: '2-state MMPP', plan: modulated },
  { starts: 'closed network', plan: closedNetwork },
  { starts: 'closed loop', plan: finiteSource },
  {
    starts: 'time until all n replicas are ready, independent exponential',
    plan: inexpressible('start-up delays are lognormal or constant'),
  },
  {
    starts: 'time until all n replicas are ready',
    plan: inexpressible('the instants at which single pods become ready are not in the outcome'),
  },
  {
    starts: 'M/M/1, server switches off when empty',
    plan: inexpressible('scaling to zero and starting on a request come later'),
  },
  {
    starts: 'M/M/k where a server turns off at once',
    plan: inexpressible('servers that switch off when idle and start on a request come later'),
  },
  {
    starts: 'M/M/c/c with retrials',
    plan: inexpressible('clients that come back after a refusal come later'),
  },
  {
    starts: 'M/M/1 two classes, non-preemptive priority',
    plan: inexpressible('priorities come later'),
  },
];

export function planTruth(truth: Truth): TruthPlan {
  const model = MODELS.find(({ starts }) => truth.model.startsWith(starts));
  if (model === undefined) return skip(`the model is not known: ${truth.model}`);
  let plan: TruthPlan;
  try {
    plan = model.plan(truth);
  } catch (error) {
    return fault((error as Error).message);
  }
  if (plan.kind !== 'run') return plan;
  // A parameter that is missing or no number becomes NaN, in texts and, as null, in numbers.
  const { experiments } = plan;
  const isWritten = experiments.every(({ world }) => !UNREAD.test(JSON.stringify(world)));
  const isTimed = experiments.every(({ warmup, length, unit }) => warmup + length * unit < LONGEST);
  return isWritten && isTimed ? plan : fault('one is missing, or no number');
}

const UNREAD = /NaN|Infinity|undefined|null/;
/** µs; false for NaN, too. */
const LONGEST = 3e13;

function fault(what: string): TruthPlan {
  return { kind: 'fault', reason: `the parameters of the case cannot be read: ${what}` };
}
