/** Opening a scenario from the user's disk: by button, or dropped anywhere on the page. */
import { Button, FileButton } from '@mantine/core';
import { IconFolderOpen, IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decodeText, keepOwnFile, OWN_FILE_MAX } from '../lib/own-file.ts';
import classes from './OpenFile.module.css';

export function OpenFile() {
  const { t } = useTranslation();
  const { open, complaint } = useOpenFile();
  const dropping = useFileDrop(open);
  return (
    <div>
      <div className={classes.open}>
        <FileButton onChange={open} accept=".yaml,.yml,.json,text/yaml,application/yaml">
          {(props) => (
            <Button {...props} size="md" leftSection={<IconFolderOpen size={19} stroke={1.7} />}>
              {t('gallery.open')}
            </Button>
          )}
        </FileButton>
        <span className={classes.hint}>{t('gallery.openHint')}</span>
      </div>
      {complaint && (
        <p role="alert" className={classes.complaint}>
          {complaint}
        </p>
      )}
      {dropping && (
        <div className={classes.overlay}>
          <div className={classes.overlayBox}>
            <IconUpload size={36} stroke={1.5} />
            {t('gallery.drop')}
          </div>
        </div>
      )}
    </div>
  );
}

function useOpenFile() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [complaint, setComplaint] = useState<string | null>(null);
  const open = useCallback(
    async (file: File | null) => {
      if (!file) return;
      if (file.size > OWN_FILE_MAX) {
        setComplaint(t('gallery.tooBig', { name: file.name }));
        return;
      }
      try {
        keepOwnFile({ name: file.name, text: decodeText(await file.arrayBuffer()) });
      } catch {
        setComplaint(t('gallery.unreadable', { name: file.name }));
        return;
      }
      await navigate({ to: '/open' });
    },
    [navigate, t],
  );
  return { open, complaint };
}

/** Whether a file hovers over the window; calls back with the one that is dropped. */
function useFileDrop(onFile: (file: File | null) => void): boolean {
  const [dropping, setDropping] = useState(false);
  // Entering a child fires before leaving its parent: count, do not toggle.
  const depth = useRef(0);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const move = (change: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current += change;
      setDropping(depth.current > 0);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setDropping(false);
      onFile(event.dataTransfer?.files[0] ?? null);
    };
    const handlers = { dragenter: move(1), dragover: move(0), dragleave: move(-1), drop };
    for (const [name, handler] of Object.entries(handlers)) {
      window.addEventListener(name as keyof typeof handlers, handler);
    }
    return () => {
      for (const [name, handler] of Object.entries(handlers)) {
        window.removeEventListener(name as keyof typeof handlers, handler);
      }
    };
  }, [onFile]);
  return dropping;
}
