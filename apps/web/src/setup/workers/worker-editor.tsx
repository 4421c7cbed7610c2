import {
  Anchor,
  Breadcrumbs,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Tabs,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../../api/api';
import type { Worker, WorkerStatus } from '../../api/types';
import { WORKER_STATUSES } from '../../desk/view/view-state';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { OnlineButton } from '../../ui/online-button';
import { PageSpinner } from '../../ui/page-spinner';
import { SearchSelect } from '../../ui/search-select';
import { unsaved } from '../../ui/unsaved';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { PageHead } from '../parts/page-head';
import { useSave } from '../parts/use-save';
import classes from '../setup.module.css';
import { ArchiveWorker } from './archive-worker';
import { type Login, NewLogin } from './new-login';
import { PromisedVisits, type VisitChoice, visitsInTheWay } from './promised-visits';
import { ScheduleEditor } from './schedule-editor';
import { SkillsEditor } from './skills-editor';

const NEW = 'new';

const SHOWN = [
  'name',
  'phone',
  'externalRef',
  'vehicle',
  'userId',
  'homeAreaIds',
  'languages',
  'equipment',
  'maxOpenAssignments',
  'dayTaskLimit',
  'login.email',
  'login.password',
];

export function WorkerEditor() {
  const { t } = useTranslation('setup');
  const { id = NEW } = useParams();
  const fresh = id === NEW;
  const { data, error, refetch } = useQuery({
    queryKey: ['worker', id],
    queryFn: () => api.get('/workers/{id}', { path: { id } }),
    enabled: !fresh,
    staleTime: 0,
  });
  const [tab, setTab] = useState<string | null>('person');
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!fresh && !data) return <PageSpinner />;
  return (
    <div className={classes.page}>
      <Breadcrumbs mb="xs">
        <Anchor component={Link} to="/setup/workers" size="sm">
          {t('nav.workers')}
        </Anchor>
        <Text size="sm">{data?.name ?? t('workers.add')}</Text>
      </Breadcrumbs>
      <PageHead title={data?.name ?? t('workers.add')}>
        {data && <StatusChooser worker={data} />}
        {data && <ArchiveWorker worker={data} />}
      </PageHead>
      {data ? (
        <Tabs value={tab} onChange={(next) => unsaved.ask(() => setTab(next))} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="person">{t('workers.person')}</Tabs.Tab>
            <Tabs.Tab value="skills">{t('workers.skills')}</Tabs.Tab>
            <Tabs.Tab value="schedule">{t('workers.schedule')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="person">
            <PersonForm key={data.version} worker={data} />
          </Tabs.Panel>
          <Tabs.Panel value="skills">
            <SkillsEditor key={data.version} worker={data} />
          </Tabs.Panel>
          <Tabs.Panel value="schedule">
            <ScheduleEditor workerId={data.id} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <PersonForm worker={null} />
      )}
    </div>
  );
}

function StatusChooser({ worker }: { worker: Worker }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const [wanted, setWanted] = useState<WorkerStatus>(worker.status);
  const { save, busy, error, problem } = useSave(
    (key, { status, visits }: { status: WorkerStatus; visits: VisitChoice }) =>
      api.post('/workers/{id}/status', { path: { id: worker.id }, key, body: { status, visits } }),
    {
      keys: [['worker', worker.id]],
    },
  );
  const inTheWay = visitsInTheWay(problem);
  if (inTheWay)
    return (
      <PromisedVisits visits={inTheWay} busy={busy} onChoose={(visits) => save({ status: wanted, visits })} />
    );
  return (
    <Select
      aria-label={t('workers.status')}
      data={WORKER_STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
      value={worker.status}
      disabled={!may}
      allowDeselect={false}
      error={error}
      onChange={(status) => {
        if (!status) return;
        setWanted(status as WorkerStatus);
        save({ status: status as WorkerStatus, visits: 'ask' });
      }}
    />
  );
}

const numberOrNull = (value: string | number) => (value === '' ? null : Number(value));

function PersonForm({ worker }: { worker: Worker | null }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const navigate = useNavigate();
  const areas = useAll(entityStore.areas);
  const users = useQuery({
    queryKey: ['users', 'workers'],
    queryFn: () => api.getAll('/users', { query: { role: 'worker' } }),
  });
  const [form, setForm] = useState({
    name: worker?.name ?? '',
    phone: worker?.phone ?? '',
    externalRef: worker?.externalRef ?? '',
    userId: worker?.userId ?? null,
    homeAreaIds: worker?.homeAreaIds ?? [],
    languages: worker?.languages ?? [],
    equipment: worker?.equipment ?? [],
    vehicle: worker?.vehicle ?? '',
    maxOpenAssignments: worker?.maxOpenAssignments ?? null,
    dayTaskLimit: worker?.dayTaskLimit ?? null,
  });
  const [login, setLogin] = useState<Login>({ email: '', password: '' });
  const mayMakeAccounts = useCan('create', 'User');
  const { saved: settle } = useUnsaved([form, login]);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const { save, busy, fields, error, problem } = useSave(
    (key, visits: VisitChoice) => {
      const body = {
        ...form,
        name: form.name.trim(),
        phone: form.phone.trim() || null,
        externalRef: form.externalRef.trim() || null,
        vehicle: form.vehicle.trim() || null,
      };
      return worker
        ? api.patch('/workers/{id}', {
            path: { id: worker.id },
            key,
            body,
            query: { visits },
            version: worker.version,
          })
        : api.post('/workers', {
            key,
            body: { ...body, ...(login.email.trim() ? { login } : {}) },
          });
    },
    {
      shows: SHOWN,
      keys: worker ? [['worker', worker.id]] : [],
      done: (saved) => {
        settle();
        entityStore.workers.put(saved);
        if (!worker) navigate(`/setup/workers/${saved.id}`, { replace: true });
      },
    },
  );
  const inTheWay = visitsInTheWay(problem);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save('ask');
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack maw={760}>
          {inTheWay ? (
            <PromisedVisits visits={inTheWay} busy={busy} onChoose={save} />
          ) : (
            <FormError error={error} />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('personName')}
              required
              maxLength={120}
              value={form.name}
              onChange={(e) => set({ name: e.currentTarget.value })}
              error={fields.name}
            />
            <TextInput
              label={t('phone')}
              type="tel"
              maxLength={40}
              value={form.phone}
              onChange={(e) => set({ phone: e.currentTarget.value })}
              error={fields.phone}
            />
            <TextInput
              label={t('workers.number')}
              maxLength={80}
              value={form.externalRef}
              onChange={(e) => set({ externalRef: e.currentTarget.value })}
              error={fields.externalRef}
            />
            <TextInput
              label={t('workers.vehicle')}
              maxLength={60}
              value={form.vehicle}
              onChange={(e) => set({ vehicle: e.currentTarget.value })}
              error={fields.vehicle}
            />
            <SearchSelect
              label={t('workers.account')}
              description={t('workers.accountHint')}
              clearable
              data={(users.data ?? []).map((user) => ({
                value: user.id,
                label: `${user.name} (${user.email})`,
              }))}
              value={form.userId}
              onChange={(userId) => set({ userId })}
              error={fields.userId}
            />
            <MultiSelect
              label={t('workers.areas')}
              description={t('workers.areasHint')}
              data={areas.map((area) => ({ value: area.id, label: area.name }))}
              value={form.homeAreaIds}
              onChange={(homeAreaIds) => set({ homeAreaIds })}
              error={fields.homeAreaIds}
            />
            <TagsInput
              label={t('workers.languages')}
              placeholder="zh, en"
              value={form.languages}
              onChange={(languages) => set({ languages })}
              error={fields.languages}
            />
            <TagsInput
              label={t('workers.equipment')}
              value={form.equipment}
              onChange={(equipment) => set({ equipment })}
              error={fields.equipment}
            />
            <NumberInput
              label={t('workers.maxOpen')}
              description={t('workers.asPolicy')}
              min={1}
              max={50}
              value={form.maxOpenAssignments ?? ''}
              onChange={(v) => set({ maxOpenAssignments: numberOrNull(v) })}
              error={fields.maxOpenAssignments}
            />
            <NumberInput
              label={t('workers.dayLimit')}
              description={t('workers.noLimit')}
              min={1}
              max={200}
              value={form.dayTaskLimit ?? ''}
              onChange={(v) => set({ dayTaskLimit: numberOrNull(v) })}
              error={fields.dayTaskLimit}
            />
          </SimpleGrid>
          {!worker && mayMakeAccounts && form.userId === null && (
            <NewLogin login={login} onChange={setLogin} fields={fields} />
          )}
          {may && (
            <Group>
              <OnlineButton type="submit" loading={busy} disabled={!form.name.trim()}>
                {t('common:save')}
              </OnlineButton>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
