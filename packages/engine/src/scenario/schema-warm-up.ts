/** Fields of a service that say how new pods come to full speed, and how balancers spare them. */
import Type, { type Static } from 'typebox';
import * as f from './fields.ts';

const WARM_UP_SOURCE = 'quarkus.io/blog/when-the-jit-cant-keep-up: 42 % of its rate while cold';

export const WarmUpSchema = Type.Object(
  {
    work: f.duration('CPU time of the compilation that a new pod has before it.', {
      default: '20s',
      min: '1ms',
      max: '1h',
      source: 'modelling choice: 20 s of an idle core',
    }),
    factor: f.number('Service times are this many times as long while nothing is compiled.', {
      default: 2.4,
      min: 1,
      max: 100,
      source: WARM_UP_SOURCE,
    }),
    firstRequests: f.count('The first requests of a new pod are slower still.', {
      default: 20,
      min: 0,
      max: 1_000_000,
      source: 'modelling choice',
    }),
    firstFactor: f.number('How many times as long the first requests take.', {
      default: 8,
      min: 1,
      max: 1000,
      source: 'modelling choice: first requests are 7 to 14 times as slow',
    }),
    floor: f.share('CPU that compilation gets in any case, as a share of the pod’s CPU.', {
      default: '5%',
      min: 0,
      max: 1,
      source: 'modelling choice',
    }),
  },
  {
    description:
      'New and restarted pods are slow until their compiler, which gets the CPU that requests leave, has caught up (JVM and the like).',
  },
);

export const SlowStartSchema = Type.Object(
  {
    duration: f.duration('Time in which the share of a new pod rises to the whole.', {
      default: '30s',
      min: '1s',
      max: '1h',
      source: 'AWS Application Load Balancer, slow start: 30 to 900 s',
    }),
    aggression: f.number(
      'Share = (age ÷ duration)^(1 ÷ aggression): 1 is linear, more rises faster at first.',
      { default: 1, min: 0.1, max: 100, source: 'Envoy, slow start mode: aggression' },
    ),
    minShare: f.share('Share that a new pod has at least.', {
      default: '10%',
      min: '1%',
      max: 1,
      source: 'Envoy, slow start mode: min_weight_percent',
    }),
  },
  {
    description:
      'The balancer (random, round-robin, power-of-two, weighted) sends new pods less at first.',
  },
);

export type WarmUpSection = Static<typeof WarmUpSchema>;
export type SlowStartSection = Static<typeof SlowStartSchema>;
