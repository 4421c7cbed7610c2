import { Button, Group, Modal, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client';
import type { Job } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { jobName } from '../../ui/job-number';
import { OnlineButton } from '../../ui/online-button';
import { SearchSelect } from '../../ui/search-select';
import { toaster } from '../../ui/toaster';
import classes from './bulk.module.css';
import { assignTo, cancelFor, moveBy, refusalOf } from './bulk-acts';
import { jobSelection } from './job-selection';
import { type Outcome, runBulk, undoBulk } from './run-bulk';

export type BulkVerb = 'assign' | 'move' | 'cancel';

const MINUTE_MS = 60_000;
const STEPS_MINUTES = [-60, -30, 30, 60, 120, 1_440] as const;

interface Props {
  verb: BulkVerb;
  jobs: readonly Job[];
  onClose: () => void;
}

/** Asks what is meant, does it to one job after the other, and says of each what came of it. */
export function BulkDialog({ verb, jobs: given, onClose }: Props) {
  const { t } = useTranslation(['call', 'desk']);
  // Those that were chosen when it opened: what happens meanwhile adds none.
  const [jobs] = useState(given);
  const workers = useAll(entityStore.workers);
  const [workerId, setWorkerId] = useState<string | null>(null);
  const [minutes, setMinutes] = useState('60');
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const [over, setOver] = useState(false);
  const running = useRef(false);
  useEffect(() => {
    jobSelection.hold(true);
    return () => jobSelection.hold(false);
  }, []);
  const ready = { assign: workerId !== null, move: true, cancel: reason.trim() !== '' }[verb];
  const acts = {
    assign: () => assignTo(workerId ?? '', force),
    move: () => moveBy(Number(minutes) * MINUTE_MS, force),
    cancel: () => cancelFor(reason.trim()),
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || running.current) return;
    running.current = true;
    setOutcomes([]);
    const all = await runBulk({ jobs, act: acts[verb](), words: refusalOf, onStep: setOutcomes });
    setOver(true);
    void queryClient.invalidateQueries({ queryKey: ['board'] });
    void queryClient.invalidateQueries({ queryKey: ['job'] });
    if (all.every(({ problem }) => problem === undefined)) close(all);
  };
  const undoOf = (all: readonly Outcome[]) =>
    all.some(({ undo }) => undo)
      ? async () => {
          try {
            await undoBulk(all);
            toaster.show(t('desk:done.undone'));
          } catch (error) {
            toaster.show(refusalOf(error), 'problem');
          }
        }
      : undefined;
  const close = (all: readonly Outcome[] | null) => {
    if (all && all.length > 0) {
      const done = all.filter(({ problem }) => problem === undefined).length;
      toaster.show(t('bulk.done', { count: done }), 'done', undoOf(all));
      jobSelection.clear();
    }
    onClose();
  };
  return (
    <Modal
      opened
      onClose={() => (outcomes === null || over) && close(outcomes)}
      title={`${t(`bulk.verb.${verb}`)} · ${t('bulk.chosen', { count: jobs.length })}`}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {outcomes === null ? (
        <form onSubmit={submit}>
          <Stack>
            {verb === 'assign' && (
              <SearchSelect
                label={t('desk:job.worker')}
                required
                data-autofocus
                data={workers.map(({ id, name }) => ({ value: id, label: name }))}
                value={workerId}
                onChange={setWorkerId}
              />
            )}
            {verb === 'move' && (
              <Select
                label={t('bulk.by')}
                data-autofocus
                allowDeselect={false}
                data={STEPS_MINUTES.map((one) => ({ value: String(one), label: t(`bulk.minutes.${one}`) }))}
                value={minutes}
                onChange={(value) => value && setMinutes(value)}
              />
            )}
            {verb === 'cancel' && (
              <TextInput
                label={t('desk:reason.label')}
                description={t('bulk.noWayBack')}
                required
                data-autofocus
                maxLength={500}
                value={reason}
                onChange={(e) => setReason(e.currentTarget.value)}
              />
            )}
            {verb !== 'cancel' && (
              <Switch
                label={t('bulk.force')}
                checked={force}
                onChange={(e) => setForce(e.currentTarget.checked)}
              />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:back')}
              </Button>
              <OnlineButton type="submit" disabled={!ready} color={verb === 'cancel' ? 'red.9' : undefined}>
                {t('bulk.go', { count: jobs.length })}
              </OnlineButton>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <Text size="sm" role="status" className="tnum">
            {t('bulk.progress', {
              done: outcomes.filter(({ problem }) => problem === undefined).length,
              all: jobs.length,
            })}
          </Text>
          <ul className={classes.outcomes}>
            {outcomes.map(({ job, problem }) => (
              <li key={job.id}>
                {problem === undefined ? (
                  <IconCheck size={16} color="var(--status-available)" aria-label={t('bulk.ok')} />
                ) : (
                  <IconAlertTriangle size={16} color="var(--warn)" aria-label={t('bulk.notDone')} />
                )}
                <span>
                  {jobName(job)}
                  {problem && (
                    <Text span size="xs" c="var(--warn)" display="block">
                      {problem}
                    </Text>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <Group justify="flex-end">
            <Button disabled={!over} data-autofocus onClick={() => close(outcomes)}>
              {t('common:close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
