import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { importWithRetry } from '../ui/import-with-retry';

const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'doorstep.language';
const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');

function chosenLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function settle(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
}

/** A chunk together with the texts that it shows, so that it does not ask for them only once it is there. */
export async function withTexts<T>(chunk: Promise<T>, ...namespaces: string[]): Promise<T> {
  const [loaded] = await Promise.all([chunk, i18next.loadNamespaces(namespaces)]);
  return loaded;
}

/** Loads the words of the page's language; a namespace arrives with the first page that uses it. */
export async function startI18n(): Promise<void> {
  const language = chosenLanguage();
  settle(language);
  i18next.on('languageChanged', settle);
  await i18next
    .use({
      type: 'backend' as const,
      read(lng: string, ns: string, done: (error: unknown, data: Record<string, unknown> | null) => void) {
        const load = files[`./${lng}/${ns}.json`];
        if (!load) return done(new Error(`no words for ${lng}/${ns}`), null);
        importWithRetry(load).then(
          (module) => done(null, module.default),
          (error: unknown) => done(error, null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export async function setLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
}
