import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { BottomSheet, Choice } from '../bottom-sheet';
import { navigationLinks } from '../device/navigation-links';

/** Which map leads there; the worker's phone knows its own. */
export function NavigationSheet({
  job,
  opened,
  onClose,
}: {
  job: Job;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('phone');
  return (
    <BottomSheet opened={opened} onClose={onClose} title={t('ways.title')}>
      {navigationLinks(job).map(({ app, href }) => (
        <Choice key={app} href={href} onClick={onClose}>
          {t(`ways.${app}`)}
        </Choice>
      ))}
    </BottomSheet>
  );
}
