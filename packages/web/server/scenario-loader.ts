/** Reading scenarios for the web: what is wrong with one becomes a 422 with every diagnostic. */
import type { Message, Scenario } from '@peakless/engine';
import { loadScenario, loadScenarioText } from '@peakless/runner';

export type Settings = Readonly<Record<string, string>>;

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
}
export const readScenarioFile = (path: string, settings: Settings) => loadScenario(path, { set: settings });
export const readScenarioText = (text: string, o: { name: string; folder: string; settings: Settings }) => loadScenarioText(text, { name: o.name, set: o.settings });
