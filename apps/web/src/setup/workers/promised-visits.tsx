import { Alert, Button, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { clockTime } from '../../ui/format';

interface Visit {
  jobId: string;
  startsAt: string;
  endsAt: string;
}

export type VisitChoice = 'ask' | 'release' | 'keep';

const SHOWN = 8;

const visitsInTheWay = (problem: Problem | null): Visit[] | null =>
  problem?.code === 'PROMISED_VISITS' ? ((problem.extra.visits ?? []) as Visit[]) : null;

interface Asking {
  problem: Problem | null;
  busy: boolean;
  save: (choice: VisitChoice) => void;
}

/** The question about visits that was asked back, if one was. `mayKeep` false: nobody is left to keep them. */
export function askAboutVisits({ problem, busy, save }: Asking, { mayKeep = true } = {}): ReactNode {
  const visits = visitsInTheWay(problem);
  return visits && <PromisedVisits visits={visits} busy={busy} mayKeep={mayKeep} onChoose={save} />;
}

/** Visits that a worker could no longer make: let them go, or keep them on purpose. */
function PromisedVisits(props: {
  mayKeep: boolean;
  visits: Visit[];
  busy: boolean;
  onChoose: (choice: VisitChoice) => void;
}) {
  const { visits, busy, onChoose, mayKeep } = props;
  const { t } = useTranslation('setup');
  const now = businessClock.now();
  return (
    <Alert color="orange" variant="light" role="alert" title={t('visits.title', { count: visits.length })}>
      <List size="sm" spacing={2}>
        {visits.slice(0, SHOWN).map((visit) => (
          <List.Item key={visit.jobId} className="tnum">
            {clockTime(visit.startsAt, now)} – {clockTime(visit.endsAt, now)}{' '}
            {entityStore.jobs.get(visit.jobId)?.address}
          </List.Item>
        ))}
      </List>
      {visits.length > SHOWN && <Text size="sm">{t('visits.more', { count: visits.length - SHOWN })}</Text>}
      <Group gap="xs" mt="xs">
        <Button size="xs" loading={busy} onClick={() => onChoose('release')}>
          {t('visits.release')}
        </Button>
        {mayKeep && (
          <Button size="xs" variant="default" disabled={busy} onClick={() => onChoose('keep')}>
            {t('visits.keep')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
