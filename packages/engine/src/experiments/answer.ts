/** A prediction as plain JSON for programs, with what is needed to repeat it. */
import { ENGINE_MODEL, ENGINE_VERSION } from '../provenance.ts';
import type { Experiment, Prediction } from './experiment.ts';

export type ExperimentAbout = Omit<Experiment, 'cases' | 'measure' | 'predict'>;

export interface ExperimentAnswer {
  readonly format: 'peakless-experiment/1';
  readonly engineVersion: string;
  readonly engineModel: number;
  readonly experiment: ExperimentAbout;
  readonly prediction: Prediction;
}

export function experimentAnswer(experiment: Experiment, prediction: Prediction): ExperimentAnswer {
  return {
    format: 'peakless-experiment/1',
    engineVersion: ENGINE_VERSION,
    engineModel: ENGINE_MODEL,
    experiment: experimentAbout(experiment),
    prediction,
  };
}

/** What can be said of it without a simulation. */
export function experimentAbout(experiment: Experiment): ExperimentAbout {
  const { cases: _cases, measure: _measure, predict: _predict, ...about } = experiment;
  return about;
}
