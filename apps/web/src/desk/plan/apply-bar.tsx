import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayPlan } from '../../api/types';
import { OnlineButton } from '../../ui/online-button';
import classes from './plan.module.css';
import { useApply, useCancel } from './use-apply';
import { isOpen } from './use-plan';

interface Props {
  plan: DayPlan;
  /** What may still be applied, and what of it is chosen. */
  choosable: readonly string[];
  chosen: readonly string[];
}

/** What is about to happen, and the button for it. Whole days of other people change, so it asks once. */
export function ApplyBar({ plan, choosable, chosen }: Props) {
  const { t } = useTranslation('plan');
  const [asking, setAsking] = useState(false);
  const apply = useApply(plan);
  const cancel = useCancel(plan);
  const all = chosen.length === choosable.length;
  const wanted = new Set(chosen);
  const stops = (plan.proposal?.stops ?? []).filter(({ jobId }) => wanted.has(jobId));
  const count = (change: string) => stops.filter((stop) => stop.change === change).length;
  const people = new Set(
    stops.flatMap(({ workerId, from }) => (from ? [workerId, from.workerId] : [workerId])),
  );
  const words = all
    ? t('apply.all', { count: choosable.length })
    : t('apply.some', { count: chosen.length, all: choosable.length });
  if (!isOpen(plan)) return null;
  return (
    <div className={classes.applyBar}>
      <Text size="sm" className="tnum">
        {t('apply.chosen', { count: chosen.length, all: choosable.length })}
      </Text>
      <Group gap="xs">
        {plan.state === 'proposed' && (
          <OnlineButton size="sm" variant="default" loading={cancel.isPending} onClick={() => cancel.send()}>
            {t('apply.discard')}
          </OnlineButton>
        )}
        <OnlineButton
          size="sm"
          disabled={chosen.length === 0}
          loading={apply.isPending}
          onClick={() => setAsking(true)}
        >
          {words}
        </OnlineButton>
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('apply.ask')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Text size="sm">
            {t('apply.effect', {
              fresh: count('new'),
              moved: count('moved'),
              retimed: count('retimed'),
              count: people.size,
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('apply.meanwhile')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('common:back')}
            </Button>
            <OnlineButton
              data-autofocus
              onClick={() => {
                setAsking(false);
                apply.send(all && plan.state === 'proposed' ? null : [...chosen]);
              }}
            >
              {words}
            </OnlineButton>
          </Group>
        </Stack>
      </Modal>
    </div>
  );
}
