/** The decisions of the autoscalers in words, beside the charts that show what they led to. */
import { Button, SegmentedControl } from '@mantine/core';
import {
  type Comparison,
  type DecisionRow,
  type ExplainContext,
  isTelling,
  type StrategyResult,
} from '@peakless/engine';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../components/Section.tsx';
import { StrategyChoice } from '../components/StrategyChoice.tsx';
import { useLanguage } from '../lib/use-language.ts';
import type { ReportText } from '../lib/use-report-text.ts';
import classes from './DecisionList.module.css';
import { DecisionHead, DecisionLines } from './DecisionWords.tsx';
import { deciding, keyOf } from './decision-marks.ts';

interface Props {
  readonly comparison: Comparison;
  readonly text: ReportText;
  /** Key of the decision that was picked in the chart or here. */
  readonly selected: string | null;
  readonly onSelect: (key: string, row: DecisionRow) => void;
}

type Filter = 'changes' | 'telling' | 'all';

const FILTERS: Readonly<Record<Filter, (row: DecisionRow) => boolean>> = {
  changes: ({ from, to }) => from !== to,
  telling: isTelling,
  all: () => true,
};

const FIRST_SHOWN = 12;

export function DecisionList({ comparison, text, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const strategies = deciding(comparison);
  const [chosen, setChosen] = useState<string | null>(null);
  const [filter, setFilter] = useState<Filter>('changes');
  const [most, setMost] = useState(FIRST_SHOWN);
  const language = useLanguage();
  const strategy = strategies.find(({ name }) => name === chosen) ?? strategies[0];

  // A pick in the chart is shown here, whatever the filters are.
  const [shownPick, setShownPick] = useState(selected);
  if (selected !== shownPick) {
    setShownPick(selected);
    const of = strategies.find(({ name, decisions }) =>
      decisions.some((row) => keyOf(name, row) === selected),
    );
    if (of) {
      const isShown = (row: DecisionRow) => FILTERS[filter](row);
      const place = of.decisions
        .filter(isShown)
        .findIndex((row) => keyOf(of.name, row) === selected);
      setChosen(of.name);
      setMost(Math.max(most, place + 1));
    }
  }
  if (strategy === undefined) return null;
  const rows = strategy.decisions.filter(FILTERS[filter]);
  return (
    <Section title={t('decisions.title')} hint={t('decisions.hint')}>
      <div className={classes.filters}>
        <StrategyChoice
          {...{ strategies, text }}
          chosen={strategy.name}
          label={t('decisions.strategy')}
          onChoose={(name) => {
            setChosen(name);
            setMost(FIRST_SHOWN);
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('decisions.filter')}
          value={filter}
          onChange={(value) => setFilter(value as Filter)}
          data={(['changes', 'telling', 'all'] as const).map((value) => ({
            value,
            label: t(`decisions.${value}`),
          }))}
        />
      </div>
      {rows.length === 0 && <p className={classes.none}>{t('decisions.none')}</p>}
      <ol className={classes.list}>
        {rows.slice(0, most).map((row) => {
          const key = keyOf(strategy.name, row);
          return (
            <Entry
              key={`${key} ${row.reason.key}`}
              {...{ row, strategy }}
              color={text.colour(strategy.name)}
              context={{ locale: language, clock: comparison.scenario.clock }}
              isSelected={key === selected}
              onSelect={() => onSelect(key, row)}
            />
          );
        })}
      </ol>
      {rows.length > most && (
        <Button variant="subtle" size="compact-sm" m="xs" onClick={() => setMost(most + 50)}>
          {t('decisions.more', { count: Math.min(50, rows.length - most) })}
        </Button>
      )}
    </Section>
  );
}

interface EntryProps {
  readonly row: DecisionRow;
  readonly strategy: StrategyResult;
  readonly color: string;
  readonly context: ExplainContext;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Entry({ row, strategy, color, context, isSelected, onSelect }: EntryProps) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const entry = element.current;
    const list = entry?.parentElement;
    // The list alone: the page stays where the chart is.
    if (isSelected && entry && list) list.scrollTop = entry.offsetTop - 40;
  }, [isSelected]);
  const services = Object.keys(strategy.pods).length;
  return (
    <li ref={element} className={classes.entry} data-selected={isSelected}>
      <button type="button" className={classes.pick} onClick={onSelect}>
        <DecisionHead {...{ row, context, color }} names={services > 1 ? [row.service] : []} />
      </button>
      <DecisionLines row={row} context={context} />
    </li>
  );
}
