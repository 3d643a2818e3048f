/** Serverless pods in the scenario format: each pod is its own machine, paid by the second. */
import Type from 'typebox';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';

const NODE = 'docs/model.md, section 7';

export const ServerlessSchema = Type.Object(
  {
    start: delay(
      'Pod accepted → its sandbox runs, in place of startup.container.',
      '10s',
      0.2,
      NODE,
    ),
    imageCache: f.boolean('The provider has the image ready: no pod pulls it.', { default: false }),
    launchRate: f.rate('Pods that the provider starts per second.', {
      default: '10/s',
      min: 0.01,
      source: `8/s to 15/s on Fargate; ${NODE}`,
    }),
    launchBurst: f.count('Burst of that limit.', { default: 10, min: 1, source: NODE }),
    quota: f.optional(
      f.cpu('CPU of all pods that the account may run; pods beyond it wait (default: no limit).'),
    ),
  },
  { description: 'Serverless pods: only with provisioner: serverless.' },
);
