import { ActionIcon } from '@mantine/core';
import { IconHeadset } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePhone } from './state/phone-context';

/** One tap to the dispatch desk, wherever the worker stands; nothing where the organisation has named no number. */
export function CallDispatch() {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const number = phone.person.organization.dispatchPhone;
  if (!number) return null;
  return (
    <ActionIcon
      component="a"
      href={`tel:${number.replace(/[^+0-9]/g, '')}`}
      variant="default"
      size={44}
      aria-label={t('callDispatch')}
      title={t('callDispatch')}
    >
      <IconHeadset aria-hidden />
    </ActionIcon>
  );
}
