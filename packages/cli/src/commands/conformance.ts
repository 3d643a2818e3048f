/** `peakless conformance`: vectors that the real systems produced, run through this product. */
import { type Diagnostic, runVectors, type VectorDifference } from '@peakless/engine';
import { loadVectorFile } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { CommonOptions } from '../options.ts';
import { openSession, type Session } from '../session.ts';
import { printDiagnostics } from '../terminal/diagnostics.ts';

interface Options extends CommonOptions {
  readonly json?: boolean;
}

interface Failure {
  readonly id: string;
  readonly differences: readonly VectorDifference[];
}

interface FileResult {
  readonly file: string;
  readonly format: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

export async function conformance(files: readonly string[], options: Options): Promise<ExitCode> {
  const session = openSession(options);
  const results: FileResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const result = await runFile(file, options, session);
    if ('format' in result) results.push(result);
    else {
      diagnostics.push(...result.diagnostics);
      printDiagnostics(session.terminal, result.diagnostics);
    }
  }
  const sum = (key: 'passed' | 'failed') => results.reduce((total, one) => total + one[key], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  if (options.json) {
    session.terminal.result(
      JSON.stringify({
        format: 'peakless-conformance/1',
        passed,
        failed,
        files: results,
        diagnostics,
      }),
    );
  } else {
    // For scripts, hence the same in every language.
    session.terminal.result(`${passed} passed, ${failed} failed`);
  }
  if (diagnostics.length > 0) return EXIT.invalid;
  return failed === 0 ? EXIT.ok : EXIT.failure;
}

/** Shows each difference as soon as its vector has run. */
async function runFile(
  file: string,
  { json }: Options,
  session: Session,
): Promise<FileResult | { readonly diagnostics: readonly Diagnostic[] }> {
  const loaded = await loadVectorFile(file);
  if (!loaded.ok) return loaded;
  const run = runVectors(loaded.document, file);
  if (!run.ok) return run;
  let passed = 0;
  const failures: Failure[] = [];
  for (const { id, differences } of run.results) {
    if (differences.length === 0) {
      passed += 1;
      continue;
    }
    failures.push({ id, differences });
    if (json) continue;
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
