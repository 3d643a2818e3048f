/**
 * Chance: one named stream per purpose and entity, so that adding a service or a strategy never
 * shifts another's draws. `seedrandom` turns the whole stream path into the 128-bit state of a
 * xoshiro128++ generator (Blackman and Vigna 2021), which fills blocks; the first draws are
 * discarded. The prefix of the path keeps clear of seedrandom's trap that a string and its
 * repetition ('1', '11') are the same seed (davidbau/seedrandom issue 48).
 *
 * Exponential and normal variates: ziggurat (Marsaglia and Tsang 2000), 256 layers, one 32-bit draw
 * with separate bits for layer (8) and value (24). Values stand for the middle of their cell, so
 * that no variate is ever 0.
 */
import seedrandom from 'seedrandom';
import { exp, log } from './elementary.ts';

/** @shape Int32Array[4], the state of a xoshiro128++ generator. */
export type StreamState = Int32Array;

const WARM_UP = 12;

/** The stream of one purpose, such as `arrivals/buy/quote`, within one replication. */
export function createStream(seed: string, replication: number, path: string): StreamState {
  const seeder = seedrandom(`peakless|${seed}|${replication}|${path}`);
  const state = new Int32Array(4);
  for (let i = 0; i < 4; i++) state[i] = seeder.int32();
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  for (let i = 0; i < WARM_UP; i++) nextInt32(state);
  return state;
}

/** The next 32 bits as a signed integer. */
export function nextInt32(s: StreamState): number {
  const s0 = s[0];
  const s1 = s[1];
  const s3 = s[3];
  const sum = (s0 + s3) | 0;
  const result = (((sum << 7) | (sum >>> 25)) + s0) | 0;
  const x2 = s[2] ^ s0;
  const x3 = s3 ^ s1;
  s[1] = s1 ^ x2;
  s[0] = s0 ^ x3;
  s[2] = x2 ^ (s1 << 9);
  s[3] = (x3 << 11) | (x3 >>> 21);
  return result;
}

/** Uniform on [0, 1) with 32 bits. */
export function nextUniform(s: StreamState): number {
  return (nextInt32(s) >>> 0) * 2 ** -32;
}

/** Uniform on (0, 1): never 0, safe for logarithms. */
function nextOpenUniform(s: StreamState): number {
  return ((nextInt32(s) >>> 0) + 0.5) * 2 ** -32;
}

const LAYERS = 256;
const VALUE_SCALE = 2 ** -24;

interface Ziggurat {
  /** @shape Float64Array[257], right edges of the layers, times 2^-24 in `scaled`. */
  readonly edge: Float64Array;
  readonly scaled: Float64Array;
  /** @shape Float64Array[257], density at the edges. */
  readonly density: Float64Array;
}

const EXPONENTIAL = exponentialZiggurat();
const NORMAL = normalZiggurat();

function exponentialZiggurat(): Ziggurat {
  const tail = 7.69711747013105;
  const area = 0.003949659822581557;
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = area / exp(-tail);
  edge[1] = tail;
  for (let i = 2; i < LAYERS; i++) edge[i] = -log(exp(-edge[i - 1]) + area / edge[i - 1]);
  return { edge, scaled: edge.map((x) => x * VALUE_SCALE), density: edge.map((x) => exp(-x)) };
}

function normalZiggurat(): Ziggurat {
  const tail = 3.654152885361009;
  const area = 4.92867323399e-3;
  const gauss = (x: number) => exp(-0.5 * x * x);
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = area / gauss(tail);
  edge[1] = tail;
  for (let i = 2; i < LAYERS; i++) {
    edge[i] = Math.sqrt(-2 * log(area / edge[i - 1] + gauss(edge[i - 1])));
  }
  // The value has 24 bits including its sign, hence twice the scale of the exponential's.
  return { edge, scaled: edge.map((x) => x * VALUE_SCALE * 2), density: edge.map(gauss) };
}

function slowExponential(s: StreamState, firstLayer: number, firstValue: number): number {
  const { edge, scaled, density } = EXPONENTIAL;
  let layer = firstLayer;
  let x = firstValue;
  for (;;) {
    if (layer === 0) return edge[1] - log(nextOpenUniform(s));
    const height = density[layer] + nextUniform(s) * (density[layer + 1] - density[layer]);
    if (height < exp(-x)) return x;
    const bits = nextInt32(s);
    layer = bits & 255;
    x = ((bits >>> 8) + 0.5) * scaled[layer];
    if (x < edge[layer + 1]) return x;
  }
}

/** Standard exponential variate (mean 1). */
export function nextExponential(s: StreamState): number {
  const bits = nextInt32(s);
  const layer = bits & 255;
  const x = ((bits >>> 8) + 0.5) * EXPONENTIAL.scaled[layer];
  return x < EXPONENTIAL.edge[layer + 1] ? x : slowExponential(s, layer, x);
}

function slowNormal(s: StreamState, firstLayer: number, firstValue: number): number {
  const { edge, scaled, density } = NORMAL;
  let layer = firstLayer;
  let x = firstValue;
  for (;;) {
    if (layer === 0) return normalTail(s, x < 0);
    const height = density[layer] + nextUniform(s) * (density[layer + 1] - density[layer]);
    if (height < exp(-0.5 * x * x)) return x;
    const bits = nextInt32(s);
    layer = bits & 255;
    x = ((bits >> 8) + 0.5) * scaled[layer];
    if (Math.abs(x) < edge[layer + 1]) return x;
  }
}

/** Marsaglia's method for the tail beyond the base layer. */
function normalTail(s: StreamState, negative: boolean): number {
  const tail = NORMAL.edge[1];
  for (;;) {
    const x = -log(nextOpenUniform(s)) / tail;
    const y = -log(nextOpenUniform(s));
    if (y + y >= x * x) return negative ? -tail - x : tail + x;
  }
}

/** Standard normal variate. */
export function nextNormal(s: StreamState): number {
  const bits = nextInt32(s);
  const layer = bits & 255;
  const x = ((bits >> 8) + 0.5) * NORMAL.scaled[layer];
  return Math.abs(x) < NORMAL.edge[layer + 1] ? x : slowNormal(s, layer, x);
}

/** Index 0..n−1 from 32 random bits, n < 2^21 (bias below n·2^-32). */
export function indexBelow(bits: number, n: number): number {
  return Math.floor((bits >>> 0) * n * 2 ** -32);
}

/** Fills [from, to) with raw 32-bit draws. */
export function fillInt32(s: StreamState, out: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = nextInt32(s);
}
