/** What became of the requests: a bar per strategy, and the numbers under it. */
import { CLASSES, type Comparison, meanCounts, type StrategyResult } from '@peakless/engine';
import { useTranslation } from 'react-i18next';
import { CLASS_COLOURS } from '../lib/colors.ts';
import { useLanguage } from '../lib/use-language.ts';
import { type ReportText, useReportText } from '../lib/use-report-text.ts';
import { Dot } from './Dot.tsx';
import classes from './OutcomeClasses.module.css';
import { Section } from './Section.tsx';

export function OutcomeClasses({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  return (
    <Section title={t('classes.title')} hint={t('classes.hint')}>
      <div className={classes.list}>
        {comparison.strategies.map((strategy) => (
          <StrategyClasses key={strategy.name} {...{ strategy, text }} />
        ))}
      </div>
    </Section>
  );
}

interface Props {
  readonly strategy: StrategyResult;
  readonly text: ReportText;
}

function StrategyClasses({ strategy, text }: Props) {
  const { t } = useTranslation();
  const title = strategy.title[useLanguage()];
  const counts = meanCounts(strategy);
  const present = CLASSES.filter((name) => counts[name] > 0);
  return (
    <div>
      <div className={classes.head}>
        <Dot color={text.colour(strategy.name)} />
        <span className={classes.name}>{title}</span>
        <span className={`numbers ${classes.total}`}>
          {text.label('class.offered')}: {text.count(counts.offered)}
        </span>
      </div>
      <div className={classes.bar} role="img" aria-label={t('classes.bar', { strategy: title })}>
        {present.map((name) => (
          <span
            key={name}
            style={{ flexGrow: counts[name], background: CLASS_COLOURS[name] }}
            title={text.label(`class.${name}`)}
          />
        ))}
      </div>
      <ul className={`numbers ${classes.legend}`}>
        {present.map((name) => (
          <li key={name} title={text.label(`class.${name}.about`)}>
            <span className={classes.key} style={{ background: CLASS_COLOURS[name] }} />
            {text.label(`class.${name}`)}
            <b>{text.count(counts[name])}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
