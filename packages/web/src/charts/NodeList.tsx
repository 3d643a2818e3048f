/** Why nodes came or went, or did not although pods wanted one, in words. */
import { Button } from '@mantine/core';
import { type Comparison, explainNodes, unbroken } from '@peakless/engine';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot } from '../components/Dot.tsx';
import { Section } from '../components/Section.tsx';
import { StrategyChoice } from '../components/StrategyChoice.tsx';
import { useLanguage } from '../lib/use-language.ts';
import type { ReportText } from '../lib/use-report-text.ts';
import classes from './DecisionList.module.css';
import words from './DecisionWords.module.css';

interface Props {
  readonly comparison: Comparison;
  readonly text: ReportText;
  /** The charts show an instant, µs. */
  readonly onShow: (at: number) => void;
}

const FIRST_SHOWN = 10;

export function NodeList({ comparison, text, onShow }: Props) {
  const { t } = useTranslation();
  const context = { locale: useLanguage(), clock: comparison.scenario.clock };
  const [chosen, setChosen] = useState<string | null>(null);
  const [most, setMost] = useState(FIRST_SHOWN);
  const strategies = comparison.strategies.filter(({ nodeDecisions }) => nodeDecisions.length > 0);
  const strategy = strategies.find(({ name }) => name === chosen) ?? strategies[0];
  if (strategy === undefined) return null;
  const rows = strategy.nodeDecisions;
  return (
    <Section title={t('nodes.title')} hint={t('nodes.hint')}>
      <div className={classes.filters}>
        <StrategyChoice
          {...{ strategies, text }}
          chosen={strategy.name}
          label={t('nodes.strategy')}
          onChoose={(name) => {
            setChosen(name);
            setMost(FIRST_SHOWN);
          }}
        />
      </div>
      <ol className={classes.list}>
        {rows.slice(0, most).map((row) => {
          const { time, pool, nodes, text: sentence } = explainNodes(row, context);
          return (
            <li
              key={`${row.at} ${pool} ${row.from} ${row.to} ${row.reason.key}`}
              className={classes.entry}
            >
              <button type="button" className={classes.pick} onClick={() => onShow(row.at)}>
                <span className={`numbers ${words.head}`}>
                  <b className={words.time}>{time}</b>
                  <span className={words.name}>
                    <Dot color={text.colour(strategy.name)} />
                    {pool}
                  </span>
                  <b>{nodes}</b>
                </span>
              </button>
              <div className={`numbers ${words.lines}`}>{unbroken(sentence)}</div>
            </li>
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
