/** The `load` section of the scenario schema: rate curves, processes, routes, clients. */
import Type from 'typebox';
import { LAWS } from '../service/index.ts';
import { PROCESSES } from '../traffic/index.ts';
import * as f from './fields.ts';
import { ClosedSchema } from './schema-closed.ts';
import { lawFields } from './schema-law.ts';

export const StageSchema = Type.Object(
  {
    duration: f.duration('Length of the stage.', { min: '1ms' }),
    target: f.rate('Arrival rate at the end of the stage, reached linearly.', { min: 0 }),
    jump: f.boolean('Step to the target at the start of the stage instead of ramping.', {
      default: false,
    }),
  },
  { description: 'One load stage, as in k6.' },
);

export const FlashSaleSchema = Type.Object(
  {
    base: f.rate('Arrival rate before the sale, and long after it.', { min: 0 }),
    peak: f.rate('Arrival rate on the plateau.', { min: 0 }),
    at: f.clockTime('When the sale opens.', { default: '+10m' }),
    surge: f.duration('Linear rise from base to peak.', { default: '5s', min: '1ms' }),
    plateau: f.duration('How long the peak holds.', { default: '1m', min: 0 }),
    decay: f.duration('Time constant of the exponential fall back to base.', {
      default: '4m',
      min: '1s',
    }),
  },
  { description: 'A second kill (秒杀): surge, plateau, exponential decay.' },
);

export const TraceSchema = Type.Object(
  {
    file: f.string(
      'CSV with a header and two columns: time (seconds, or ISO 8601) and requests in that bin.',
      { example: 'traces/wc98-1998-06-30.csv' },
    ),
    level: f.number('Multiplies every count.', { default: 1, min: 0 }),
    speed: f.number('Plays the trace faster (counts are kept, bins get shorter).', {
      default: 1,
      min: 0.001,
      max: 1000,
    }),
    from: f.duration('Skips this much of the trace (in the trace’s own time).', {
      default: '0s',
      min: 0,
    }),
  },
  { description: 'Replays counts per bin as a piecewise constant arrival rate.' },
);

export const ProcessSchema = Type.Object(
  {
    kind: f.oneKeyOf('How arrivals scatter around the rate of the load.', PROCESSES, {
      default: 'poisson',
      source: 'independent clients; real traffic is often burstier',
    }),
    cv: f.optional(
      f.number(
        'Coefficient of variation of the gaps: gamma (1 = Poisson), hyperexponential (1 or more).',
        { min: 0.05, max: 10, example: 2 },
      ),
    ),
    p: f.optional(
      f.number('hyperexponential, instead of cv: share of the gaps that have mean1.', {
        min: 0.000001,
        max: 0.999999,
      }),
    ),
    mean1: f.optional(
      f.number('hyperexponential: mean of these gaps; only its ratio to mean2 counts.', {
        min: 0.000001,
        max: 1_000_000,
      }),
    ),
    mean2: f.optional(
      f.number('hyperexponential: mean of the other gaps.', { min: 0.000001, max: 1_000_000 }),
    ),
    factors: Type.Optional(
      Type.Array(
        f.number(
          'mmpp: rate in the state, relative to the others; their mean is the load’s rate.',
          {
            min: 0,
            max: 1_000_000,
          },
        ),
        { minItems: 2, maxItems: 20 },
      ),
    ),
    sojourns: Type.Optional(
      Type.Array(f.duration('mmpp: mean stay in the state.', { min: '10ms', max: '30d' }), {
        minItems: 2,
        maxItems: 20,
      }),
    ),
    meanSize: f.optional(
      f.number('batch: requests per batch on average.', { min: 1, max: 100_000, example: 10 }),
    ),
    sizes: f.optional(
      f.oneOf('batch: law of the sizes (default: geometric).', ['geometric', 'fixed']),
    ),
  },
  {
    description:
      'gamma takes cv; hyperexponential cv, or p, mean1 and mean2; mmpp factors and sojourns (one per state, visited in turn); batch meanSize, and sizes if wanted; poisson and deterministic nothing.',
  },
);

export const LoadSchema = Type.Object(
  {
    name: f.name('Name of the load.', { default: 'load' }),
    enabled: f.boolean('Switches the load off without deleting it.', { default: true }),
    rate: f.optional(f.rate('Constant arrival rate.', { min: 0 })),
    startRate: f.optional(f.rate('Arrival rate before the first stage (default: 0).', { min: 0 })),
    stages: Type.Optional(Type.Array(StageSchema, { minItems: 1, maxItems: 10_000 })),
    flashSale: Type.Optional(FlashSaleSchema),
    trace: Type.Optional(TraceSchema),
    closed: Type.Optional(ClosedSchema),
    process: ProcessSchema,
    route: Type.Optional(
      Type.Record(
        Type.String(),
        f.number('Share of this load that goes to the service.', { min: 0 }),
        {
          description:
            'Service → weight; weights are normalised. Default: equal shares of the services that no other one calls.',
        },
      ),
    ),
    client: Type.Object(
      {
        timeout: f.duration('The client gives up when no answer has come after this time.', {
          default: '3s',
          min: '1ms',
          max: '366d',
          source: 'modelling choice; k6 and browsers wait longer, buyers do not',
        }),
        patience: Type.Optional(
          Type.Object(
            {
              ...lawFields('patience'),
              dist: f.oneKeyOf('Law of the patience.', LAWS, { default: 'deterministic' }),
            },
            {
              description:
                'How long a request is ready to wait in a queue before it gives up (default: until the time-out). Which fields go together depends on `dist`, as for service times.',
            },
          ),
        ),
      },
      { description: 'How the clients behave.' },
    ),
  },
  { description: 'A stream of requests: one of rate, stages, flashSale, trace, closed.' },
);
