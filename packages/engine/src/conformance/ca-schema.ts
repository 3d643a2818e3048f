/**
 * The vector format `ca-vectors/1`: its types and the check of a file, from one declaration. Times
 * are seconds on the vector's own clock, `maxNodes: 0` is no limit.
 */
import Type, { type Static } from 'typebox';

const time = Type.Number({ minimum: -1e9, maximum: 1e9 });
const length = Type.Number({ minimum: 0, maximum: 1e9 });
const quantity = Type.Number({ minimum: 0, maximum: 2 ** 53 });
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });

const Binpack = Type.Object({
  name: Type.String(),
  node: Type.Object({ cpuMilli: quantity, memBytes: quantity, maxPods: count }),
  groups: Type.Array(
    Type.Object({
      pod: Type.Object({
        cpuMilli: quantity,
        memBytes: quantity,
        onePerNode: Type.Optional(Type.Boolean()),
      }),
      count,
    }),
  ),
  maxNodes: count,
  want: Type.Object({
    nodes: count,
    pods: count,
    podsOfGroup: Type.Optional(Type.Array(count)),
  }),
});

const Backoff = Type.Object({
  name: Type.String(),
  config: Type.Object({ initialSec: length, maxSec: length, resetSec: length }),
  ops: Type.Array(
    Type.Union([
      Type.Object({ t: time, group: Type.String(), fail: Type.Literal(true) }),
      Type.Object({ t: time, group: Type.String(), backedOff: Type.Boolean() }),
      Type.Object({ t: time, dropStale: Type.Literal(true), entries: count }),
    ]),
  ),
});

export const CA_SECTIONS = { binpack: Binpack, backoff: Backoff } as const;

export type BinpackVector = Static<typeof Binpack>;
export type BackoffVector = Static<typeof Backoff>;
