/**
 * Users in closed loops against a model written to be obvious (fixtures/obvious-linked.ts), to the
 * last bit: one or two loads whose users come and go, with and without time to think, at services
 * that call one another, refuse, time out, lose pods and close ports. Times are coarse, so that
 * events often fall on the same microsecond.
 */
import { expect, test } from 'vitest';
import { settleCalls } from '../../packages/engine/src/flow/calls.ts';
import {
  type ClosedClients,
  createClosedClients,
} from '../../packages/engine/src/flow/closed-clients.ts';
import type { Plane } from '../../packages/engine/src/flow/columns.ts';
import { loseWork } from '../../packages/engine/src/flow/general-path.ts';
import { advanceGroup } from '../../packages/engine/src/flow/linked-path.ts';
import { joinClients } from '../../packages/engine/src/flow/links.ts';
import { refusePod, restartPod } from '../../packages/engine/src/flow/pods.ts';
import {
  createStream,
  indexBelow,
  nextInt32,
  nextUniform,
  type StreamState,
} from '../../packages/engine/src/kernel/random.ts';
import type { Law } from '../../packages/engine/src/service/law.ts';
import { inboxOf, type LinkedService, linkedServices, userSource } from '../fixtures/linked.ts';
import { ObviousLinked } from '../fixtures/obvious-linked.ts';

const MODELS = 100;
const END = 1000;

/** `PEAKLESS_MODEL='7' npx vitest run …` repeats one model. */
const only = process.env.PEAKLESS_MODEL;
const seeds = Array.from({ length: MODELS }, (_, i) => String(i));

test.each(only === undefined ? seeds : [only])('closed model %s', (seed) => {
  const s = createStream(seed, 0, 'closed oracle');
  const repeat = `PEAKLESS_MODEL='${seed}' npx vitest run test/oracle/closed-path.test.ts`;
  const shapes = randomServices(s);
  const { group, planes } = linkedServices(shapes);
  const obvious = new ObviousLinked(shapes);
  for (const load of randomLoads(s, shapes.length)) {
    joinClients(group, clientsOf(load, shapes));
    obvious.addUsers(usersOf(load));
  }
  for (let time = 0; time < END; time += 50) {
    advanceGroup(group, time);
    obvious.advance(time);
    for (const { shape, counts, fromLoads, latencies } of obvious.services) {
      expect(observe(planes[shape.name]), `${repeat}: ${shape.name} at ${time}`).toEqual({
        counts,
        fromLoads,
        inFlight: inFlightOf(fromLoads),
        latencies: totalsOf(latencies),
      });
    }
    if (below(s, 5) > 0) continue;
    const [index, pod, kind] = [below(s, shapes.length), below(s, 2), below(s, 4)];
    const plane = group.planes[index];
    if (pod >= (shapes[index].pods ?? 1)) continue;
    if (kind < 2) {
      loseWork(plane, pod, time);
      settleCalls(group, time);
      obvious.lose(index, pod, time);
    } else if (kind === 2) {
      refusePod(plane, pod);
      obvious.refuse(index, pod);
    } else {
      restartPod(plane, pod, time);
      obvious.restart(index, pod, time);
    }
  }
});

test('the random models meet every fate, and users who go while they wait', () => {
  const total = { offered: 0, served: 0, late: 0, timedOut: 0, rejected: 0, failed: 0 };
  let abandoned = 0;
  for (const seed of seeds.slice(0, 25)) {
    const s = createStream(seed, 0, 'closed oracle');
    const shapes = randomServices(s);
    const obvious = new ObviousLinked(shapes);
    for (const load of randomLoads(s, shapes.length)) {
      obvious.addUsers(usersOf(load));
      if (load.users.some(([, users], i) => i > 0 && users < load.users[i - 1][1])) abandoned++;
    }
    obvious.advance(END);
    for (const { fromLoads } of obvious.services) {
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += fromLoads[key];
    }
  }
  expect(abandoned).toBeGreaterThan(10);
  expect(total.served + total.late).toBeGreaterThan(total.offered / 10);
  for (const [fate, count] of Object.entries(total)) expect(count, fate).toBeGreaterThan(50);
});

interface RandomLoad {
  readonly seed: string;
  readonly number: number;
  readonly users: readonly (readonly [at: number, users: number])[];
  /** µs, over and over; empty = they do not think. */
  readonly think: readonly number[];
  readonly refusal: number;
  readonly targets: readonly { index: number; work: number; below: number }[];
}

function clientsOf(
  { seed, number, users, think, refusal, targets }: RandomLoad,
  shapes: readonly LinkedService[],
): ClosedClients {
  const thoughts = overAndOver(think);
  const law: Law = {
    mean: 0,
    cv: 0,
    fill: (_stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = thoughts();
    },
  };
  return createClosedClients({
    users: users.map(([at, count]) => ({ at, users: count })),
    think: think.length === 0 ? null : { law, stream: createStream(seed, 0, 'think') },
    refusal,
    targets: targets.map(({ index, work, below: end }) => {
      const source = userSource(shapes[index], shapes, number);
      return { index, source, below: end, inbox: inboxOf(work, source) };
    }),
    route: createStream(seed, 0, 'route'),
  });
}

function usersOf({ seed, users, think, refusal, targets }: RandomLoad) {
  const route = createStream(seed, 0, 'route');
  const next = () => {
    const draw = targets.length === 1 ? 0 : nextUniform(route);
    return targets.find(({ below: end }) => draw < end) ?? targets[targets.length - 1];
  };
  return { users, think: think.length === 0 ? () => 0 : overAndOver(think), refusal, next };
}

function overAndOver(values: readonly number[]): () => number {
  let i = 0;
  return () => values[i++ % values.length];
}

function observe(plane: Plane) {
  const named = ([offered, served, late, timedOut, rejected, failed]: Float64Array) => {
    return { offered, served, late, timedOut, rejected, failed };
  };
  return {
    counts: named(plane.counts),
    fromLoads: named(plane.links?.fromLoads.counts ?? new Float64Array(6)),
    inFlight: plane.links?.fromLoads.inFlight(),
    latencies: Array.from(plane.window.totals),
  };
}

function inFlightOf({ offered, ...over }: Readonly<Record<string, number>>): number {
  return Object.values(over).reduce((left, count) => left - count, offered);
}

/** Number, sum and largest, as a histogram keeps them. */
function totalsOf(values: readonly number[]): number[] {
  return [values.length, values.reduce((sum, x) => sum + x, 0), Math.max(0, ...values)];
}

function below(s: StreamState, n: number): number {
  return indexBelow(nextInt32(s), n);
}

const work = (s: StreamState) => 5 * (1 + below(s, 6));

/** One to three services, each calls the next one or none. */
function randomServices(s: StreamState): LinkedService[] {
  const names = ['a', 'b', 'c'].slice(0, 1 + below(s, 3));
  return names.map((name, i) => {
    const to = names[i + 1];
    const calls = to !== undefined && below(s, 2) === 0 ? [[{ to, service: work(s) }]] : [];
    const hold = { limit: 3, inPath: below(s, 2) === 0, perPod: 1 + below(s, 3) };
    return {
      name,
      pods: 1 + below(s, 2),
      slots: 1 + below(s, 3),
      queueLimit: [0, 2, 1000][below(s, 3)],
      objective: 5 * (2 + below(s, 20)),
      userTimeouts: [[30, 100, 2000][below(s, 3)], 60],
      calls,
      requests: below(s, 3) > 0 ? [] : Array.from({ length: 20 }, (_, k) => [100 * k, work(s)]),
      ...(below(s, 4) > 0 ? {} : { hold }),
    };
  });
}

function randomLoads(s: StreamState, services: number): RandomLoad[] {
  return Array.from({ length: 1 + below(s, 2) }, (_, number) => {
    const count = 1 + below(s, services);
    const first = below(s, services - count + 1);
    let at = -50;
    const users = Array.from({ length: 1 + below(s, 6) }, () => {
      at += 50 + 5 * below(s, 40);
      return [at, below(s, 9)] as const;
    });
    return {
      seed: `${nextInt32(s)} ${number}`,
      number,
      users,
      think: Array.from({ length: below(s, 4) }, () => work(s)),
      refusal: 5 * (1 + below(s, 4)),
      targets: Array.from({ length: count }, (_, i) => ({
        index: first + i,
        work: work(s),
        below: (i + 1) / count,
      })),
    };
  });
}
