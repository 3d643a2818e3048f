/**
 * Chance: one named stream per purpose and entity, so that adding a service or a strategy never
 * shifts another's draws. `seedrandom` turns the whole stream path into the 128-bit state of a
 * xoshiro128++ generator (Blackman and Vigna 2021), which fills blocks; the first draws are
 * discarded. The prefix of the path keeps clear of seedrandom's trap that a string and its
 * repetition ('1', '11') are the same seed (davidbau/seedrandom issue 48).
 *
 * Exponential and normal variates: ziggurat (Marsaglia and Tsang 2000), 256 layers, one 32-bit draw
 * with separate bits for layer (8) and value (24). Values stand for the middle of their cell, so
 * that no variate is ever 0. Gamma variates are made of them.
 */
import seedrandom from 'seedrandom';
import {
  DENSITY,
  EDGE,
  EXPONENTIAL,
  exponentialOf,
  fillBits,
  NORMAL,
  nextBits,
  normalOf,
  SCALED,
  TABLE_SIZE,
} from './draws.ts';
import { ELEMENTARY_TABLES, exp, log } from './elementary.ts';

export { indexBelow } from './dialect.ts';

/** @shape Int32Array[4], the state of a xoshiro128++ generator. */
export type StreamState = Int32Array;

const WARM_UP = 12;

/** The stream of one purpose, such as `arrivals/buy/quote`, within one replication. */
export function createStream(seed: string, replication: number, path: string): StreamState {
  const seeder = seedrandom(`peakless|${seed}|${replication}|${path}`);
  const state = new Int32Array(4);
  for (let i = 0; i < 4; i++) state[i] = seeder.int32();
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  for (let i = 0; i < WARM_UP; i++) nextBits(state);
  return state;
}

/** The next 32 bits as a signed integer. */
export const nextInt32: (s: StreamState) => number = nextBits;

/** Uniform on [0, 1) with 32 bits. */
export function nextUniform(s: StreamState): number {
  return (nextBits(s) >>> 0) * 2 ** -32;
}

/** Uniform on (0, 1): never 0, safe for logarithms. */
function nextOpenUniform(s: StreamState): number {
  return ((nextBits(s) >>> 0) + 0.5) * 2 ** -32;
}

const LAYERS = 256;
/** The value of an exponential has 24 bits, that of a normal as many with its sign. */
const VALUE_SCALE = 2 ** -24;

/** Everything that draws.ts reads; constant. @shape Float64Array[TABLE_SIZE] */
export const DRAW_TABLES = drawTables();

function drawTables(): Float64Array {
  const tables = new Float64Array(TABLE_SIZE);
  tables.set(ELEMENTARY_TABLES);
  const exponential = exponentialEdges();
  const normal = normalEdges();
  for (let i = 0; i <= LAYERS; i++) {
    tables[EXPONENTIAL + EDGE + i] = exponential[i];
    tables[EXPONENTIAL + SCALED + i] = exponential[i] * VALUE_SCALE;
    tables[EXPONENTIAL + DENSITY + i] = exp(-exponential[i]);
    tables[NORMAL + EDGE + i] = normal[i];
    tables[NORMAL + SCALED + i] = normal[i] * VALUE_SCALE * 2;
    tables[NORMAL + DENSITY + i] = gauss(normal[i]);
  }
  return tables;
}

function exponentialEdges(): Float64Array {
  const tail = 7.69711747013105;
  const area = 0.003949659822581557;
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = area / exp(-tail);
  edge[1] = tail;
  for (let i = 2; i < LAYERS; i++) edge[i] = -log(exp(-edge[i - 1]) + area / edge[i - 1]);
  return edge;
}

function gauss(x: number): number {
  return exp(-0.5 * x * x);
}

function normalEdges(): Float64Array {
  const tail = 3.654152885361009;
  const area = 4.92867323399e-3;
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = area / gauss(tail);
  edge[1] = tail;
  for (let i = 2; i < LAYERS; i++) {
    edge[i] = Math.sqrt(-2 * log(area / edge[i - 1] + gauss(edge[i - 1])));
  }
  return edge;
}

/** Standard exponential variate (mean 1). */
export function nextExponential(s: StreamState): number {
  return exponentialOf(DRAW_TABLES, s, nextBits(s));
}

/** Standard normal variate. */
export function nextNormal(s: StreamState): number {
  return normalOf(DRAW_TABLES, s, nextBits(s));
}

/**
 * Standard gamma variate of any shape > 0 (scale 1): a transformed normal, rejected about once in
 * twenty; a shape below 1 is lifted by one and brought back by U^(1/shape).
 * @source Marsaglia and Tsang, “A simple method for generating gamma variables”, ACM TOMS 26 (2000)
 */
export function nextGamma(s: StreamState, shape: number): number {
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  // U^(1/shape) is exp(−E ÷ shape), E exponential.
  const lift = shape < 1 ? exp(-nextExponential(s) / shape) : 1;
  for (;;) {
    const x = nextNormal(s);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = nextOpenUniform(s);
    const squared = x * x;
    if (u < 1 - 0.0331 * squared * squared) return lift * d * v;
    if (log(u) < 0.5 * squared + d * (1 - v + log(v))) return lift * d * v;
  }
}

/** Raw 32-bit draws to out[from, to). */
export const fillInt32: (s: StreamState, out: Int32Array, from: number, to: number) => void =
  fillBits;
