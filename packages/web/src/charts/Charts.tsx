/** The run second by second: load per strategy, then what it did to replicas, latency and cost. */
import {
  type ChartSpec,
  type Comparison,
  comparisonCharts,
  type DecisionRow,
  formatClock,
} from '@peakless/engine';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot } from '../components/Dot.tsx';
import { Section } from '../components/Section.tsx';
import { useLanguage } from '../lib/use-language.ts';
import { useReportText } from '../lib/use-report-text.ts';
import { ChartCard, type ChartContext, type Decisions } from './ChartCard.tsx';
import classes from './Charts.module.css';
import { ChartGroup } from './chart-group.ts';
import { DecisionList } from './DecisionList.tsx';
import { DecisionHead, DecisionLines } from './DecisionWords.tsx';
import { type DecisionMark, marksOf } from './decision-marks.ts';
import { NodeList } from './NodeList.tsx';
import { RequestList } from './RequestList.tsx';

export default function Charts({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useReportText(comparison);
  const [group] = useState(() => new ChartGroup());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string | null>(null);
  const specs = useMemo(() => comparisonCharts(comparison, language), [comparison, language]);
  const { strategies, scenario } = comparison;

  const strategyOf = useCallback(
    (spec: ChartSpec, dataset: number) => {
      // A load chart is about one strategy as a whole.
      if (spec.id.startsWith('load-')) return undefined;
      const color = spec.config.data.datasets[dataset]?.borderColor;
      return strategies.find(({ name }) => text.colour(name) === color)?.name;
    },
    [strategies, text],
  );
  const onToggle = useCallback((strategy: string) => {
    setHidden((old) => {
      const next = new Set(old);
      if (!next.delete(strategy)) next.add(strategy);
      return next;
    });
  }, []);
  const context: ChartContext = {
    group,
    clock: scenario.clock,
    currency: scenario.currency,
    language,
    strategyOf,
    hidden,
    onToggle,
  };
  const loads = specs.flatMap((spec) => {
    const strategy = strategies.find((_, index) => spec.id === `load-${index}`);
    return strategy && !hidden.has(strategy.name) ? [{ spec, strategy }] : [];
  });
  const others = specs.filter(({ id }) => !id.startsWith('load-'));
  const decisions = useDecisions(comparison, hidden, selected, setSelected);
  const showInstant = (at: number) => {
    const times = specs[0]?.config.data.labels ?? [];
    // A row shows what holds at its end.
    group.show(
      Math.max(
        0,
        times.findLastIndex((time) => time * 1_000_000 <= at),
      ),
    );
  };
  const onSelect = (key: string, { at }: DecisionRow) => {
    setSelected(key);
    showInstant(at);
  };
  return (
    <>
      <Section bare title={t('charts.title')} hint={t('charts.hint')}>
        <div className={classes.toolbar}>
          <fieldset className={classes.legend} aria-label={t('charts.legend')}>
            {strategies.map(({ name, title }) => (
              <button
                key={name}
                type="button"
                className={classes.toggle}
                aria-pressed={!hidden.has(name)}
                onClick={() => onToggle(name)}
              >
                <Dot color={text.colour(name)} />
                {title[language]}
              </button>
            ))}
          </fieldset>
          <Instant {...{ group, comparison }} times={specs[0]?.config.data.labels ?? []} />
        </div>
        <h3 className={classes.subtitle}>{t('charts.load')}</h3>
        <div className={classes.loads} data-pairs={loads.length === 4}>
          {loads.map(({ spec, strategy }) => (
            <ChartCard
              key={spec.id}
              {...{ spec, context }}
              heading={
                <span className={classes.heading}>
                  <Dot color={text.colour(strategy.name)} />
                  {strategy.title[language]}
                </span>
              }
            />
          ))}
        </div>
        <div className={classes.others}>
          {others.map((spec) => (
            <ChartCard
              key={spec.id}
              {...{ spec, context }}
              {...(spec.id === 'replicas' && { decisions })}
            />
          ))}
        </div>
      </Section>
      <DecisionList {...{ comparison, text, selected, onSelect }} />
      <NodeList {...{ comparison, text }} onShow={showInstant} />
      <RequestList {...{ comparison, text }} onShow={showInstant} />
    </>
  );
}

/** Marks of the strategies that are shown. */
function useDecisions(
  comparison: Comparison,
  hidden: ReadonlySet<string>,
  selected: string | null,
  onSelect: (key: string) => void,
): Decisions {
  const language = useLanguage();
  const { colour } = useReportText(comparison);
  const { strategies, scenario } = comparison;
  const marks = useMemo(
    () =>
      marksOf(
        strategies.filter(({ name }) => !hidden.has(name)),
        colour,
      ),
    [strategies, hidden, colour],
  );
  const context = { locale: language, clock: scenario.clock };
  const render = ({ row, strategy, color }: DecisionMark) => {
    const result = strategies.find(({ name }) => name === strategy);
    const services = Object.keys(result?.pods ?? {}).length;
    return (
      <>
        <DecisionHead
          {...{ row, context, color }}
          names={[result?.title[language] ?? strategy, ...(services > 1 ? [row.service] : [])]}
        />
        <DecisionLines {...{ row, context }} />
      </>
    );
  };
  return { marks, selected, onPick: ({ key }) => onSelect(key), render };
}

interface InstantProps {
  readonly group: ChartGroup;
  readonly comparison: Comparison;
  readonly times: readonly number[];
}

function Instant({ group, comparison, times }: InstantProps) {
  const instant = useSyncExternalStore(group.subscribe, group.getInstant);
  const time = instant === null ? undefined : times[instant];
  return (
    <output className={`numbers ${classes.instant}`} data-shown={time !== undefined}>
      {time === undefined ? '' : formatClock(time * 1_000_000, comparison.scenario.clock)}
    </output>
  );
}
