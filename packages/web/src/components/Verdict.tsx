/** The answer first: one sentence, what else to know, and a card of figures per strategy. */
import type { Comparison } from '@peakless/engine';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReportText } from '../lib/use-report-text.ts';
import { ScoreCard } from './ScoreCard.tsx';
import classes from './Verdict.module.css';

export const Verdict = memo(function Verdict({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const text = useReportText(comparison);
  const { verdict, scenario } = comparison;
  const found = verdict.recommended !== null;
  const Icon = found ? IconCircleCheck : IconAlertTriangle;
  const objective = t('verdict.objective', {
    attainment: text.share(scenario.objectives.attainment),
    latency: text.duration(scenario.objectives.latency),
  });
  return (
    <section aria-labelledby="verdict" className={classes.verdict}>
      <div className={`surface ${classes.block}`} data-found={found}>
        <div className={classes.eyebrow}>
          <Icon size={20} stroke={2} aria-hidden />
          <h2 id="verdict" className="eyebrow">
            {found ? t('verdict.title') : t('verdict.none')}
          </h2>
          <span className={classes.objective}>{objective}</span>
        </div>
        <p className={classes.headline}>{text.message(verdict.headline)}</p>
        {verdict.findings.length > 0 && (
          <ul className={classes.findings}>
            {verdict.findings.map((finding) => (
              <li key={finding.key + JSON.stringify(finding.params)}>
                <IconInfoCircle size={17} stroke={1.8} aria-hidden />
                <span>{text.message(finding)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={classes.cards}>
        {text.table.columns.map((column, index) => (
          <ScoreCard key={column.strategy} {...{ text, column, index }} />
        ))}
      </div>
    </section>
  );
});
