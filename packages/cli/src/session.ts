/** What every command starts from: the terminal, and the language of its words. */
import { defaultLocale, type Locale } from './locale.ts';
import type { CommonOptions } from './options.ts';
import { openTerminal, type Terminal } from './terminal/terminal.ts';
import { type Words, wordsOf } from './terminal/words.ts';

export interface Session {
  readonly terminal: Terminal;
  readonly locale: Locale;
  readonly words: Words;
}

export function openSession(options: CommonOptions): Session {
  const locale = options.lang ?? defaultLocale(process.env);
  return { terminal: openTerminal(options), locale, words: wordsOf(locale) };
}
