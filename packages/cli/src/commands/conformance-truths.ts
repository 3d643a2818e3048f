/** Exact results of a file beside their estimates, case by case as they are known. */
import {
  type ComparedResult,
  type Diagnostic,
  diagnostic,
  didYouMean,
  type Truth,
  type TruthResult,
} from '@peakless/engine';
import { InterruptedError, runTruths } from '@peakless/runner';
import type { ConformanceOptions } from '../options.ts';
import type { Session } from '../session.ts';
import { openProgress, type ProgressDisplay } from '../terminal/progress.ts';

export interface TruthFile {
  readonly file: string;
  readonly format: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly TruthResult[];
}

/** Half an hour of one core; no known case takes a third of it. */
const REQUESTS_MAX = 10_000_000_000;

export async function checkTruthFile(
  { file, format }: Pick<TruthFile, 'file' | 'format'>,
  all: readonly Truth[],
  options: ConformanceOptions,
  session: Session,
  signal: AbortSignal,
): Promise<TruthFile | { readonly diagnostics: readonly Diagnostic[] }> {
  const { terminal, words } = session;
  const { only } = options;
  const diagnostics = unknownIds(file, all, only ?? []);
  if (diagnostics.length > 0) return { diagnostics };
  const truths = only === undefined ? all : all.filter(({ id }) => only.includes(id));
  const cases: TruthResult[] = [];
  let shown: { readonly id: string; readonly display: ProgressDisplay } | undefined;
  try {
    const results = runTruths(truths, {
      maxRequests: options.maxRequests ?? REQUESTS_MAX,
      signal,
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      onProgress: ({ id }, progress) => {
        if (shown?.id !== id) {
          shown?.display.end();
          shown = { id, display: openProgress(id, terminal, words) };
        }
        shown.display.show(progress);
      },
    });
    for await (const result of results) {
      shown?.display.end();
      cases.push(result);
      if (!options.json) print(result, session);
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const rest = truths.slice(cases.length).map(({ id }) => id);
    terminal.error(words.notStarted(rest.join(', ')));
  } finally {
    shown?.display.end();
  }
  const count = (status: TruthResult['status']) =>
    cases.filter((one) => one.status === status).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  return { file, format, passed, failed, skipped, cases };
}

function unknownIds(
  file: string,
  all: readonly Truth[],
  ids: readonly string[],
): readonly Diagnostic[] {
  const known = all.map(({ id }) => id);
  return ids.flatMap((id) => {
    if (known.includes(id)) return [];
    const facts = { problem: `there is no case ${id}`, ...didYouMean(id, known) };
    return [diagnostic('E_REF', { at: { file }, path: ['cases'] }, facts)];
  });
}

/** For scripts, hence the same in every language: the case, then a line per result. */
function print(result: TruthResult, { terminal }: Session): void {
  const { id, model, status, reason, replications, requests } = result;
  const { colors } = terminal;
  const paint = { passed: colors.green, failed: colors.red, skipped: colors.yellow }[status];
  const effort = replications > 0 ? `${replications} replications, ${requests} requests` : '';
  terminal.result(
    [`${paint(status.toUpperCase())} ${id}`, reason ?? model, effort].filter(Boolean).join(' · '),
  );
  for (const one of result.results) terminal.result(line(one));
}

const NAME_WIDTH = 28;

function line({ key, exact, estimate, standardError, allowed, ...rest }: ComparedResult): string {
  const { agrees, precise } = rest;
  const facts = [
    `exact ${digits(exact)}`,
    `estimate ${digits(estimate)}`,
    `standard error ${digits(standardError, 3)}`,
    `allowed ${digits(allowed, 3)}`,
  ];
  const problems = [
    ...(agrees ? [] : ['DIFFERS']),
    ...(precise ? [] : ['NOT ENOUGH REQUESTS (--max-requests)']),
  ];
  return `  ${key.padEnd(NAME_WIDTH)}  ${[...facts, ...problems].join('  ')}`;
}

function digits(value: number, count = 9): string {
  return String(Number(value.toPrecision(count)));
}
