/** A sampled delay, as many sections of the format have one. */
import Type from 'typebox';
import * as f from './fields.ts';

/** Lognormal with median and log-standard deviation; sigma 0 = constant. */
export const delay = (doc: string, median: string, sigma: number, source: string) =>
  Type.Object(
    {
      median: f.duration('Median of the delay.', { default: median, source }),
      sigma: f.number('Standard deviation of the logarithm; 0 makes the delay constant.', {
        default: sigma,
        min: 0,
        max: 3,
        source,
      }),
    },
    { description: doc },
  );
