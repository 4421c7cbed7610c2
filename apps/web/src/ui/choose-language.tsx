import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n';
import { chooseLanguage } from '../session/account-language';

/** Each language in its own words, so that nobody needs the other to find theirs. */
const NAMES = [
  { value: 'en', label: 'English' },
  { value: 'zh', label: '简体中文' },
];

export function ChooseLanguage() {
  const { t, i18n } = useTranslation('common');
  return (
    <SegmentedControl
      aria-label={t('language')}
      data={NAMES}
      value={i18n.language}
      onChange={(value) => void chooseLanguage(value as Language)}
    />
  );
}
