import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../live/use-live';
import { clockTime } from '../../ui/format';
import { DifferencesTable } from './differences-table';
import classes from './policies.module.css';
import type { PolicyBody } from './policy-fields';
import { type PolicyView, useNames } from './use-policies';

interface Props {
  mine: PolicyBody;
  theirs: PolicyView;
  onTakeTheirs: () => void;
  /** From now on mine is written on top of theirs, knowingly. */
  onKeepMine: () => void;
}

/** Somebody wrote a version while this one was being thought over: who, and what it says otherwise. */
export function ConflictNotice({ mine, theirs, onTakeTheirs, onKeepMine }: Props) {
  const { t } = useTranslation('setup');
  const names = useNames();
  const now = useNow(60_000);
  return (
    <div role="alert" className={classes.notice}>
      <Stack gap="sm">
        <Text fw={600} className={classes.noticeTitle}>
          <IconAlertTriangle size={18} aria-hidden />
          {t('policies.conflict.title')}
        </Text>
        <Text size="sm">
          {t('policies.conflict.who', {
            name: names.get(theirs.createdBy ?? '') ?? t('policies.somebody'),
            version: theirs.version,
            when: clockTime(theirs.createdAt, now),
          })}{' '}
          {theirs.note && `“${theirs.note}” `}
          {t('policies.conflict.kept')}
        </Text>
        <DifferencesTable
          one={{ title: t('policies.conflict.theirs', { version: theirs.version }), body: theirs.body }}
          other={{ title: t('policies.conflict.mine'), body: mine }}
        />
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            {t('policies.conflict.takeTheirs')}
          </Button>
          <Button size="xs" variant="default" onClick={onKeepMine}>
            {t('policies.conflict.keepMine')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
