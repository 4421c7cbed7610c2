import {
  Anchor,
  Breadcrumbs,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Tabs,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../../api/api';
import type { Worker, WorkerStatus } from '../../api/types';
import { WORKER_STATUSES } from '../../desk/view/view-state';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { PageSpinner } from '../../ui/page-spinner';
import { SearchSelect } from '../../ui/search-select';
import { unsaved } from '../../ui/unsaved';
import { PageHead } from '../parts/page-head';
import { SetupForm } from '../parts/setup-form';
import { useSave } from '../parts/use-save';
import { useSetupForm } from '../parts/use-setup-form';
import classes from '../setup.module.css';
import { ArchiveWorker } from './archive-worker';
import { NewLogin } from './new-login';
import { askAboutVisits, type VisitChoice } from './promised-visits';
import { ScheduleEditor } from './schedule-editor';
import { SkillsEditor } from './skills-editor';

const NEW = 'new';

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
  const asked = askAboutVisits({ problem, busy, save: (visits) => save({ status: wanted, visits }) });
  if (asked) return asked;
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
const textOrNull = (text: string) => text.trim() || null;

function PersonForm({ worker }: { worker: Worker | null }) {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const areas = useAll(entityStore.areas);
  const users = useQuery({
    queryKey: ['users', 'workers'],
    queryFn: () => api.getAll('/users', { query: { role: 'worker' } }),
  });
  const mayMakeAccounts = useCan('create', 'User');
  const form = useSetupForm({
    initial: {
      name: worker?.name ?? '',
      phone: worker?.phone ?? '',
      externalRef: worker?.externalRef ?? '',
      userId: worker?.userId ?? null,
      homeAreaIds: worker?.homeAreaIds ?? [],
      languages: worker?.languages ?? [],
      equipment: worker?.equipment ?? [],
      vehicle: worker?.vehicle ?? '',
      maxOpenAssignments: worker?.maxOpenAssignments ?? '',
      dayTaskLimit: worker?.dayTaskLimit ?? '',
      login: { email: '', password: '' },
    },
    may: useCan('update', 'Worker'),
    send: (key, { login, ...values }, visits: VisitChoice = 'ask') => {
      const body = {
        ...values,
        name: values.name.trim(),
        phone: textOrNull(values.phone),
        externalRef: textOrNull(values.externalRef),
        vehicle: textOrNull(values.vehicle),
        maxOpenAssignments: numberOrNull(values.maxOpenAssignments),
        dayTaskLimit: numberOrNull(values.dayTaskLimit),
      };
      if (worker) {
        const path = { id: worker.id };
        return api.patch('/workers/{id}', { path, key, body, query: { visits }, version: worker.version });
      }
      const account = values.userId === null && login.email.trim() ? { login } : {};
      return api.post('/workers', { key, body: { ...body, ...account } });
    },
    keys: worker ? [['worker', worker.id]] : [],
    done: (saved) => {
      entityStore.workers.put(saved);
      if (!worker) navigate(`/setup/workers/${saved.id}`, { replace: true });
    },
  });
  return (
    <SetupForm form={form} maw={760} notice={askAboutVisits(form)} incomplete={!form.values.name.trim()}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('personName')} required maxLength={120} {...form.getInputProps('name')} />
        <TextInput label={t('phone')} type="tel" maxLength={40} {...form.getInputProps('phone')} />
        <TextInput label={t('workers.number')} maxLength={80} {...form.getInputProps('externalRef')} />
        <TextInput label={t('workers.vehicle')} maxLength={60} {...form.getInputProps('vehicle')} />
        <SearchSelect
          label={t('workers.account')}
          description={t('workers.accountHint')}
          clearable
          data={(users.data ?? []).map((user) => ({ value: user.id, label: `${user.name} (${user.email})` }))}
          value={form.values.userId}
          {...form.getInputProps('userId')}
        />
        <MultiSelect
          label={t('workers.areas')}
          description={t('workers.areasHint')}
          data={areas.map((area) => ({ value: area.id, label: area.name }))}
          {...form.getInputProps('homeAreaIds')}
        />
        <TagsInput label={t('workers.languages')} placeholder="zh, en" {...form.getInputProps('languages')} />
        <TagsInput label={t('workers.equipment')} {...form.getInputProps('equipment')} />
        <NumberInput
          label={t('workers.maxOpen')}
          description={t('workers.asPolicy')}
          min={1}
          max={50}
          {...form.getInputProps('maxOpenAssignments')}
        />
        <NumberInput
          label={t('workers.dayLimit')}
          description={t('workers.noLimit')}
          min={1}
          max={200}
          {...form.getInputProps('dayTaskLimit')}
        />
      </SimpleGrid>
      {!worker && mayMakeAccounts && form.values.userId === null && (
        <NewLogin
          email={form.getInputProps('login.email')}
          password={form.getInputProps('login.password')}
          wanted={form.values.login.email.trim() !== ''}
        />
      )}
    </SetupForm>
  );
}
