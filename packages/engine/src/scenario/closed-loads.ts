/** Closed loads: one description of the users becomes their number from instant to instant. */

import { listed } from './diagnostics.ts';
import { type CheckContext, isWritten, type LoadDraft, placeOf } from './draft.ts';
import { formatDuration } from './durations.ts';
import type { ScenarioFiles } from './files.ts';
import { readLaw } from './laws.ts';
import type { ClosedLoad } from './scenario.ts';
import { USERS_MAX } from './schema-closed.ts';
import type { Path } from './source.ts';

type ClosedDraft = NonNullable<LoadDraft['closed']>;
type WindowDraft = NonNullable<NonNullable<ClosedDraft['windows']>[number]>;

const WAYS = ['users', 'stages', 'windows'] as const;
/** Of one window. */
const REPEATS_MAX = 10_000;

/** `by` users more, or fewer, from `at` on, µs. */
interface Change {
  readonly at: number;
  readonly by: number;
}

/** Undefined where there is none, and where something was reported. */
export async function readClosed(
  load: LoadDraft,
  loadPath: Path,
  context: CheckContext,
  files: ScenarioFiles,
): Promise<ClosedLoad | undefined> {
  const { closed } = load;
  const path = [...loadPath, 'closed'];
  if (closed === undefined) return undefined;
  checkProcess(loadPath, context);
  const isOne = checkWays(path, context);
  const think = await readLaw(closed.think, [...path, 'think'], context, files);
  const changes = changesOf(closed, path, context);
  const { refusal } = closed;
  if (!isOne || changes === undefined || refusal === undefined) return undefined;
  const users = numbersOf(changes);
  const most = users.reduce((highest, step) => Math.max(highest, step.users), 0);
  if (most > USERS_MAX) {
    const facts = { got: `${most} at once`, allowed: `up to ${USERS_MAX} users` };
    context.reporter.report('E_RANGE', placeOf(context.root, path), facts);
    return undefined;
  }
  return { users, ...(think === undefined ? {} : { think }), refusal };
}

/** When a user sends is decided by the answers. */
function checkProcess(loadPath: Path, { root, reporter }: CheckContext): void {
  if (!isWritten(root, [...loadPath, 'process'])) return;
  reporter.report('E_CONFLICT', placeOf(root, [...loadPath, 'process']), {
    problem: 'a closed load has no process: each user sends when he has thought',
    hint: 'remove process; closed.think has a law',
  });
}

function checkWays(path: Path, { root, reporter }: CheckContext): boolean {
  const given = WAYS.filter((key) => isWritten(root, [...path, key]));
  if (given.length === 0) {
    const facts = { problem: 'there are no users', hint: `add one of ${listed(WAYS)}` };
    reporter.report('E_REQUIRED', placeOf(root, path), facts);
  } else if (given.length > 1) {
    const problem = `${given.join(' and ')} exclude each other`;
    const facts = { problem, allowed: `one of ${listed(WAYS)}` };
    reporter.report('E_CONFLICT', placeOf(root, [...path, given[1]]), facts);
  }
  const alone = isWritten(root, [...path, 'startUsers']) && !given.includes('stages');
  if (alone) {
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'startUsers']), {
      problem: 'startUsers belongs to stages',
      hint: 'add stages, or remove startUsers',
    });
  }
  return given.length === 1 && !alone;
}

function changesOf(
  closed: ClosedDraft,
  path: Path,
  context: CheckContext,
): readonly Change[] | undefined {
  const { users, stages, windows } = closed;
  const duration = context.draft.clock?.duration;
  if (users !== undefined) return [{ at: 0, by: users }];
  if (stages !== undefined) return stageChanges(closed, stages);
  if (windows === undefined || duration === undefined) return undefined;
  const read = windows.map((window, i) =>
    windowChanges(window, [...path, 'windows', i], duration, context),
  );
  const known = read.filter((changes) => changes !== undefined);
  return known.length === read.length ? known.flat() : undefined;
}

function stageChanges(
  { startUsers = 0 }: ClosedDraft,
  stages: NonNullable<ClosedDraft['stages']>,
): readonly Change[] | undefined {
  const changes: Change[] = [{ at: 0, by: startUsers }];
  let [from, time] = [startUsers, 0];
  for (const stage of stages) {
    const { duration, target, jump } = stage ?? {};
    if (duration === undefined || target === undefined || jump === undefined) return undefined;
    const steps = Math.abs(target - from);
    if (jump) changes.push({ at: time, by: target - from });
    for (let step = 1; step <= steps && !jump; step++) {
      changes.push({
        at: time + Math.round((duration * step) / steps),
        by: target > from ? 1 : -1,
      });
    }
    from = target;
    time += duration;
  }
  return changes;
}

function windowChanges(
  window: WindowDraft | undefined,
  path: Path,
  duration: number,
  context: CheckContext,
): readonly Change[] | undefined {
  const { at, users, every, times, length = Number.POSITIVE_INFINITY } = window ?? {};
  if (at === undefined || users === undefined) return undefined;
  if (!checkWindow({ at, every, times }, path, duration, context)) return undefined;
  const repeats =
    every === undefined ? 1 : Math.min(times ?? REPEATS_MAX, Math.ceil((duration - at) / every));
  return Array.from({ length: repeats }, (_, i) => at + i * (every ?? 0)).flatMap((start) => [
    { at: start, by: users },
    ...(start + length < duration ? [{ at: start + length, by: -users }] : []),
  ]);
}

function checkWindow(
  { at, every, times }: { at: number; every: number | undefined; times: number | undefined },
  path: Path,
  duration: number,
  { root, reporter }: CheckContext,
): boolean {
  if (at < 0 || at >= duration) {
    reporter.report('E_RANGE', placeOf(root, [...path, 'at']), {
      problem: 'the window starts outside the scenario',
      got: `${formatDuration(at)} after the start`,
      allowed: `from the start to ${formatDuration(duration)} after it`,
    });
    return false;
  }
  if (times !== undefined && every === undefined) {
    const facts = { problem: 'times belongs to every', hint: 'add every, or remove times' };
    reporter.report('E_CONFLICT', placeOf(root, [...path, 'times']), facts);
    return false;
  }
  const repeats = every === undefined ? 1 : Math.ceil((duration - at) / every);
  if (Math.min(repeats, times ?? repeats) <= REPEATS_MAX) return true;
  const got = `${repeats} windows to the end`;
  const facts = { got, allowed: `up to ${REPEATS_MAX}`, hint: 'raise every, or add times' };
  reporter.report('E_RANGE', placeOf(root, [...path, 'every']), facts);
  return false;
}

/** From changes to numbers; what happens at one instant is one change. */
function numbersOf(changes: readonly Change[]): ClosedLoad['users'] {
  const sums = new Map<number, number>();
  for (const { at, by } of changes) sums.set(at, (sums.get(at) ?? 0) + by);
  const instants = [...sums].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b);
  let users = 0;
  return instants.map(([at, by]) => {
    users += by;
    return { at, users };
  });
}
