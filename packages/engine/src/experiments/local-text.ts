/** Words of an experiment in both languages. */
import type { LocalText } from '../scenario/fields.ts';

export function local(en: string, zh: string): LocalText {
  return { en, 'zh-CN': zh };
}
