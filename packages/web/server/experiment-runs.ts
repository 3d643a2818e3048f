/**
 * Predictions of published experiments: each is simulated once, when somebody asks for it first,
 * one after the other; the answer is kept, for nothing in it can change.
 */
import {
  EXPERIMENTS,
  type Experiment,
  type ExperimentAnswer,
  experimentAnswer,
  type Sample,
} from '@peakless/engine';

/** Runs per case: enough for a page that somebody waits for; the command line does more. */
const REPLICATIONS = 20;

export type RunExperiment = (
  experiment: Experiment,
  options: { readonly replications: number; readonly signal: AbortSignal },
) => Promise<readonly Sample[]>;

export class ExperimentRuns {
  private readonly answers = new Map<string, Promise<ExperimentAnswer>>();
  private readonly abort = new AbortController();
  private readonly run: RunExperiment;
  private last: Promise<unknown> = Promise.resolve();

  constructor(run: RunExperiment) {
    this.run = run;
  }

  /** Undefined = there is no such experiment. */
  answer(id: string): Promise<ExperimentAnswer> | undefined {
    const experiment = Object.hasOwn(EXPERIMENTS, id) ? EXPERIMENTS[id] : undefined;
    if (experiment === undefined) return undefined;
    const known = this.answers.get(id);
    if (known !== undefined) return known;
    const answer = this.last.then(() => this.simulate(experiment));
    this.answers.set(id, answer);
    // What failed may be asked for again; whoever waits behind it does not fail with it.
    this.last = answer.catch(() => this.answers.delete(id));
    return answer;
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.last;
  }

  private async simulate(experiment: Experiment): Promise<ExperimentAnswer> {
    const { signal } = this.abort;
    signal.throwIfAborted();
    const samples = await this.run(experiment, { replications: REPLICATIONS, signal });
    return experimentAnswer(experiment, experiment.predict(samples));
  }
}
