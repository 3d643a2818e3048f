/** Languages of the page. The URL (`?lang=`) goes before what was chosen last, then the browser. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './locales/en.ts';
import { zhCN } from './locales/zh-CN.ts';

export type Language = 'en' | 'zh-CN';
export const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

const STORED = 'peakless-language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page';
    resources: { page: typeof en };
    keySeparator: false;
    nsSeparator: false;
    returnNull: false;
  }
}

/** `zh`, `zh-Hans`, `zh-CN` … → `zh-CN`; anything else that we do not speak → undefined. */
export function readLanguage(text: unknown): Language | undefined {
  if (typeof text !== 'string') return undefined;
  const tag = text.toLowerCase();
  if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
  return tag === 'en' || tag.startsWith('en-') ? 'en' : undefined;
}

function firstLanguage(): Language {
  const fromUrl = readLanguage(new URLSearchParams(location.search).get('lang'));
  return fromUrl ?? readLanguage(storedLanguage()) ?? readLanguage(navigator.language) ?? 'en';
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  await i18next.changeLanguage(language);
}

export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    defaultNS: 'page',
    resources: { en: { page: en }, 'zh-CN': { page: zhCN } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
