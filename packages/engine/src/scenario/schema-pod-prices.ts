/** Prices of serverless pods, as price books and scenarios write them. */
import Type from 'typebox';
import * as f from './fields.ts';

/** A section of a price book, and of a scenario. */
export const PodPricesSchema = Type.Object(
  {
    cpuPerHour: f.money('Price per vCPU and hour.', { min: 0 }),
    memoryPerHour: f.money('Price per GiB and hour.', { min: 0 }),
    minimum: f.duration('Each pod is paid for at least this long.', { default: '0s', max: '24h' }),
    source: f.string('Where the prices come from, with their date.'),
  },
  { description: 'Prices of serverless pods, by what they request.' },
);
