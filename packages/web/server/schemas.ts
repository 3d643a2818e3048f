/** Bodies and queries of the API. Unknown keys are refused; nothing is coerced or dropped. */
import Type from 'typebox';

const closed = { additionalProperties: false } as const;

export const ComparisonRequestSchema = Type.Object(
  {
    scenario: Type.Optional(Type.String({ maxLength: 200 })),
    text: Type.Optional(Type.String()),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    /** A dry run: these objects under the load of the scenario. */
    manifests: Type.Optional(
      Type.Object({ name: Type.String({ maxLength: 200 }), text: Type.String() }, closed),
    ),
    /** Of the scenario, for a dry run: whose start-up, nodes and schedule are taken. */
    strategy: Type.Optional(Type.String({ maxLength: 200 })),
    set: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 200 }), Type.Number()]), {
        maxProperties: 100,
      }),
    ),
    seed: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    replications: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  closed,
);

export const ReportQuerySchema = Type.Object(
  { lang: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('zh-CN')])) },
  closed,
);
