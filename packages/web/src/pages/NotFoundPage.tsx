import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateMessage } from '../components/StateMessage.tsx';
import { useTitle } from '../lib/use-title.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('notFound.title'));
  return (
    <div className="page" style={{ paddingBlock: 64 }}>
      <StateMessage
        icon={<IconMapOff size={28} stroke={1.6} />}
        title={t('notFound.title')}
        hint={t('notFound.hint')}
        action={
          <Button component={Link} to="/">
            {t('notFound.home')}
          </Button>
        }
      />
    </div>
  );
}
