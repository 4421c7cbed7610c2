import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Paper,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import type { Job } from '../../api/types';
import { useIsOffline } from '../../live/use-live';
import { useWorker } from '../../store/use-entities';
import { jobName } from '../../ui/job-number';
import { OnlineButton } from '../../ui/online-button';
import { PriorityInput } from '../../ui/priority-input';
import { useUnsaved } from '../../ui/use-unsaved';
import { wordsOf } from '../actions/job-actions';
import { isHeld } from '../panel/held';
import { ChangeEffect } from './change-effect';
import { changeOf, formOf } from './job-form';
import { useChange, usePreview, type VisitRequest } from './use-change';
import { WindowFields } from './window-fields';

interface Props {
  job: Job;
  /** Only the time, or all of it. */
  what: 'time' | 'all';
  onClose: () => void;
}

/** Changes a job, and shows before it is saved what that does to the promised visit and the day around it. */
export default function ChangeJob({ job, what, onClose }: Props) {
  const { t } = useTranslation(['call', 'desk']);
  const offline = useIsOffline();
  // What was on the screen when it was opened; a newer version is a conflict, and not silently overwritten.
  const [seen] = useState(job);
  const [before] = useState(() => formOf(job));
  const [form, setForm] = useState(before);
  const [visit, setVisit] = useState<VisitRequest>('follow');
  const holder = useWorker(seen.workerId);
  const { leave } = useUnsaved(form, { stays: true });
  const change = changeOf(before, form);
  const changes = Object.keys(change).length > 0;
  const { data: effect, error: refused, isSettled } = usePreview(seen, change, visit);
  const save = useChange(seen, onClose);
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const problem = [save.error, refused].find((one) => one instanceof Problem && one.errors.length > 0);
  const fields = problem instanceof Problem ? problem.fields : {};
  const ready = changes && isSettled && effect !== undefined && !refused && effect.refusals.length === 0;
  const anyway = effect !== undefined && effect.warnings.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) save.send({ change, visit, effect });
  };
  return (
    <Modal
      opened
      size={what === 'all' ? 'lg' : 'md'}
      onClose={() => leave(onClose)}
      title={`${what === 'all' ? t('change.edit') : t('change.reschedule')} ${jobName(seen)}`}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.error !== null && (
            <Alert color="red" variant="light" role="alert">
              {wordsOf(save.error)}
            </Alert>
          )}
          {what === 'all' && (
            <>
              <Group grow align="flex-start">
                <TextInput
                  type="tel"
                  label={t('desk:job.phone')}
                  maxLength={40}
                  value={form.contactPhone}
                  onChange={(e) => set({ contactPhone: e.currentTarget.value })}
                  error={fields.contactPhone}
                />
                <TextInput
                  label={t('desk:job.contact')}
                  maxLength={200}
                  value={form.contactName}
                  onChange={(e) => set({ contactName: e.currentTarget.value })}
                  error={fields.contactName}
                />
              </Group>
              <TextInput
                label={t('change.address')}
                description={t('change.addressHint')}
                required
                maxLength={500}
                value={form.address}
                onChange={(e) => set({ address: e.currentTarget.value })}
                error={fields.address}
              />
            </>
          )}
          <WindowFields form={form} onChange={setForm} fields={fields} autoFocus />
          {what === 'all' && (
            <>
              <Group grow align="flex-start">
                <NumberInput
                  label={t('change.minutes')}
                  min={1}
                  max={20_160}
                  value={form.minutes}
                  onChange={(value) => set({ minutes: Number(value) || 0 })}
                  error={fields.durationSeconds}
                />
              </Group>
              <PriorityInput
                label={t('desk:create.priority')}
                value={form.priority}
                onChange={(priority) => set({ priority })}
                error={fields.priority}
              />
              <Textarea
                label={t('desk:job.notes')}
                autosize
                minRows={2}
                maxLength={5_000}
                value={form.notes}
                onChange={(e) => set({ notes: e.currentTarget.value })}
                error={fields.notes}
              />
            </>
          )}
          {holder && isHeld(seen) && (
            <SegmentedControl
              aria-label={t('change.visit')}
              value={visit}
              onChange={(wish) => setVisit(wish as VisitRequest)}
              data={[
                { value: 'follow', label: t('change.follow', { name: holder.name }) },
                { value: 'release', label: t('change.release') },
              ]}
            />
          )}
          {changes && !offline && (
            <Paper withBorder p="sm" role="status" aria-busy={!isSettled}>
              <ChangeEffect effect={isSettled || !effect ? effect : undefined} problem={refused} />
            </Paper>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => leave(onClose)}>
              {t('common:cancel')}
            </Button>
            <OnlineButton
              type="submit"
              disabled={!ready}
              loading={save.isPending}
              color={anyway ? 'red.9' : undefined}
            >
              {anyway ? t('change.saveAnyway') : t('common:save')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
