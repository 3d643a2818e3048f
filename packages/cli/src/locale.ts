/** The language of results: what --lang says, else what the environment says. */
import { InvalidArgumentError } from 'commander';

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

export function parseLocale(text: string): Locale {
  const found = LOCALES.find((locale) => locale.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Allowed choices are ${LOCALES.join(', ')}.`);
}

/** POSIX order: the first of these that is set decides. */
export function defaultLocale(env: NodeJS.ProcessEnv): Locale {
  const name = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh\b|^zh_/i.test(name) ? 'zh-CN' : 'en';
}
