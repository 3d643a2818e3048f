/** Options that several commands share, read strictly: a value is right or it is refused. */
import type { HpaReleaseName } from '@peakless/engine';
import type { RunOptions } from '@peakless/runner';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Locale, parseLocale } from './locale.ts';

/** Of every command. */
export interface CommonOptions {
  readonly lang?: Locale;
  readonly quiet?: boolean;
  /** False after --no-color. */
  readonly color: boolean;
}

/** Name → value, as written after --set. */
export type SetPairs = Readonly<Record<string, string>>;

/** Of the commands that read scenarios. */
export interface ScenarioOptions extends CommonOptions {
  readonly set?: SetPairs;
  readonly seed?: string;
  readonly replications?: number;
  readonly json?: boolean;
}

export interface ExplainOptions extends ScenarioOptions {
  readonly strategy?: string;
  readonly service?: string;
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly changes?: boolean;
  /** Requests instead of decisions. */
  readonly requests?: boolean;
}

export interface DryRunCliOptions extends SimulationOptions {
  readonly load: string;
  readonly strategy?: string;
  readonly serviceTime?: string;
  readonly cpuPerRequest?: string;
  /** A percentage, as written. */
  readonly observed?: string;
}

/** Of the commands that simulate. */
export interface WorkerOptions extends ScenarioOptions {
  readonly workers?: number;
  readonly path?: 'general' | 'fast';
  readonly kernel?: 'ts' | 'wasm';
}

export interface DigestOptions extends WorkerOptions {
  readonly cells?: boolean;
}

export interface ConformanceOptions extends CommonOptions {
  readonly json?: boolean;
  /** Ids of cases. */
  readonly only?: readonly string[];
  readonly maxRequests?: number;
  readonly workers?: number;
  readonly compat?: HpaReleaseName;
}

export interface ExperimentOptions extends CommonOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly seed?: string;
  readonly replications?: number;
  readonly workers?: number;
}

/** Of the commands that simulate and can write reports. */
export interface SimulationOptions extends WorkerOptions {
  /** False after --no-report. */
  readonly report?: readonly string[] | false;
  readonly reportDir?: string;
}

const REPLICATIONS_MAX = 1000;
const WORKERS_MAX = 256;

export function addCommonOptions(command: Command): Command {
  return command
    .option(
      '--lang <language>',
      'en or zh-CN (default: from LC_ALL, LC_MESSAGES, LANG)',
      parseLocale,
    )
    .option('--quiet', 'results and errors only: no progress, no notes')
    .option('--no-color', 'no colours (also: NO_COLOR=1)');
}

export function addScenarioOptions(command: Command): Command {
  return addSettingOptions(command)
    .option(
      '--replications <count>',
      'independent repetitions',
      countUpTo('replications', REPLICATIONS_MAX),
    )
    .option('--json', 'JSON on standard output, and nothing else there');
}

/** Of the commands that look into the first replication. */
export function addFirstReplicationOptions(command: Command): Command {
  return addSettingOptions(command).option(
    '--json',
    'JSON on standard output, and nothing else there',
  );
}

function addSettingOptions(command: Command): Command {
  return addCommonOptions(command)
    .option('--set <name=value>', 'set a variable or field of the scenario (repeatable)', addPair)
    .option('--seed <seed>', 'seed of all random streams', parseSeed);
}

export function addConformanceOptions(command: Command): Command {
  return addCommonOptions(command)
    .option(
      '--only <ids>',
      'of exact results: these cases alone, ids with commas between (repeatable)',
      (text: string, ids: readonly string[] = []) => [...ids, ...text.split(',').filter(Boolean)],
    )
    .addOption(
      new Option('--compat <release>', 'of HPA vectors: the release to decide as').choices([
        'current',
        '1.28',
      ] satisfies HpaReleaseName[]),
    )
    .option(
      '--max-requests <count>',
      'of exact results: requests per case, 1e8 or 100000000; a case that needs more fails',
      parseRequests,
    )
    .option(
      '--workers <count>',
      'worker threads (default: one per processor); results never depend on it',
      countUpTo('workers', WORKERS_MAX),
    );
}

export function addExperimentOptions(command: Command): Command {
  return addCommonOptions(command)
    .option('--json', 'JSON on standard output, and nothing else there')
    .option('--csv', 'the same as CSV, with every point of its curves')
    .option('--seed <seed>', 'seed of all random streams', parseSeed)
    .option(
      '--replications <count>',
      'independent repetitions (default: as many as the experiment says)',
      countUpTo('replications', REPLICATIONS_MAX),
    )
    .option(
      '--workers <count>',
      'worker threads (default: one per processor); results never depend on it',
      countUpTo('workers', WORKERS_MAX),
    );
}

function parseRequests(text: string): number {
  const value = /^\d{1,15}$|^\d(\.\d+)?e\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Write a number of requests, such as 1e8.');
}

export function addWorkerOptions(command: Command): Command {
  return addScenarioOptions(command)
    .option(
      '--workers <count>',
      'worker threads (default: one per processor); results never depend on it',
      countUpTo('workers', WORKERS_MAX),
    )
    .addOption(
      new Option(
        '--path <path>',
        'how requests are simulated (default: fast where possible); same results',
      ).choices(['general', 'fast']),
    )
    .addOption(
      new Option(
        '--kernel <build>',
        'build of the fast path (default: wasm where there is one); same results',
      ).choices(['ts', 'wasm']),
    );
}

/** What the runner takes of them. */
export function runOptions({ workers, path, kernel }: WorkerOptions): RunOptions {
  return {
    ...(workers === undefined ? {} : { workers }),
    ...(path === undefined ? {} : { path }),
    ...(kernel === undefined ? {} : { kernel }),
  };
}

export function addSimulationOptions(command: Command): Command {
  return addWorkerOptions(command).option(
    '--report <file>',
    'write a report, its format from the ending .html .md .csv .json (repeatable)',
    (file: string, files?: readonly string[] | false) => [...(files || []), file],
  );
}

/** A utilization such as 305%. */
export function parsePercent(text: string): string {
  if (/^\d{1,6}(\.\d+)?%$/.test(text.trim())) return text.trim();
  throw new InvalidArgumentError('Write a percentage, such as 305%.');
}

function addPair(text: string, pairs: SetPairs = {}): SetPairs {
  const split = text.indexOf('=');
  if (split < 1) throw new InvalidArgumentError('Write --set name=value.');
  // Not an assignment: a key such as __proto__ must stay an ordinary key.
  return Object.fromEntries([
    ...Object.entries(pairs),
    [text.slice(0, split).trim(), text.slice(split + 1).trim()],
  ]);
}

function parseSeed(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Write an integer or a word.');
}

function countUpTo(what: string, most: number): (text: string) => number {
  return (text) => {
    const value = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN;
    if (value <= most) return value;
    throw new InvalidArgumentError(`Allowed ${what}: 1 to ${most}.`);
  };
}
