/** Karpenter in the scenario format: what it may launch, its batches, and its disruption. */
import Type from 'typebox';
import { DISRUPTION_REASONS } from '../provisioning/karpenter/budgets.ts';
import { CONSOLIDATION_POLICIES } from '../provisioning/karpenter/disruption.ts';
import * as f from './fields.ts';
import { delay } from './schema-delay.ts';

const NODE = 'docs/model.md, section 7';
const KARPENTER = 'kubernetes-sigs/karpenter';
const NODE_POOL = `${KARPENTER} pkg/apis/v1/nodepool.go`;
const DISRUPTION = `${KARPENTER} pkg/controllers/disruption`;

const BudgetSchema = Type.Object(
  {
    share: f.optional(f.share('Share of the pool’s nodes, rounded up.', { min: 0, max: 1 })),
    nodes: f.optional(f.count('Number of nodes, instead of a share.', { max: 100_000 })),
    reasons: Type.Optional(
      Type.Array(f.oneOf('A reason.', DISRUPTION_REASONS), {
        minItems: 1,
        maxItems: 2,
        description: 'Disruptions that it limits (default: all).',
      }),
    ),
    at: f.optional(f.clockTime('When it begins to hold (default: from the start).')),
    until: f.optional(f.clockTime('When it ceases to hold (default: at the end).')),
  },
  {
    description:
      'Nodes of a pool that may be on their way out at once; the strictest budget that holds decides.',
  },
);

export const KarpenterSchema = Type.Object(
  {
    instanceTypes: Type.Optional(
      Type.Array(f.string('Instance type, or family such as c7i.'), {
        minItems: 1,
        maxItems: 600,
        description:
          'What it may launch: types of the price book, or whole families without their bare-metal types (default: the family of nodes.type).',
      }),
    ),
    batchIdle: f.duration('A batch of pods ends when no new one has come for this long.', {
      default: '1s',
      max: '10m',
      source: `${KARPENTER} BATCH_IDLE_DURATION`,
    }),
    batchMax: f.duration('And at the latest this long after its first pod.', {
      default: '10s',
      max: '10m',
      source: `${KARPENTER} BATCH_MAX_DURATION`,
    }),
    solve: f.duration('From the end of a batch to the orders, uniform from 0 to this.', {
      default: '1s',
      max: '1m',
      source: NODE,
    }),
    ready: delay('Node ordered → ready for pods, in place of nodes.join.', '40s', 0.25, NODE),
    soldOutFor: f.duration('An offering that the cloud did not have is left alone for this long.', {
      default: '3m',
      source: 'aws/karpenter-provider-aws pkg/cache, UnavailableOfferingsTTL',
    }),
    registrationTimeout: f.duration('A node that has not registered after this is given up.', {
      default: '15m',
      min: '1s',
      source: `${KARPENTER} pkg/controllers/nodeclaim/lifecycle/liveness.go`,
    }),
    policy: f.oneOf(
      'Nodes that it may remove: empty ones, or all whose pods fit elsewhere. Never = none, as consolidateAfter: Never.',
      CONSOLIDATION_POLICIES,
      { default: 'WhenEmptyOrUnderutilized', source: NODE_POOL },
    ),
    consolidateAfter: f.duration('Only nodes where no pod came or went for this long.', {
      default: '0s',
      source: `${NODE_POOL}, consolidateAfter`,
    }),
    budgets: Type.Optional(
      Type.Array(BudgetSchema, {
        minItems: 1,
        maxItems: 50,
        description: 'Disruption budgets (default: 10% at any time).',
      }),
    ),
    poll: f.duration('How often it looks for nodes to remove.', {
      default: '10s',
      min: '100ms',
      source: `${DISRUPTION}/controller.go, pollingPeriod`,
    }),
    validation: f.duration('It looks again after this long, and acts if it still holds.', {
      default: '15s',
      source: `${DISRUPTION}/consolidation.go, consolidationTTL`,
    }),
    terminationGracePeriod: f.optional(
      f.duration('Pods that are still on a drained node after this are killed (default: never).'),
    ),
  },
  { description: 'Karpenter: only with provisioner: karpenter.' },
);
