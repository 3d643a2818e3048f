/** What to try next, as commands to copy: a knob at the other end of its range, and the page. */
import type { Scenario, Variable } from '@peakless/engine';
import { commandLine, decidingArguments } from '../invocation.ts';
import type { SetPairs, SimulationOptions } from '../options.ts';
import type { ScenarioInput } from '../scenario-input.ts';
import type { Session } from '../session.ts';

export function printNextSteps(
  inputs: readonly ScenarioInput[],
  options: SimulationOptions,
  { terminal, words }: Session,
): void {
  const [input] = inputs;
  if (input === undefined || options.json) return;
  const setting = untriedSetting(input.scenario, options.set);
  const same = decidingArguments(options);
  const steps = [
    ...(setting === undefined ? [] : [['compare', input.file, ...same, '--set', setting]]),
    ['serve'],
  ];
  terminal.note(`\n${words.next}`);
  for (const step of steps) terminal.note(`  ${terminal.noteColors.cyan(commandLine(step))}`);
}

function untriedSetting({ vars }: Scenario, set: SetPairs = {}) {
  const knob = vars.find(({ name, range }) => range !== undefined && !(name in set));
  const value = knob && farEnd(knob);
  return value === undefined ? undefined : `${knob?.name}=${value}`;
}

function farEnd({ value, range }: Variable): string | number | undefined {
  return range?.toReversed().find((end) => String(end) !== String(value));
}
