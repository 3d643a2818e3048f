/** The start: what Peakless is, and the scenarios that are ready to run. */
import { Button, Skeleton } from '@mantine/core';
import { IconCloudOff, IconFolderOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { HeroPicture } from '../components/HeroPicture.tsx';
import { OpenFile } from '../components/OpenFile.tsx';
import { ScenarioCard } from '../components/ScenarioCard.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { listScenarios } from '../lib/api.ts';
import { byTopic } from '../lib/topics.ts';
import { useProblemText } from '../lib/use-problem-text.ts';
import { useTitle } from '../lib/use-title.ts';
import classes from './GalleryPage.module.css';

export function GalleryPage() {
  const { t } = useTranslation();
  useTitle(undefined);
  return (
    <>
      <section className={classes.hero}>
        <div className={`page ${classes.heroInner}`}>
          <div className={classes.heroText}>
            <h1 className={classes.headline}>{t('gallery.headline')}</h1>
            <p className={classes.sentence}>{t('gallery.sentence')}</p>
            <OpenFile />
            <Link to="/dry-run" className={classes.dryRun}>
              {t('dryRun.link')} →
            </Link>
            <Link to="/experiments" className={classes.dryRun}>
              {t('experiments.link')} →
            </Link>
          </div>
          <div className={classes.heroPicture}>
            <HeroPicture />
          </div>
        </div>
      </section>
      <section className={`page ${classes.list}`} aria-labelledby="gallery-list">
        <div className={classes.listHead}>
          <h2 id="gallery-list" className={classes.listTitle}>
            {t('gallery.list')}
          </h2>
          <p className={classes.listHint}>{t('gallery.listHint')}</p>
        </div>
        <Cards />
      </section>
    </>
  );
}

function Cards() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery({ queryKey: ['scenarios'], queryFn: listScenarios });
  if (error) {
    return (
      <StateMessage
        tone="bad"
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title={t('gallery.failed')}
        hint={problemText(error)}
        action={<Button onClick={() => void refetch()}>{t('problem.retry')}</Button>}
      />
    );
  }
  if (data?.scenarios.length === 0) {
    return (
      <StateMessage
        icon={<IconFolderOff size={28} stroke={1.6} />}
        title={t('gallery.empty')}
        hint={t('gallery.emptyHint')}
      />
    );
  }
  if (!data) {
    return (
      <div className={classes.grid} aria-busy>
        {[1, 2, 3].map((place) => (
          <Skeleton key={place} height={356} radius={14} />
        ))}
      </div>
    );
  }
  const groups = byTopic(data.scenarios);
  // A folder of one's own files has no topics.
  const isTitled = groups.length > 1;
  return groups.map(({ topic, entries }) => (
    <section
      key={topic}
      className={classes.topic}
      aria-labelledby={isTitled ? `topic-${topic}` : 'gallery-list'}
    >
      {isTitled && (
        <h3 id={`topic-${topic}`} className={classes.topicTitle}>
          {t(`topic.${topic}`)}
          <span className={classes.topicHint}>{t(`topic.${topic}.hint`)}</span>
        </h3>
      )}
      <div className={classes.grid}>
        {entries.map((entry) => (
          <ScenarioCard key={entry.id} entry={entry} heading={isTitled ? 'h4' : 'h3'} />
        ))}
      </div>
    </section>
  ));
}
