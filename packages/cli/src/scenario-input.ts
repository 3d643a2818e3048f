/** Scenario files as the commands take them: all are read and checked before anything runs. */
import type { Diagnostic, Message, Scenario } from '@peakless/engine';
import { loadScenario } from '@peakless/runner';
import type { ScenarioOptions, SetPairs } from './options.ts';
import type { Session } from './session.ts';
import { printDiagnostics } from './terminal/diagnostics.ts';

export interface ScenarioInput {
  readonly file: string;
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
}

/** The scenarios, or undefined after all that is wrong with any of them was shown. */
export async function readScenarios(
  files: readonly string[],
  options: ScenarioOptions,
  { terminal, words }: Session,
): Promise<readonly ScenarioInput[] | undefined> {
  const inputs: ScenarioInput[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const loaded = await loadScenario(file, { set: overrides(options) });
    if (loaded.ok) {
      inputs.push({ file, scenario: loaded.scenario, warnings: loaded.warnings });
      continue;
    }
    diagnostics.push(...loaded.diagnostics);
    printDiagnostics(terminal, loaded.diagnostics);
    terminal.error(words.invalid(loaded.diagnostics.length, file));
  }
  if (inputs.length === files.length) return inputs;
  if (options.json) terminal.result(JSON.stringify({ diagnostics }));
  return undefined;
}

/** --seed and --replications are fields of the scenario: they are set, and checked, like others. */
export function overrides(options: ScenarioOptions): SetPairs {
  return {
    ...options.set,
    ...(options.seed === undefined ? {} : { seed: JSON.stringify(options.seed) }),
    ...(options.replications === undefined ? {} : { replications: String(options.replications) }),
  };
}
