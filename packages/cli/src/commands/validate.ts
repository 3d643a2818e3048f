/** `peakless validate`: what is wrong with each file, and what the others leave to the defaults. */
import type { Diagnostic } from '@peakless/engine';
import { type LoadedScenario, loadScenario } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { ScenarioOptions } from '../options.ts';
import { overrides } from '../scenario-input.ts';
import { openSession, type Session } from '../session.ts';
import { printDiagnostics } from '../terminal/diagnostics.ts';

type Options = ScenarioOptions & { readonly resolved?: boolean };

export async function validate(files: readonly string[], options: Options): Promise<ExitCode> {
  const session = openSession(options);
  const diagnostics: Diagnostic[] = [];
  const resolved: string[] = [];
  for (const file of files) {
    const loaded = await loadScenario(file, { set: overrides(options) });
    if (!loaded.ok) {
      diagnostics.push(...loaded.diagnostics);
      printDiagnostics(session.terminal, loaded.diagnostics);
      continue;
    }
    printWarnings(file, loaded, session);
    if (options.resolved) resolved.push(loaded.resolved);
    else if (!options.json) printValid(file, loaded, session);
  }
  if (options.json) session.terminal.result(JSON.stringify({ diagnostics }));
  else if (resolved.length > 0) session.terminal.result(resolved.join('---\n').trimEnd());
  return diagnostics.length === 0 ? EXIT.ok : EXIT.invalid;
}
