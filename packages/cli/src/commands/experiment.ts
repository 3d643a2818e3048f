/** `peakless experiment`: what the simulation predicts of published experiments. */
import {
  didYouMean,
  EXPERIMENTS,
  type Experiment,
  experimentAnswer,
  predictionCsv,
  UNREPLAYED,
} from '@peakless/engine';
import { runStudy } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../failure.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { ExperimentOptions } from '../options.ts';
import { openSession, type Session } from '../session.ts';
import { listExperiments, printExperiment } from '../terminal/experiment.ts';
import { openProgress } from '../terminal/progress.ts';

export async function experiment(
  id: string | undefined,
  options: ExperimentOptions,
): Promise<ExitCode> {
  if (options.csv && options.json) throw new UsageError('--csv or --json, not both');
  const session = openSession(options);
  if (id === undefined) {
    if (options.csv) throw new UsageError('--csv goes with an experiment: name one');
    listExperiments(Object.values(EXPERIMENTS), UNREPLAYED, options, session);
    return EXIT.ok;
  }
  const chosen = chooseExperiment(id);
  const interrupt = listenForInterrupt(() => session.terminal.note(session.words.interrupted));
  try {
    const prediction = chosen.predict(await simulate(chosen, options, session, interrupt.signal));
    if (options.csv) session.terminal.result(predictionCsv(prediction).trimEnd());
    else if (options.json) {
      session.terminal.result(JSON.stringify(experimentAnswer(chosen, prediction)));
    } else printExperiment(chosen, prediction, session);
    return EXIT.ok;
  } catch (error) {
    const code = interrupt.exitCode();
    if (code === undefined) throw error;
    session.terminal.error(session.words.noPrediction(chosen.id));
    return code;
  } finally {
    interrupt.release();
  }
}

function chooseExperiment(id: string): Experiment {
  const chosen = Object.hasOwn(EXPERIMENTS, id) ? EXPERIMENTS[id] : undefined;
  if (chosen !== undefined) return chosen;
  const unreplayed = UNREPLAYED.find((one) => one.id === id);
  if (unreplayed !== undefined) throw new UsageError(`${id} is not replayed: ${unreplayed.why.en}`);
  const names = Object.keys(EXPERIMENTS);
  const { hint } = didYouMean(id, names);
  const guess = hint === undefined ? '' : `; ${hint}`;
  throw new UsageError(`experiment ${id}: there is ${names.join(', ')}${guess}`);
}

async function simulate(
  chosen: Experiment,
  { seed, replications, workers }: ExperimentOptions,
  { terminal, words }: Session,
  signal: AbortSignal,
) {
  const progress = openProgress(chosen.id, terminal, words);
  signal.addEventListener('abort', progress.end, { once: true });
  try {
    return await runStudy(chosen, {
      signal,
      onProgress: progress.show,
      ...(seed !== undefined && { seed }),
      ...(replications !== undefined && { replications }),
      ...(workers !== undefined && { workers }),
    });
  } finally {
    progress.end();
  }
}
