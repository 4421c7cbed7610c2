import { ActionIcon, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import classes from './bulk.module.css';
import { BulkDialog, type BulkVerb } from './bulk-dialog';
import { jobSelection, MAX_SELECTED, useSelectedJobs } from './job-selection';

const VERBS: BulkVerb[] = ['assign', 'move', 'cancel'];

/** What can be done to all chosen jobs; at the foot of the list while there are any. */
export default function BulkBar() {
  const { t } = useTranslation('call');
  const chosen = useSelectedJobs();
  const [verb, setVerb] = useState<BulkVerb | null>(null);
  const jobs = [...chosen].flatMap((id) => entityStore.jobs.get(id) ?? []);
  return (
    <section className={classes.bar} aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} className="tnum" role="status">
        {t('bulk.chosen', { count: chosen.size })}
        {chosen.size >= MAX_SELECTED && ` · ${t('bulk.most', { count: MAX_SELECTED })}`}
      </Text>
      <Group gap={6} wrap="wrap">
        {VERBS.map((one) => (
          <OnlineButton
            key={one}
            size="xs"
            mih={32}
            variant="default"
            disabled={jobs.length === 0}
            color={one === 'cancel' ? 'red' : undefined}
            onClick={() => setVerb(one)}
          >
            {t(`bulk.verb.${one}`)}
          </OnlineButton>
        ))}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('bulk.clear')}
          onClick={jobSelection.clear}
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      {verb && <BulkDialog verb={verb} jobs={jobs} onClose={() => setVerb(null)} />}
    </section>
  );
}
