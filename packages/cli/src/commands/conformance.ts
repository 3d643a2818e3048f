/**
 * `peakless conformance`: results that this product must reproduce: vectors that real systems
 * produced, run through its own code, and exact results of queueing theory, by simulation.
 */
import { type Diagnostic, runVectors, type VectorDifference } from '@peakless/engine';
import { loadVectorFile } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { ConformanceOptions } from '../options.ts';
import { openSession, type Session } from '../session.ts';
import { printDiagnostics } from '../terminal/diagnostics.ts';
import { checkTruthFile, type TruthFile } from './conformance-truths.ts';

interface Failure {
  readonly id: string;
  readonly differences: readonly VectorDifference[];
}

interface VectorFile {
  readonly file: string;
  readonly format: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

type FileResult = VectorFile | TruthFile;

export async function conformance(
  files: readonly string[],
  options: ConformanceOptions,
): Promise<ExitCode> {
  const session = openSession(options);
  const interrupt = listenForInterrupt(() => session.terminal.note(session.words.interrupted));
  const results: FileResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    if (interrupt.signal.aborted) break;
    const result = await runFile(file, options, session, interrupt.signal);
    if ('format' in result) results.push(result);
    else {
      diagnostics.push(...result.diagnostics);
      printDiagnostics(session.terminal, result.diagnostics);
    }
  }
  interrupt.release();
  const failed = report(results, diagnostics, options, session);
  if (diagnostics.length > 0) return interrupt.exitCode() ?? EXIT.invalid;
  return interrupt.exitCode() ?? (failed === 0 ? EXIT.ok : EXIT.failure);
}

/** The last line, or the whole as JSON; how many failed. */
function report(
  files: readonly FileResult[],
  diagnostics: readonly Diagnostic[],
  { json }: ConformanceOptions,
  { terminal }: Session,
): number {
  const sum = (of: (file: FileResult) => number) =>
    files.reduce((total, file) => total + of(file), 0);
  const passed = sum((file) => file.passed);
  const failed = sum((file) => file.failed);
  const skipped = sum((file) => ('skipped' in file ? file.skipped : 0));
  const canSkip = files.some((file) => 'skipped' in file);
  if (json) {
    const counts = { passed, failed, ...(canSkip ? { skipped } : {}) };
    const format = 'peakless-conformance/1';
    terminal.result(JSON.stringify({ format, ...counts, files, diagnostics }));
  } else {
    // For scripts, hence the same in every language.
    const rest = canSkip ? `, ${skipped} skipped` : '';
    terminal.result(`${passed} passed, ${failed} failed${rest}`);
  }
  return failed;
}

/** Shows each difference as soon as its vector has run. */
async function runFile(
  file: string,
  options: ConformanceOptions,
  session: Session,
  signal: AbortSignal,
): Promise<FileResult | { readonly diagnostics: readonly Diagnostic[] }> {
  const loaded = await loadVectorFile(file);
  if (!loaded.ok) return loaded;
  const run = runVectors(loaded.document, file, options.compat);
  if (!run.ok) return run;
  if (run.kind === 'truths') {
    return checkTruthFile({ file, format: run.format }, run.truths, options, session, signal);
  }
  let passed = 0;
  const failures: Failure[] = [];
  for (const { id, differences } of run.results) {
    if (differences.length === 0) {
      passed += 1;
      continue;
    }
    failures.push({ id, differences });
    if (options.json) continue;
    for (const difference of differences) printDifference(file, id, difference, session);
  }
  return { file, format: run.format, passed, failed: failures.length, failures };
}

function printDifference(
  file: string,
  id: string,
  { step, at, field, expected, seen }: VectorDifference,
  { terminal, words }: Session,
): void {
  const steps = step === null ? [] : [words.step(step + 1, at ?? '')];
  const place = [`${file}: ${id}`, ...steps, field].join(' · ');
  terminal.result(words.difference(place, JSON.stringify(expected), JSON.stringify(seen)));
}
