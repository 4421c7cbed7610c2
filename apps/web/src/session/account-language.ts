import { api } from '../api/api';
import { Problem } from '../api/problem';
import type { Me } from '../api/types';
import { type Language, setLanguage } from '../i18n';
import { session } from './session';

const LOCALES: Record<Language, Me['locale']> = { en: 'en', zh: 'zh-CN' };
const languageOf = (locale: string): Language => (locale === LOCALES.zh ? 'zh' : 'en');

/** A choice that the account does not know yet: made before signing in (in this tab), or without a line. */
interface Pending {
  language: Language;
  userId: string | null;
}

const KEY = 'doorstep.language.chosen';

function pendingFor(userId: string): Pending | null {
  const kept = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  const pending = kept === null ? null : (JSON.parse(kept) as Pending);
  return pending && (pending.userId === null || pending.userId === userId) ? pending : null;
}

function forgetPending(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}

async function save(me: Me, language: Language): Promise<void> {
  if (me.locale === LOCALES[language]) return forgetPending();
  try {
    const changed = await api.patch('/me', { body: { locale: LOCALES[language] } });
    forgetPending();
    session.keepMe(changed);
  } catch (error) {
    // Without a line it is saved the next time the pages are opened; a refusal would only be refused again.
    if (error instanceof Problem && error.status >= 400 && error.status < 500) forgetPending();
  }
}

/** What somebody chose by hand: shown at once, and kept with their account. */
export async function chooseLanguage(language: Language): Promise<void> {
  const { me } = session.get();
  const pending: Pending = { language, userId: me?.id ?? null };
  (me ? localStorage : sessionStorage).setItem(KEY, JSON.stringify(pending));
  await setLanguage(language);
  if (me) await save(me, language);
}

/** From sign-in on the pages speak the account's language, whatever this device spoke before. */
export function followAccountLanguage(): void {
  let seen = '';
  session.subscribe(() => {
    const { me } = session.get();
    const state = me ? `${me.id} ${me.locale}` : '';
    if (state === seen) return;
    seen = state;
    if (!me) return;
    const pending = pendingFor(me.id);
    void setLanguage(pending ? pending.language : languageOf(me.locale));
    if (pending) void save(me, pending.language);
  });
}
