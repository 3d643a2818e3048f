import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextKey } from '../locales/en.ts';
import { ApiProblem } from './api.ts';

const KNOWN: ReadonlySet<string> = new Set<TextKey>([
  'problem.E_UNREACHABLE',
  'problem.E_BUSY',
  'problem.E_INTERNAL',
  'problem.E_BODY_TOO_LARGE',
  'problem.E_NOT_FOUND',
  'problem.E_WORKER',
  'problem.E_PREVIEW_OFFLINE',
]);

/** A failed call in the language of the page; what has no translation, in the server's words. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiProblem)) return String(error);
      const { code, detail } = error.body;
      const key = `problem.${code}`;
      return KNOWN.has(key) ? t(key as 'problem.E_WORKER', { detail }) : detail;
    },
    [t],
  );
}
