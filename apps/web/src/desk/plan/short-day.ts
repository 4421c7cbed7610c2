import i18next from 'i18next';

/** Tue 3 Mar. */
export const shortDay = (date: string): string =>
  new Intl.DateTimeFormat(i18next.language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  }).format(new Date(`${date}T12:00:00`));
