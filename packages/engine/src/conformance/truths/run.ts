/** One truth from plan to verdict; who runs the replications is the caller's business. */
import type { PathOptions } from '../../flow/plane-choice.ts';
import { planTruth } from './models/index.ts';
import { replicate, scenarioOf } from './replicate.ts';
import {
  type Effort,
  type ResultOf,
  type Round,
  type Row,
  type Sampled,
  sampling,
} from './sampling.ts';
import type { ComputedResult, Experiment, Truth } from './truth.ts';

export interface TruthResult {
  readonly id: string;
  readonly model: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or could not be run. */
  readonly reason: string | null;
  readonly results: readonly ComparedResult[];
  readonly replications: number;
  readonly requests: number;
}

/** A result of the truth beside what was found. */
export interface ComparedResult extends ResultOf {
  readonly passed: boolean;
}

/** Runs a round of experiment number `experiment` of the truth. */
export type RunRound = (experiment: number, round: Round) => Promise<readonly Row[]>;

export async function runTruth(
  truth: Truth,
  effort: Effort,
  runRound: RunRound,
): Promise<TruthResult> {
  const plan = planTruth(truth);
  const head = { id: truth.id, model: truth.model };
  if (plan.kind !== 'run') {
    const nothing = { results: [], replications: 0, requests: 0 };
    const status = plan.kind === 'skip' ? 'skipped' : 'failed';
    return { ...head, status, reason: plan.reason, ...nothing };
  }
  const results = plan.computed.map(computedResult);
  let replications = 0;
  let requests = 0;
  for (const [i, experiment] of plan.experiments.entries()) {
    const left = { ...effort, maxRequests: effort.maxRequests - requests };
    const sampled = await sample(experiment, left, (round) => runRound(i, round));
    replications += sampled.replications;
    requests += sampled.requests;
    for (const one of sampled.results) results.push({ ...one, passed: one.agrees && one.precise });
  }
  const status = results.every(({ passed }) => passed) ? 'passed' : 'failed';
  return { ...head, status, reason: null, results, replications, requests };
}

/** A closed form has no error: it agrees to the digits of the file. */
function computedResult({ key, exact, computed }: ComputedResult): ComparedResult {
  const allowed = Math.abs(exact) * 1e-8;
  const agrees = Math.abs(computed - exact) <= allowed;
  const none = { standardError: 0, precise: true };
  return { key, exact, estimate: computed, allowed, agrees, passed: agrees, ...none };
}

async function sample(
  experiment: Experiment,
  effort: Effort,
  runRound: (round: Round) => Promise<readonly Row[]>,
): Promise<Sampled> {
  const rounds = sampling(experiment, effort);
  let step = rounds.next();
  while (!step.done) step = rounds.next(await runRound(step.value));
  return step.value;
}

/** Runs rounds of one truth where it is called; keeps the scenario of the last one. */
export function localRounds(truth: Truth, paths?: PathOptions): RunRound {
  const plan = planTruth(truth);
  const experiments = plan.kind === 'run' ? plan.experiments : [];
  let last: { readonly key: string; readonly scenario: ReturnType<typeof scenarioOf> } | undefined;
  return async (index, round) => {
    const experiment = experiments[index];
    const key = `${index} ${round.length}`;
    if (last?.key !== key) {
      last = { key, scenario: scenarioOf(experiment, truth.id, round.length) };
    }
    return replicate(experiment, await last.scenario, round, paths);
  };
}
