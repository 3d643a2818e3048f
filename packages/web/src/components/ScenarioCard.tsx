/** One bundled scenario: its curve, what it is about, what it compares. */
import { formatDuration, formatRate, strategyColours } from '@peakless/engine';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconClock,
  IconStack2,
  IconTrendingUp,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { GalleryEntry, ScenarioSummary } from '../../server/api-types.ts';
import type { Language } from '../i18n.ts';
import { useLanguage } from '../lib/use-language.ts';
import { Dot } from './Dot.tsx';
import classes from './ScenarioCard.module.css';
import { Sparkline } from './Sparkline.tsx';

interface Props {
  readonly entry: GalleryEntry;
  /** Of the card's title: below that of its group. */
  readonly heading: 'h3' | 'h4';
}

export function ScenarioCard({ entry, heading }: Props) {
  if (!entry.summary) return <BrokenCard {...{ entry, heading }} />;
  return <WholeCard id={entry.id} summary={entry.summary} heading={heading} />;
}

interface WholeProps extends Pick<Props, 'heading'> {
  readonly id: string;
  readonly summary: ScenarioSummary;
}

function WholeCard({ id, summary, heading: Heading }: WholeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const duration = formatDuration(summary.clock.duration, language);
  const peak = formatRate(summary.preview.peak, language);
  const colours = strategyColours(
    summary.strategies.map(({ name }) => name),
    summary.baseline,
  );
  return (
    <Link to="/compare/$id" params={{ id }} className={`surface ${classes.card}`}>
      <div className={classes.curve}>
        <Sparkline rates={summary.preview.rates} label={t('card.curve', { duration, peak })} />
      </div>
      <div className={classes.body}>
        <Heading className={classes.title}>{summary.title[language]}</Heading>
        <p className={classes.description}>{summary.description[language]}</p>
        <ul className={classes.strategies} aria-label={t('card.strategies')}>
          {summary.strategies.map(({ name, title }) => (
            <li key={name} className={classes.strategy}>
              <Dot color={colours.get(name) ?? ''} />
              {title[language]}
            </li>
          ))}
        </ul>
        <div className={`numbers ${classes.facts}`}>
          <span className={classes.fact}>
            <IconClock size={15} stroke={1.7} aria-hidden />
            {duration}
          </span>
          <span className={classes.fact}>
            <IconTrendingUp size={15} stroke={1.7} aria-hidden />
            {t('card.peak', { rate: peak })}
          </span>
          <span className={classes.fact}>
            <IconStack2 size={15} stroke={1.7} aria-hidden />
            {t('card.requests', { number: roughly(summary.preview.requests, language) })}
          </span>
          <span className={classes.go}>
            {t('card.compare')}
            <IconArrowRight size={16} stroke={2} aria-hidden />
          </span>
        </div>
      </div>
    </Link>
  );
}

/** A plan, not a count: 3.4M, 336万. */
function roughly(requests: number, language: Language): string {
  const digits = { notation: 'compact', maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(language, digits).format(requests);
}

const ERRORS_SHOWN = 3;

function BrokenCard({ entry, heading: Heading }: Props) {
  const { t } = useTranslation();
  const errors = entry.errors ?? [];
  return (
    <div className={`surface ${classes.card} ${classes.broken}`}>
      <div className={classes.body}>
        <div className={classes.brokenHead}>
          <IconAlertTriangle size={20} stroke={1.8} aria-hidden />
          {t('gallery.broken')}
        </div>
        <Heading className={classes.title}>{entry.file}</Heading>
        <ul className={classes.errors}>
          {errors.slice(0, ERRORS_SHOWN).map((error) => (
            <li key={`${error.path} ${error.code} ${error.line}`}>
              {error.line !== undefined && (
                <code className="numbers">
                  {error.line}:{error.column}
                </code>
              )}{' '}
              {error.message}
            </li>
          ))}
        </ul>
        {errors.length > ERRORS_SHOWN && (
          <p className={classes.description}>
            {t('gallery.more', { count: errors.length - ERRORS_SHOWN })}
          </p>
        )}
      </div>
    </div>
  );
}
