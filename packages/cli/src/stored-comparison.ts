/** A comparison that `--json` or a .json report wrote, read back as far as explanations need it. */
import { readFile } from 'node:fs/promises';
import type { Comparison } from '@peakless/engine';
import { FileError } from './failure.ts';

const FORMAT = 'peakless-comparison/1';

/** Undefined = the file is something else, such as a scenario. */
export async function readStoredComparison(file: string): Promise<Comparison | undefined> {
  if (!file.endsWith('.json')) return undefined;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    // The scenario reader says what is wrong with the file.
    return undefined;
  }
  return comparisonIn(parseJson(text, file), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file}: not JSON: ${problem}`);
  }
}

function comparisonIn(value: unknown, file: string): Comparison | undefined {
  if (Array.isArray(value)) {
    throw new FileError(
      `${file}: holds ${value.length} comparisons; keep one of them, as with jq '.[0]'`,
    );
  }
  const format = fieldOf(value, 'format');
  if (format === undefined) return undefined;
  if (format !== FORMAT) {
    throw new FileError(`${file}: its format is ${String(format)}; allowed: ${FORMAT}`);
  }
  if (!isComplete(value)) {
    throw new FileError(
      `${file}: it lacks decisions, pods or requests: an older version wrote it, or it was cut; run the comparison again`,
    );
  }
  return value as Comparison;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function isComplete(value: unknown): boolean {
  const clock = fieldOf(fieldOf(value, 'scenario'), 'clock');
  const strategies = fieldOf(value, 'strategies');
  if (!Array.isArray(strategies) || strategies.length === 0) return false;
  const numbers = [
    fieldOf(clock, 'start'),
    fieldOf(clock, 'utcOffset'),
    fieldOf(clock, 'duration'),
  ];
  return (
    numbers.every(Number.isFinite) &&
    strategies.every(
      (strategy) =>
        typeof fieldOf(strategy, 'name') === 'string' &&
        Array.isArray(fieldOf(strategy, 'decisions')) &&
        typeof fieldOf(strategy, 'pods') === 'object' &&
        typeof fieldOf(strategy, 'requests') === 'object',
    )
  );
}
