/** Kubernetes objects as text: pasted, dropped or opened. They stay in this browser tab. */
import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXAMPLE_MANIFESTS } from '../lib/example-manifests.ts';
import type { OwnFile } from '../lib/own-file.ts';
import classes from './ManifestInput.module.css';

/** What is typed has no file name. */
const TYPED = 'manifests.yaml';
const MANIFESTS_MAX = 500 * 1024;

interface Props {
  readonly value: OwnFile;
  readonly onChange: (file: OwnFile) => void;
}

export function ManifestInput({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [complaint, setComplaint] = useState<string | null>(null);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    if (file.size > MANIFESTS_MAX) {
      setComplaint(t('dryRun.tooBig', { name: file.name }));
      return;
    }
    try {
      onChange({ name: file.name, text: await file.text() });
      setComplaint(null);
    } catch {
      setComplaint(t('gallery.unreadable', { name: file.name }));
    }
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className={classes.input}>
      <Textarea
        label={t('dryRun.objects')}
        description={t('dryRun.objectsHint')}
        error={complaint}
        value={value.text}
        onChange={({ currentTarget }) => onChange({ name: TYPED, text: currentTarget.value })}
        onDrop={drop}
        onDragOver={(event) => event.preventDefault()}
        classNames={{ input: classes.text as string }}
        minRows={14}
        maxRows={28}
        autosize
        wrap="off"
        spellCheck={false}
        autoComplete="off"
      />
      <div className={classes.buttons}>
        <FileButton onChange={take} accept=".yaml,.yml,.json,text/yaml,application/yaml">
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconFolderOpen size={15} stroke={1.8} />}
            >
              {t('dryRun.open')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange({ name: TYPED, text: EXAMPLE_MANIFESTS })}
        >
          {t('dryRun.example')}
        </Button>
      </div>
    </div>
  );
}
