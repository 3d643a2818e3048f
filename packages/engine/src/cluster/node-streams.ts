/**
 * The random numbers of nodes. Written pools have streams of their own, each node of a pool the
 * next draws of them: a pool more or less does not change what happens to the nodes of others.
 */
import type { StreamState } from '../kernel/random.ts';
import type { Model, NodePool } from '../model.ts';
import type { NodesSpec } from '../scenario/schema.ts';

export interface NodeStreams {
  /** Delays of its life. */
  readonly life: StreamState;
  readonly luck: StreamState;
  readonly tail: StreamState;
  /** Luck of launches, by offering. */
  readonly stock: (offering: string) => StreamState;
}

export function nodeStreams(model: Model, { pools }: NodesSpec): (pool: NodePool) => NodeStreams {
  const made = new Map<string, NodeStreams>();
  return ({ name }) => {
    const streams = made.get(name) ?? streamsOf(model, pools === undefined ? '' : `/${name}`);
    made.set(name, streams);
    return streams;
  };
}

function streamsOf({ stream }: Model, pool: string): NodeStreams {
  const stocks = new Map<string, StreamState>();
  return {
    life: stream(`nodes${pool}`),
    luck: stream(`node-luck${pool}`),
    tail: stream(`node-tail${pool}`),
    stock: (offering) => {
      const stock = stocks.get(offering) ?? stream(`node-stock${pool}/${offering}`);
      stocks.set(offering, stock);
      return stock;
    },
  };
}
