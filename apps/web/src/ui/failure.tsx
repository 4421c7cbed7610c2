import { IconCloudOff, IconLock, IconMoodEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOffline, Problem, problemWords } from '../api/problem';
import { Empty } from './empty';

/** What to show when a load failed: no line, no permission, not there, or a fault of ours. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('common');
  const action = retry ? { label: t('tryAgain'), run: retry } : undefined;
  const status = error instanceof Problem ? error.status : 500;
  if (isOffline(error))
    return (
      <Empty
        icon={<IconCloudOff />}
        title={t('failure.offline')}
        text={t('failure.offlineText')}
        action={action}
      />
    );
  if (status === 403)
    return <Empty icon={<IconLock />} title={t('failure.forbidden')} text={t('failure.forbiddenText')} />;
  if (status === 404)
    return <Empty icon={<IconMoodEmpty />} title={t('failure.notFound')} text={t('failure.notFoundText')} />;
  return (
    <Empty
      icon={<IconMoodEmpty />}
      title={t('failure.other')}
      text={error instanceof Problem ? problemWords(error) : undefined}
      action={action}
    />
  );
}
