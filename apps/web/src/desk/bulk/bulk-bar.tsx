import { ActionIcon, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LineButton } from '../../ui/line-button';
import { world } from '../../world/world';
import classes from './bulk.module.css';
import { BulkDialog, type BulkVerb } from './bulk-dialog';
import { choice, MAX_CHOSEN, useChosen } from './chosen';

const VERBS: BulkVerb[] = ['assign', 'move', 'cancel'];

/** What can be done to all chosen jobs; at the foot of the list while there are any. */
export default function BulkBar() {
  const { t } = useTranslation('call');
  const chosen = useChosen();
  const [verb, setVerb] = useState<BulkVerb | null>(null);
  const jobs = [...chosen].flatMap((id) => world.jobs.get(id) ?? []);
  return (
    <section className={classes.bar} aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} className="tnum" role="status">
        {t('bulk.chosen', { count: chosen.size })}
        {chosen.size >= MAX_CHOSEN && ` · ${t('bulk.most', { count: MAX_CHOSEN })}`}
      </Text>
      <Group gap={6} wrap="wrap">
        {VERBS.map((one) => (
          <LineButton
            key={one}
            size="xs"
            mih={32}
            variant="default"
            disabled={jobs.length === 0}
            color={one === 'cancel' ? 'red' : undefined}
            onClick={() => setVerb(one)}
          >
            {t(`bulk.verb.${one}`)}
          </LineButton>
        ))}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('bulk.clear')}
          onClick={choice.clear}
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      {verb && <BulkDialog verb={verb} jobs={jobs} onClose={() => setVerb(null)} />}
    </section>
  );
}
