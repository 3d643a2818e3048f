/** Loads of clients in closed loops in the scenario format: who they are, and how they think. */
import Type from 'typebox';
import { LAWS } from '../service/index.ts';
import * as f from './fields.ts';
import { lawFields } from './schema-law.ts';

/** Users of a load at most, at any time. */
export const USERS_MAX = 100_000;

const WindowSchema = Type.Object(
  {
    at: f.clockTime('When they start, all at once.', { default: '+0s' }),
    length: f.optional(
      f.duration('How long they go on (default: to the end of the scenario).', { min: '1ms' }),
    ),
    every: f.optional(
      f.duration('The window comes again after this time, counted from start to start.', {
        min: '1ms',
      }),
    ),
    times: f.optional(
      f.count('With every: how often in all (default: to the end of the scenario).', {
        min: 1,
        max: 10_000,
      }),
    ),
    users: f.count('Users.', { min: 1, max: USERS_MAX }),
  },
  { description: 'Users who are at work for some time; where windows overlap they add up.' },
);

const UserStageSchema = Type.Object(
  {
    duration: f.duration('Length of the stage.', { min: '1ms' }),
    target: f.count('Users at the end of the stage, reached one by one at equal steps.', {
      max: USERS_MAX,
    }),
    jump: f.boolean('All of them at the start of the stage instead.', { default: false }),
  },
  { description: 'One stage of users, as in k6 (ramping-vus).' },
);

export const ClosedSchema = Type.Object(
  {
    users: f.optional(f.count('Users from start to end.', { min: 1, max: USERS_MAX })),
    startUsers: f.optional(
      f.count('Users before the first stage (default: 0).', { max: USERS_MAX }),
    ),
    stages: Type.Optional(Type.Array(UserStageSchema, { minItems: 1, maxItems: 10_000 })),
    windows: Type.Optional(Type.Array(WindowSchema, { minItems: 1, maxItems: 10_000 })),
    think: Type.Optional(
      Type.Object(
        {
          ...lawFields('time to think'),
          dist: f.oneKeyOf('Law of the time to think.', LAWS, { default: 'exponential' }),
        },
        {
          description:
            'From the end of a request, however it ended, to the next one of the same user (default: none). Which fields go together depends on `dist`, as for service times.',
        },
      ),
    ),
    refusal: f.duration('How long a user takes to learn that a request was refused.', {
      default: '10ms',
      min: '1ms',
      max: '1h',
      source: 'modelling choice: a connection, a line of a log, the loop of the client',
    }),
  },
  {
    description:
      'Users who each send a request, wait until it is over, think, and send the next one: one of users, stages, windows.',
  },
);
