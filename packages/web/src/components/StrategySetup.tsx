/** How each strategy is set up, and why its replicas changed. */
import { Button } from '@mantine/core';
import type { Comparison, DecisionRow, StrategyResult } from '@peakless/engine';
import { formatClock } from '@peakless/engine';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../lib/use-language.ts';
import { type ReportText, useReportText } from '../lib/use-report-text.ts';
import { Dot } from './Dot.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { Section } from './Section.tsx';
import classes from './StrategySetup.module.css';

export function StrategySetup({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  return (
    <Section title={t('notes.title')}>
      {comparison.strategies.map((strategy) => (
        <Setup key={strategy.name} {...{ comparison, strategy, text }} />
      ))}
    </Section>
  );
}

interface SetupProps {
  readonly comparison: Comparison;
  readonly strategy: StrategyResult;
  readonly text: ReportText;
}

function Setup({ comparison, strategy, text }: SetupProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { decisions } = strategy;
  return (
    <div className={classes.strategy}>
      <h3 className={classes.name}>
        <Dot color={text.colour(strategy.name)} />
        {strategy.title[language]}
      </h3>
      <ul className={classes.notes}>
        {strategy.notes.map((note) => (
          <li key={note.key + JSON.stringify(note.params)}>{text.message(note)}</li>
        ))}
      </ul>
      {decisions.some(({ from, to }) => from !== to) && (
        <details className={classes.decisions}>
          <summary>{t('decisions.title', { count: decisions.length })}</summary>
          <Decisions rows={decisions} {...{ comparison, text }} />
        </details>
      )}
    </div>
  );
}

const FIRST_SHOWN = 25;

interface DecisionsProps {
  readonly rows: readonly DecisionRow[];
  readonly comparison: Comparison;
  readonly text: ReportText;
}

function Decisions({ rows, comparison, text }: DecisionsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(FIRST_SHOWN);
  const { clock } = comparison.scenario;
  return (
    <ScrollBox label={t('decisions.label')}>
      <table className={`numbers ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('decisions.time')}</th>
            <th scope="col">{t('decisions.service')}</th>
            <th scope="col">{t('decisions.change')}</th>
            <th scope="col">{t('decisions.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={`${row.at} ${row.service} ${row.from} ${row.to} ${row.reason.key}`}>
              <td>{formatClock(row.at, clock)}</td>
              <td>{row.service}</td>
              <td>
                {row.from} → <b>{row.to}</b>
              </td>
              <td className={classes.reason}>{text.message(row.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <Button variant="subtle" size="compact-sm" m="xs" onClick={() => setShown(rows.length)}>
          {t('decisions.more', { count: rows.length - shown })}
        </Button>
      )}
    </ScrollBox>
  );
}
