/** `peakless validate`: what is wrong with each file, and what the others leave to the defaults. */
import { type Diagnostic, type Message, renderMessage, setupTraps } from '@peakless/engine';
import { loadScenario } from '@peakless/runner';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { ScenarioOptions } from '../options.ts';
import { overrides } from '../scenario-input.ts';
import { openSession, type Session } from '../session.ts';
import { printDiagnostics } from '../terminal/diagnostics.ts';

export async function validate(
  files: readonly string[],
  options: ScenarioOptions & { readonly resolved?: boolean },
): Promise<ExitCode> {
  const session = openSession(options);
  const { terminal, words } = session;
  const diagnostics: Diagnostic[] = [];
  const resolved: string[] = [];
  for (const file of files) {
    const loaded = await loadScenario(file, { set: overrides(options) });
    if (!loaded.ok) {
      diagnostics.push(...loaded.diagnostics);
      printDiagnostics(terminal, loaded.diagnostics);
      continue;
    }
    const { scenario, warnings } = loaded;
    printWarnings(file, [...warnings, ...setupTraps(scenario)], session);
    resolved.push(loaded.resolved.trimEnd());
    if (options.json || options.resolved) continue;
    terminal.result(words.valid(file, scenario.strategies.length, scenario.replications));
  }
  if (options.json) terminal.result(JSON.stringify({ diagnostics }));
  else if (options.resolved && resolved.length > 0) terminal.result(resolved.join('\n---\n'));
  return diagnostics.length === 0 ? EXIT.ok : EXIT.invalid;
}

function printWarnings(
  file: string,
  warnings: readonly Message[],
  { terminal, words, locale }: Session,
): void {
  for (const warning of warnings) {
    const text = renderMessage(warning, locale, '');
    terminal.note(`${file}: ${terminal.noteColors.yellow(words.warning)} ${text}`);
  }
}
