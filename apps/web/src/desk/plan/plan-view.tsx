import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconCircleX, IconMoodSad } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayPlan } from '../../api/types';
import { CodedMessageText, valueWords } from '../../store/coded-message-text';
import { useArea } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { clockTime, longDay } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import classes from './plan.module.css';
import { PlanState } from './plan-state';
import { Proposal } from './proposal';
import { useCancel } from './use-apply';
import { isRunning, usePlan } from './use-plan';

/** One plan, wherever it stands: searched for, proposed, applied, called off or failed. */
export function PlanView({ id, mayAct }: { id: string; mayAct: boolean }) {
  const { t } = useTranslation('plan');
  const { data: plan, error, refetch } = usePlan(id);
  const area = useArea(plan?.areaId);
  if (error && !plan) return <Failure error={error} retry={() => void refetch()} />;
  if (!plan) return <PageSpinner />;
  return (
    <>
      <header className={classes.planHead}>
        <Link to="/plan" className={classes.backLink}>
          <IconArrowLeft size={16} aria-hidden /> {t('back')}
        </Link>
        <Group gap="sm" align="baseline">
          <Title order={1} size="h4">
            {longDay(plan.date)}
          </Title>
          <PlanState state={plan.state} />
        </Group>
        <Text size="sm" c="dimmed" className="tnum">
          {area?.name ?? '–'} · {clockTime(plan.startAt)}–{clockTime(plan.endAt)}
        </Text>
      </header>
      {isRunning(plan) && <Searching plan={plan} mayAct={mayAct} />}
      {plan.error && (
        <Empty
          icon={<IconMoodSad />}
          title={t('failed')}
          text={
            <CodedMessageText
              of={plan.error}
              words={t(`failure.${plan.error.code}`, valueWords(plan.error))}
            />
          }
        />
      )}
      {plan.state === 'cancelled' && !plan.proposal && (
        <Empty icon={<IconCircleX />} title={t('calledOff')} text={t('calledOffText')} />
      )}
      {plan.proposal && <Proposal plan={plan} proposal={plan.proposal} mayAct={mayAct} />}
    </>
  );
}

/** The search as it goes on: how much of its time is over, and how much better than its first plan it is. */
function Searching({ plan, mayAct }: { plan: DayPlan; mayAct: boolean }) {
  const { t } = useTranslation('plan');
  const cancel = useCancel(plan);
  const first = useRef<number | null>(null);
  const cost = plan.progress?.cost ?? null;
  first.current ??= cost;
  const percent = Math.round((plan.progress?.share ?? 0) * 100);
  const better = first.current && cost !== null ? Math.round((1 - cost / first.current) * 100) : 0;
  return (
    <div className={classes.searching} role="status">
      <Text fw={600}>{plan.state === 'queued' ? t('searching.queued') : t('searching.running')}</Text>
      <Progress
        value={Math.max(4, percent)}
        animated
        aria-label={t('searching.progress')}
        my="sm"
        size="md"
      />
      <Text size="sm" c="dimmed" className="tnum">
        {plan.progress
          ? better > 0
            ? t('searching.better', { percent, better })
            : t('searching.share', { percent })
          : t('searching.reading')}
      </Text>
      {mayAct && (
        <Button mt="md" size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.send()}>
          {t('searching.cancel')}
        </Button>
      )}
    </div>
  );
}
