import { Anchor, CloseButton, Group, Switch, Text, Title } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '../../api/problem';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll, useWorker } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { ago, clockTime, duration, metres, timeWindow } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { PhoneText } from '../../ui/phone-text';
import { StateBadge, StatusBadge } from '../../ui/state-badge';
import { inOrder } from './in-order';
import classes from './panel.module.css';
import { replay } from './replay';
import { ReplaySection } from './replay-section';

interface Props {
  workerId: string;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  onClose: () => void;
  onSelect: (what: { jobId: string | null; workerId: string | null }) => void;
}

export default function WorkerPanel({ workerId, follow, onFollow, onClose, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const worker = useWorker(workerId);
  const jobs = useAll(entityStore.jobs);
  const now = useNow(2_000);
  const held = useMemo(() => inOrder(jobs.filter((job) => job.workerId === workerId)), [jobs, workerId]);
  useEffect(() => () => replay.clear(), []);
  if (!worker) return <Failure error={new Problem(404, 'NOT_FOUND', '')} />;
  const row = entityStore.positions.row(workerId);
  return (
    <>
      <div className={classes.head}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <StatusBadge status={worker.status} />
            <Title order={2} size="h4" mt={4}>
              {worker.name}
            </Title>
          </div>
          <CloseButton aria-label={t('common:close')} onClick={onClose} />
        </Group>
        <Group gap="md" mt="xs">
          {worker.phone && (
            <Anchor href={`tel:${worker.phone}`} size="sm">
              <IconPhone size={14} aria-hidden /> <PhoneText number={worker.phone} />
            </Anchor>
          )}
          <Switch
            size="xs"
            label={t('worker.follow')}
            checked={follow}
            onChange={(e) => onFollow(e.currentTarget.checked)}
            disabled={row === undefined}
          />
          <Anchor component={Link} to={`/setup/workers/${workerId}`} size="sm">
            {t('worker.edit')}
          </Anchor>
        </Group>
      </div>
      <div className={classes.section}>
        <dl className={classes.facts}>
          <dt>{t('worker.seen')}</dt>
          <dd>
            {row === undefined
              ? t('list.noPosition')
              : t('worker.seenAgo', { time: ago(entityStore.positions.fixAt[row]!, now) })}
            {row !== undefined && !Number.isNaN(entityStore.positions.accuracyMetres[row]!)
              ? ` · ±${metres(entityStore.positions.accuracyMetres[row]!)}`
              : ''}
          </dd>
          <dt>{t('worker.since')}</dt>
          <dd>{clockTime(worker.statusSince, now)}</dd>
          {worker.skills && worker.skills.length > 0 && (
            <>
              <dt>{t('job.skills')}</dt>
              <dd>{worker.skills.map((s) => `${s.skill} ${s.level}`).join(', ')}</dd>
            </>
          )}
          <dt>{t('worker.areas')}</dt>
          <dd>
            {worker.homeAreaIds.length === 0
              ? t('filter.allAreas')
              : worker.homeAreaIds.map((id) => entityStore.areas.get(id)?.name ?? '–').join(', ')}
          </dd>
          {worker.vehicle && (
            <>
              <dt>{t('worker.vehicle')}</dt>
              <dd>{worker.vehicle}</dd>
            </>
          )}
          {worker.rating !== null && (
            <>
              <dt>{t('worker.rating')}</dt>
              <dd className="tnum">{worker.rating.toFixed(1)}</dd>
            </>
          )}
          {worker.qualityScore !== null && (
            <>
              <dt>{t('worker.quality')}</dt>
              <dd className="tnum">{Math.round(worker.qualityScore)}</dd>
            </>
          )}
        </dl>
      </div>
      <section className={classes.section}>
        <h3 className={classes.sectionTitle}>{t('worker.jobs', { count: held.length })}</h3>
        {held.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('worker.noJobs')}
          </Text>
        )}
        {held.map((job) => (
          <div key={job.id} style={{ padding: '4px 0' }}>
            <button
              type="button"
              className={classes.linkish}
              onClick={() => onSelect({ jobId: job.id, workerId: null })}
            >
              {jobName(job)}
            </button>
            <div className={classes.numbers}>
              <StateBadge state={job.state} /> ·{' '}
              {timeWindow(job.windowStart, job.windowEnd, now) ||
                t('worker.takes', { time: duration(job.durationSeconds) })}
            </div>
          </div>
        ))}
      </section>
      <ReplaySection workerId={workerId} />
    </>
  );
}
