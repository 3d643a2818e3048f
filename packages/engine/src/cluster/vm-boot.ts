/**
 * How long guests take to boot on one host. A boot is input and output first, then CPU. Of the I/O
 * a part goes through the host's disk, which boots at the same time share equally; the rest is
 * waiting that nobody else lengthens. The CPU part runs on one core, and shares the host's cores
 * equally with the other guests in that part and with neighbours that burn a core each:
 *
 *   shared I/O          own I/O        CPU
 *   1 / boots in it     1              min(1, cores / (boots in it + neighbours))
 *
 * Against 234 measured cases on three hosts of 4, 6 and 8 cores, with one constant (the shared part
 * of the I/O, 30 %) fitted to two of them: docs/model.md, section 7.
 */
import { assert } from '../kernel/assert.ts';

export interface BootHost {
  readonly cores: number;
  /** Share of a boot's I/O that goes through the shared disk, 0..1. */
  readonly sharedIo: number;
  /** Guests that burn a core each. */
  readonly neighbours: number;
}

/** Work of one boot alone on its host, µs. */
export interface BootWork {
  readonly io: number;
  readonly cpu: number;
}

export interface Boot<T> {
  readonly owner: T;
  phase: 0 | 1 | 2;
  /** Of the phases, µs at full speed; phase 0 is shared I/O, 1 own I/O, 2 CPU. */
  readonly left: [number, number, number];
}

/** The boots under way on a host, as of `time`. */
export interface Boots<T> {
  readonly host: BootHost;
  readonly running: Boot<T>[];
  time: number;
}

export function noBoots<T>(host: BootHost): Boots<T> {
  return { host, running: [], time: Number.NEGATIVE_INFINITY };
}

/** A guest begins to boot at `now`, up to which the others have been advanced. */
export function beginBoot<T>(boots: Boots<T>, owner: T, work: BootWork, now: number): void {
  assert(boots.running.length === 0 || boots.time === now, 'a boot begins in the past of others');
  boots.time = now;
  const shared = work.io * boots.host.sharedIo;
  const boot: Boot<T> = { owner, phase: 0, left: [shared, work.io - shared, work.cpu] };
  skipEmpty(boot);
  boots.running.push(boot);
}

export function dropBoot<T>({ running }: Boots<T>, owner: T): void {
  const at = running.findIndex((boot) => boot.owner === owner);
  if (at >= 0) running.splice(at, 1);
}

/** Moves on to `now`, at most to the next end of a phase; returns who has booted. */
export function advanceBoots<T>(boots: Boots<T>, now: number): T[] {
  const booted: T[] = [];
  while (boots.running.length > 0 && boots.time < now) {
    const until = Math.min(now, boots.time + toNextPhase(boots));
    stretch(boots, until - boots.time);
    boots.time = until;
    for (let i = boots.running.length - 1; i >= 0; i--) {
      const boot = boots.running[i];
      if (boot.phase === 2 && boot.left[2] <= DONE) booted.unshift(...takeAt(boots, i));
    }
  }
  boots.time = Math.max(boots.time, now);
  return booted;
}

/** When the phase that ends next does, µs; Infinity = nothing boots. */
export function nextBootChange<T>(boots: Boots<T>): number {
  return boots.running.length === 0 ? Number.POSITIVE_INFINITY : boots.time + toNextPhase(boots);
}

/** Durations of boots that begin together, µs, in their order. */
export function bootTimes(host: BootHost, works: readonly BootWork[]): number[] {
  const boots = noBoots<number>(host);
  works.forEach((work, i) => {
    beginBoot(boots, i, work, 0);
  });
  const times = works.map(() => 0);
  while (boots.running.length > 0) {
    const until = nextBootChange(boots);
    for (const i of advanceBoots(boots, until)) times[i] = until;
  }
  return times;
}

/** Less than this is rounding, µs: a sum of doubles, of up to a year. */
const DONE = 1e-2;

function takeAt<T>({ running }: Boots<T>, at: number): T[] {
  return running.splice(at, 1).map(({ owner }) => owner);
}

function skipEmpty<T>(boot: Boot<T>): void {
  while (boot.phase < 2 && boot.left[boot.phase] <= DONE) boot.phase = boot.phase === 0 ? 1 : 2;
}

function speeds<T>({ host, running }: Boots<T>): readonly [number, number, number] {
  let sharing = 0;
  let computing = host.neighbours;
  for (const { phase } of running) {
    if (phase === 0) sharing += 1;
    if (phase === 2) computing += 1;
  }
  return [1 / Math.max(1, sharing), 1, Math.min(1, host.cores / Math.max(1, computing))];
}

function toNextPhase<T>(boots: Boots<T>): number {
  const speed = speeds(boots);
  let next = Number.POSITIVE_INFINITY;
  for (const { phase, left } of boots.running) next = Math.min(next, left[phase] / speed[phase]);
  return next;
}

function stretch<T>(boots: Boots<T>, length: number): void {
  const speed = speeds(boots);
  for (const boot of boots.running) {
    boot.left[boot.phase] -= speed[boot.phase] * length;
    if (boot.left[boot.phase] < DONE) boot.left[boot.phase] = 0;
  }
  for (const boot of boots.running) skipEmpty(boot);
}
