/**
 * Where the time to new capacity went, as every report and page shows it: stages × strategies, a
 * table for pods and one for the VMs of groups, whose stages have other names.
 */
import type { StartupChain, StartupStage, StartupTimes } from '../ledger/outcome.ts';
import type { Comparison, Message, StrategyResult } from '../outcome.ts';
import { formatDuration, type Locale } from './format.ts';
import { label } from './messages/index.ts';

export interface StartupTable {
  readonly subject: 'pod' | 'vm';
  readonly columns: readonly StartupColumn[];
  readonly rows: readonly StartupRow[];
}

export interface StartupColumn {
  readonly strategy: StrategyResult;
  /** Which was first, and how many there are. */
  readonly sentence: Message;
  /** Mean length of each stage ÷ the longest way of the table; their sum is the bar's length. */
  readonly bar: readonly { readonly stage: StartupStage; readonly length: number }[];
}

export interface StartupRow {
  readonly stage: StartupStage | 'total' | 'nodes';
  readonly label: string;
  /** By column; null = it has no such stage. */
  readonly cells: readonly ({ readonly median: string; readonly p95: string } | null)[];
}

const STAGES: readonly StartupStage[] = [
  'create',
  'bind',
  'image',
  'container',
  'app',
  'probes',
  'routing',
];

/** Empty = no strategy wants a pod or a VM while it runs. */
export function startupTables(
  { strategies }: Pick<Comparison, 'strategies'>,
  locale: Locale,
): readonly StartupTable[] {
  return (['pod', 'vm'] as const).flatMap((subject) => {
    const chains = strategies.flatMap((strategy) => {
      // A comparison that an older version has stored has none.
      const { startup = null, kind } = strategy as Partial<StrategyResult>;
      const isOurs = (kind === 'vm-group') === (subject === 'vm');
      return startup === null || !isOurs ? [] : [{ strategy, chain: startup }];
    });
    if (chains.length === 0) return [];
    const longest = Math.max(...chains.map(({ chain }) => chain.total?.mean ?? 0));
    return [
      {
        subject,
        columns: chains.map(({ strategy, chain }) => ({
          strategy,
          sentence: sentenceOf(subject, chain),
          bar: chain.stages.map(({ stage, mean }) => ({ stage, length: mean / (longest || 1) })),
        })),
        rows: rowsOf(
          subject,
          chains.map(({ chain }) => chain),
          locale,
        ),
      },
    ];
  });
}

function rowsOf(
  subject: StartupTable['subject'],
  chains: readonly StartupChain[],
  locale: Locale,
): readonly StartupRow[] {
  const row = (
    stage: StartupRow['stage'],
    key: string,
    times: readonly (StartupTimes | null)[],
  ): readonly StartupRow[] => {
    // In which nothing ever happens: a VM is routed as soon as it is healthy.
    if (times.every((one) => one === null || (one.mean === 0 && one.p95 === 0))) return [];
    const cells = times.map((one) =>
      one === null
        ? null
        : { median: formatDuration(one.median, locale), p95: formatDuration(one.p95, locale) },
    );
    return [{ stage, label: label(key, locale), cells }];
  };
  return [
    ...STAGES.flatMap((name) => {
      const times = chains.map(({ stages }) => stages.find(({ stage }) => stage === name) ?? null);
      return row(name, `startup.${subject}.${name}`, times);
    }),
    ...row(
      'total',
      `startup.${subject}.total`,
      chains.map(({ total }) => total),
    ),
    ...row(
      'nodes',
      'startup.nodes',
      chains.map(({ nodes }) => nodes),
    ),
  ];
}

function sentenceOf(
  subject: StartupTable['subject'],
  { pods, unfinished, first }: StartupChain,
): Message {
  if (first === null) return { key: `startup.${subject}.none`, params: { unfinished } };
  const { wanted, routed } = first;
  const params = { pods, unfinished, wanted, took: routed - wanted };
  return { key: `startup.${subject}.${unfinished > 0 ? 'some' : 'all'}`, params };
}
