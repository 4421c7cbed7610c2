import { Button, Stack } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { session } from '../../session/session';
import { Empty } from '../../ui/empty';

/** An account that goes to no doors. */
export function NotForYou() {
  const { t } = useTranslation('phone');
  return (
    <main>
      <Empty icon={<IconUserOff />} title={t('noWorker.title')} text={t('noWorker.text')} />
      <Stack align="center">
        <Button component={Link} to="/" variant="light" mih={44}>
          {t('noWorker.desk')}
        </Button>
        <Button variant="subtle" mih={44} onClick={() => session.signOut()}>
          {t('common:person.signOut')}
        </Button>
      </Stack>
    </main>
  );
}
