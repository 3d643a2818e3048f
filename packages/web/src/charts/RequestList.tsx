/** What happened to some requests of a strategy: a few of every fate, or all of one. */
import {
  type Comparison,
  chooseRequests,
  countFates,
  explainRequest,
  REQUESTS_SHOWN,
  type RequestFate,
  requestsOf,
  type ServiceRequest,
  unbroken,
} from '@peakless/engine';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../components/Section.tsx';
import { StrategyChoice } from '../components/StrategyChoice.tsx';
import { CLASS_COLOURS } from '../lib/colors.ts';
import { useLanguage } from '../lib/use-language.ts';
import type { ReportText } from '../lib/use-report-text.ts';
import { deciding } from './decision-marks.ts';
import classes from './RequestList.module.css';

interface Props {
  readonly comparison: Comparison;
  readonly text: ReportText;
  /** The charts show an instant, µs. */
  readonly onShow: (at: number) => void;
}

export function RequestList({ comparison, text, onShow }: Props) {
  const { t } = useTranslation();
  const { strategies, scenario } = comparison;
  const [chosen, setChosen] = useState<string | null>(null);
  const [fate, setFate] = useState<RequestFate | null>(null);
  const context = { locale: useLanguage(), clock: scenario.clock };
  // At first the one whose decisions stand above.
  const [first = strategies[0]] = deciding(comparison);
  const strategy = strategies.find(({ name }) => name === chosen) ?? first;
  const all = strategy === undefined ? [] : requestsOf(strategy);
  if (strategy === undefined || all.length === 0) return null;
  const fates = countFates(all.map(({ trace }) => trace));
  // Another strategy may not have this fate.
  const picked = fates.some((one) => one.fate === fate) ? fate : null;
  const shown =
    picked === null
      ? chooseRequests(all, REQUESTS_SHOWN)
      : all.filter(({ trace }) => trace.outcome === picked);
  const isNamed = Object.keys(strategy.requests).length > 1;
  return (
    <Section title={t('requests.title')} hint={t('requests.hint')}>
      <div className={classes.filters}>
        <StrategyChoice
          {...{ strategies, text }}
          chosen={strategy.name}
          label={t('requests.strategy')}
          onChoose={setChosen}
        />
        <fieldset className={`numbers ${classes.fates}`} aria-label={t('requests.fates')}>
          <button
            type="button"
            className={classes.fate}
            aria-pressed={picked === null}
            onClick={() => setFate(null)}
          >
            {t('requests.some')}
          </button>
          {fates.map(({ fate: name, count }) => (
            <button
              key={name}
              type="button"
              className={classes.fate}
              aria-pressed={picked === name}
              title={text.label(`class.${name}.about`)}
              onClick={() => setFate(picked === name ? null : name)}
            >
              <Key fate={name} />
              {text.label(`class.${name}`)} <b>{text.count(count)}</b>
            </button>
          ))}
        </fieldset>
      </div>
      <ol className={`numbers ${classes.list}`} aria-label={t('requests.list')}>
        {shown.map(({ service, trace }) => {
          const words = explainRequest(trace, strategy.kind, context);
          return (
            <li key={keyOf({ service, trace })} className={classes.entry}>
              <button type="button" className={classes.time} onClick={() => onShow(trace.arrival)}>
                {words.time}
              </button>
              <span className={classes.badge}>
                <Key fate={trace.outcome} />
                {words.outcome}
              </span>
              <span className={classes.story}>
                {isNamed && <b>{service}: </b>}
                {unbroken(words.text)}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** Requests may arrive at one instant; not with one service time as well. */
function keyOf({ service, trace }: ServiceRequest): string {
  return `${service} ${trace.arrival} ${trace.service}`;
}

function Key({ fate }: { readonly fate: RequestFate }) {
  return <span className={classes.key} style={{ background: CLASS_COLOURS[fate] }} />;
}
