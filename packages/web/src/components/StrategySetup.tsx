/** How each strategy is set up. */
import { type Comparison, type StrategyResult, setupMessages } from '@peakless/engine';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../lib/use-language.ts';
import { type ReportText, useReportText } from '../lib/use-report-text.ts';
import { Dot } from './Dot.tsx';
import { Section } from './Section.tsx';
import classes from './StrategySetup.module.css';

export function StrategySetup({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  return (
    <Section title={t('notes.title')}>
      {comparison.strategies.map((strategy) => (
        <Setup key={strategy.name} {...{ strategy, text }} />
      ))}
    </Section>
  );
}

interface SetupProps {
  readonly strategy: StrategyResult;
  readonly text: ReportText;
}

function Setup({ strategy, text }: SetupProps) {
  const language = useLanguage();
  return (
    <div className={classes.strategy}>
      <h3 className={classes.name}>
        <Dot color={text.colour(strategy.name)} />
        {strategy.title[language]}
      </h3>
      <ul className={classes.notes}>
        {setupMessages(strategy).map((note) => (
          <li key={note.key + JSON.stringify(note.params)}>{text.message(note)}</li>
        ))}
      </ul>
    </div>
  );
}
