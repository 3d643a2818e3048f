/** The start: what Peakless is, and the scenarios that are ready to run. */
import { Button, Skeleton } from '@mantine/core';
import { IconCloudOff, IconFolderOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { GalleryEntry } from '../../server/api-types.ts';
import { HeroPicture } from '../components/HeroPicture.tsx';
import { OpenFile } from '../components/OpenFile.tsx';
import { ScenarioCard } from '../components/ScenarioCard.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { listScenarios } from '../lib/api.ts';
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
  return (
    <div className={classes.grid} aria-busy={!data}>
      {data
        ? sorted(data.scenarios).map((entry) => <ScenarioCard key={entry.id} entry={entry} />)
        : [1, 2, 3].map((place) => <Skeleton key={place} height={356} radius={14} />)}
    </div>
  );
}

/** What can be played with comes first: the more variables, the earlier. */
function sorted(entries: readonly GalleryEntry[]): readonly GalleryEntry[] {
  const variables = ({ summary }: GalleryEntry) => summary?.vars.length ?? 0;
  return [...entries].sort((a, b) => variables(b) - variables(a));
}
