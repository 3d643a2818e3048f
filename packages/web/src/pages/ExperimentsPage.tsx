/** Published experiments: the list, and one of them predicted beside what was observed. */
import { Loader, Skeleton, useComputedColorScheme } from '@mantine/core';
import {
  type ExperimentAbout,
  type ExperimentAnswer,
  experimentFigure,
  type Prediction,
  quantityRows,
  ROW_WORDS,
  type Unreplayed,
  verdictCounts,
} from '@peakless/engine';
import { IconArrowLeft, IconCloudOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollBox } from '../components/ScrollBox.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { listExperiments, readExperiment } from '../lib/api.ts';
import { useLanguage } from '../lib/use-language.ts';
import { useProblemText } from '../lib/use-problem-text.ts';
import { useTitle } from '../lib/use-title.ts';
import classes from './ExperimentsPage.module.css';
import frame from './PageFrame.module.css';

export function ExperimentsPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { data, error } = useQuery({ queryKey: ['experiments'], queryFn: listExperiments });
  const [chosen, setChosen] = useState<string | null>(null);
  useTitle(t('experiments.title'));
  const about = data?.experiments.find(({ id }) => id === chosen) ?? data?.experiments[0];
  return (
    <div className="page">
      <header className={frame.heading}>
        <Link to="/" className={frame.back}>
          <IconArrowLeft size={16} stroke={2} aria-hidden />
          {t('compare.back')}
        </Link>
        <h1 className={frame.title}>{t('experiments.title')}</h1>
        <p className={frame.sentence}>{t('experiments.sentence')}</p>
      </header>
      {error && <p role="alert">{problemText(error)}</p>}
      {!data && !error && <Skeleton height={420} radius={14} />}
      {data && about && (
        <div className={`${frame.columns} ${classes.columns}`}>
          <div className={classes.aside}>
            <Choice experiments={data.experiments} chosen={about.id} onChoose={setChosen} />
            <NotReplayed unreplayed={data.unreplayed} />
          </div>
          <Replay key={about.id} about={about} />
        </div>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly experiments: readonly ExperimentAbout[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function Choice({ experiments, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <nav className={`surface ${classes.choice}`} aria-label={t('experiments.list')}>
      {experiments.map(({ id, title }) => (
        <button
          type="button"
          key={id}
          className={classes.item}
          aria-current={id === chosen}
          onClick={() => onChoose(id)}
        >
          <span>{title[language]}</span>
          <span className={classes.id}>{id}</span>
        </button>
      ))}
    </nav>
  );
}

function NotReplayed({ unreplayed }: { readonly unreplayed: readonly Unreplayed[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className={classes.unreplayed}>
      <h2 className="eyebrow">{t('experiments.unreplayed')}</h2>
      {unreplayed.map(({ id, why }) => (
        <details key={id}>
          <summary>{id}</summary>
          <p>{why[language]}</p>
        </details>
      ))}
    </section>
  );
}

function Replay({ about }: { readonly about: ExperimentAbout }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const problemText = useProblemText();
  const { data, error } = useQuery({
    queryKey: ['experiment', about.id],
    queryFn: () => readExperiment(about.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <article className={classes.replay} aria-busy={!data && !error}>
      <div>
        <h2 className={classes.title}>{about.title[language]}</h2>
        <p className={classes.text}>{about.setup[language]}</p>
        <p className={classes.small}>
          {t('experiments.source')}: {about.source}. {about.licence[language]}
        </p>
      </div>
      {error && (
        <StateMessage
          tone="bad"
          icon={<IconCloudOff size={28} stroke={1.6} />}
          title={problemText(error)}
        />
      )}
      {!data && !error && (
        <StateMessage icon={<Loader size={26} />} title={t('experiments.running')} />
      )}
      {data && <Result answer={data} />}
    </article>
  );
}

function Result({ answer }: { readonly answer: ExperimentAnswer }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const scheme = useComputedColorScheme('light');
  const { experiment, prediction } = answer;
  const figure = experimentFigure(experiment, prediction, { locale: language, scheme });
  const title = experiment.title[language];
  return (
    <>
      <div className="surface">
        <ScrollBox label={title}>
          <Quantities prediction={prediction} />
        </ScrollBox>
        <p className={`${classes.small} ${classes.count}`}>
          {t('experiments.within', { ...verdictCounts(prediction) })}
        </p>
      </div>
      <img
        className={`surface ${classes.figure}`}
        src={`data:image/svg+xml,${encodeURIComponent(figure)}`}
        alt={t('experiments.figure', { title })}
      />
      <p className={classes.text}>
        <strong>{t('experiments.fitted')}:</strong> {experiment.fitted[language]}
      </p>
      <p className={classes.text}>{experiment.remarks[language]}</p>
      <p className={classes.small}>
        {t('experiments.command')}: <code>peakless experiment {experiment.id}</code>
      </p>
    </>
  );
}

function Quantities({ prediction }: { readonly prediction: Prediction }) {
  const language = useLanguage();
  const heads = ['quantity', 'predicted', 'range', 'observed', 'tolerance', 'verdict'] as const;
  return (
    <table className={`${classes.table} numbers`}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {ROW_WORDS[head][language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {quantityRows(prediction, language).map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.label}</th>
            <td>{row.predicted}</td>
            <td>{row.range}</td>
            <td>
              {row.observed}
              <span className={classes.note}>{row.observedNote}</span>
            </td>
            <td>{row.tolerance}</td>
            <td className={classes.verdict} data-within={row.within}>
              {row.verdict}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
