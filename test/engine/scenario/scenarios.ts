/** Scenario texts for tests: a small valid one, and what parsing a changed one says. */
import type { Diagnostic, ParseResult, Scenario } from '@peakless/engine';
import { loadScenarioText } from '../../../packages/runner/src/load-scenario.ts';

/** Every line is on its own, so that tests can replace one. */
export const SMALL = `apiVersion: peakless/v1
name: small
clock: { start: "2026-01-01T07:45:00+08:00", duration: 30m }
load:
  - rate: 100/s
services:
  web:
    time: { mean: 50ms }
    cpuPerRequest: 20ms
`;

export const parseText = (
  text: string,
  options: { set?: Record<string, string>; baseDir?: string } = {},
): Promise<ParseResult> => loadScenarioText(text, { name: 's.yaml', ...options });

export async function scenarioOf(
  text: string,
  options: { set?: Record<string, string>; baseDir?: string } = {},
): Promise<Scenario> {
  const result = await parseText(text, options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1));
  return result.scenario;
}

export async function diagnosticsOf(
  text: string,
  options: { set?: Record<string, string>; baseDir?: string } = {},
): Promise<readonly Diagnostic[]> {
  const result = await parseText(text, options);
  return result.ok ? [] : result.diagnostics;
}

/** `CODE path line:column` of each. */
export function briefly(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, path, at }) => {
    const place = at.line === undefined ? at.file : `${at.line}:${at.column}`;
    return `${code} ${path} ${place}`;
  });
}

/** The small scenario with lines appended or replaced. */
export function small(
  changes: { replace?: readonly [string, string][]; add?: string } = {},
): string {
  let text = SMALL;
  for (const [from, to] of changes.replace ?? []) {
    if (!text.includes(from)) throw new Error(`the small scenario has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text + (changes.add ?? '');
}
