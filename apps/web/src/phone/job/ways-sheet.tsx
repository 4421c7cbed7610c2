import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { waysTo } from '../device/navigate';
import { Choice, Sheet } from '../ui-sheet';

/** Which map leads there; the worker's phone knows its own. */
export function WaysSheet({ job, opened, onClose }: { job: Job; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('phone');
  return (
    <Sheet opened={opened} onClose={onClose} title={t('ways.title')}>
      {waysTo(job).map(({ app, href }) => (
        <Choice key={app} href={href} onClick={onClose}>
          {t(`ways.${app}`)}
        </Choice>
      ))}
    </Sheet>
  );
}
