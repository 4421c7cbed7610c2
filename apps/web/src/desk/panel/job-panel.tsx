import { Alert, Anchor, CloseButton, Group, Text, Title } from '@mantine/core';
import { IconEye, IconPhone, IconPhotoX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { useCan } from '../../session/use-can';
import { heldJob } from '../../store/held-job';
import { useArea, useJob, useServiceType, useWorker } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { clockTime, duration, timeWindow } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { PageSpinner } from '../../ui/page-spinner';
import { PhoneText } from '../../ui/phone-text';
import { priorityWord } from '../../ui/priority';
import { StateBadge } from '../../ui/state-badge';
import { isLate, urgencyOf } from '../list/urgency';
import { useViewers } from '../presence/presence';
import { useNames } from '../presence/use-names';
import { JobButtons } from './job-buttons';
import { Notes } from './notes';
import classes from './panel.module.css';
import { Proof } from './proof';
import { Timeline } from './timeline';
import { WhoCouldGo } from './who-could-go';

interface Props {
  jobId: string;
  onClose: () => void;
  onSelect: (what: { jobId: string | null; workerId: string | null }) => void;
}

export default function JobPanel({ jobId, onClose, onSelect }: Props) {
  const { t } = useTranslation('desk');
  const known = useJob(jobId);
  // A job that is not on the desk (closed last week, say) is fetched for itself.
  const query = useQuery({
    queryKey: ['job', jobId, 'row'],
    queryFn: () => api.get('/jobs/{id}', { path: { id: jobId } }).then(heldJob),
    enabled: !known,
  });
  const job = known ?? query.data;
  if (query.error && !job)
    return (
      <>
        <Group justify="flex-end" p="sm">
          <CloseButton aria-label={t('common:close')} onClick={onClose} />
        </Group>
        <Failure error={query.error} retry={() => void query.refetch()} />
      </>
    );
  if (!job) return <PageSpinner />;
  return <JobDetails job={job} onClose={onClose} onSelect={onSelect} />;
}

function JobDetails({ job, onClose, onSelect }: Omit<Props, 'jobId'> & { job: Job }) {
  const { t } = useTranslation('desk');
  const mayDispatch = useCan('create', 'Job');
  const worker = useWorker(job.workerId);
  const service = useServiceType(job.serviceTypeId);
  const area = useArea(job.areaId);
  const viewers = useViewers(job.id);
  const nameOf = useNames(viewers.length > 0);
  const now = businessClock.now();
  const urgency = urgencyOf(job, now);
  const reason = job.failReason ?? job.cancelReason;
  const findingWorker = ['unassigned', 'offering', 'unfulfilled'].includes(job.state);
  return (
    <>
      <div className={classes.head}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Group gap="xs">
              <Text span size="sm" fw={600} className="tnum">
                {jobNumber(job)}
              </Text>
              <StateBadge state={job.state} />
              {urgency !== 'none' && (
                <Text size="xs" fw={600} c={urgency === 'at_risk' ? 'var(--warn)' : 'var(--bad)'}>
                  {t(`urgency.${urgency}`)}
                </Text>
              )}
              {urgency === 'emergency' && isLate(job, now) && (
                <Text size="xs" fw={600} c="var(--bad)">
                  {t('urgency.late')}
                </Text>
              )}
            </Group>
            <Title order={2} size="h4" mt={4}>
              {job.address ?? t('job.masked')}
            </Title>
          </div>
          <CloseButton aria-label={t('common:close')} onClick={onClose} />
        </Group>
        {viewers.length > 0 && (
          <Alert mt="xs" p="xs" color="yellow" variant="light" icon={<IconEye size={18} />}>
            {t('presence.long', { names: viewers.map((v) => nameOf(v.userId) || '…').join(', ') })}
          </Alert>
        )}
        {job.proofRefused && (
          <Alert mt="xs" p="xs" color="red" variant="light" icon={<IconPhotoX size={18} />}>
            {t('job.proofRefused', {
              what: t(`proof.${job.proofRefused.kind}`),
              time: clockTime(job.proofRefused.at, now),
              detail: job.proofRefused.detail,
            })}
          </Alert>
        )}
        {mayDispatch && <JobButtons job={job} />}
      </div>
      <div className={classes.section}>
        <dl className={classes.facts}>
          {worker && (
            <>
              <dt>{t('job.worker')}</dt>
              <dd>
                <button
                  type="button"
                  className={classes.linkish}
                  onClick={() => onSelect({ jobId: null, workerId: worker.id })}
                >
                  {worker.name}
                </button>{' '}
                {worker.phone && (
                  <Anchor
                    href={`tel:${worker.phone}`}
                    size="sm"
                    aria-label={t('job.call', { name: worker.name })}
                  >
                    <IconPhone size={14} /> <PhoneText number={worker.phone} />
                  </Anchor>
                )}
              </dd>
            </>
          )}
          <Fact
            name={t('job.service')}
            value={service && `${service.name} · ${duration(job.durationSeconds)}`}
          />
          <Fact name={t('job.window')} value={timeWindow(job.windowStart, job.windowEnd, now)} />
          <Fact name={t('job.contact')} value={job.contactName} />
          {job.contactPhone && (
            <>
              <dt>{t('job.phone')}</dt>
              <dd>
                <Anchor size="sm" href={`tel:${job.contactPhone}`}>
                  <PhoneText number={job.contactPhone} />
                </Anchor>
              </dd>
            </>
          )}
          <Fact name={t('job.area')} value={area?.name ?? t('list.noArea')} />
          <Fact
            name={t('job.skills')}
            value={job.skills.map((s) => (s.level ? `${s.skill} ≥ ${s.level}` : s.skill)).join(', ')}
          />
          <Fact
            name={t('job.proof')}
            value={job.proofRequired.map((kind) => t(`proof.${kind}`)).join(', ')}
          />
          <Fact
            name={t('job.priority')}
            value={job.priority > 0 && t(`common:priority.${priorityWord(job.priority)}`)}
          />
          <Fact name={t('job.reference')} value={job.externalRef} />
          <Fact name={t('job.notes')} value={job.notes} />
          <Fact
            name={t('job.reason')}
            value={reason && t(`common:reason.${reason}`, { defaultValue: reason })}
          />
        </dl>
      </div>
      {(findingWorker || ['assigned', 'en_route', 'failed'].includes(job.state)) && (
        <WhoCouldGo job={job} mayAct={mayDispatch} />
      )}
      <Proof jobId={job.id} evidence={job.evidence} />
      <Notes jobId={job.id} mayWrite={mayDispatch} />
      <Timeline jobId={job.id} />
    </>
  );
}

function Fact({ name, value }: { name: string; value: string | false | null | undefined }) {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
