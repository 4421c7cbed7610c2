import { ActionIcon, Box, Button, Group, Menu, NativeSelect, Popover, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconBookmark, IconColumns3, IconFilter, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { lazyPart, Part } from '../../ui/part';
import {
  DEFAULT_VIEW,
  JOB_GROUPS,
  JOB_SORTS,
  type JobGroup,
  type JobSort,
  type View,
  writeView,
} from '../view/view-state';

const ColumnForm = lazyPart(() => import('./column-form'));
const FilterForm = lazyPart(() => import('./filter-form'));

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
}

export function FilterBar({ view, change }: Props) {
  const { t } = useTranslation('desk');
  const jobs = view.tab === 'jobs';
  const narrowed =
    view.areaIds.length > 0 ||
    (jobs
      ? view.states.length !== DEFAULT_VIEW.states.length
      : view.statuses.length !== DEFAULT_VIEW.statuses.length);
  return (
    <Group gap={6}>
      <Popover width={300} position="bottom-start" shadow="md" trapFocus>
        <Popover.Target>
          <Button size="xs" variant={narrowed ? 'light' : 'default'} leftSection={<IconFilter size={15} />}>
            {t('filter.title')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Part>
            <FilterForm view={view} change={change} />
          </Part>
        </Popover.Dropdown>
      </Popover>
      {jobs && (
        <Popover width={220} position="bottom-start" shadow="md" trapFocus>
          <Popover.Target>
            <Button size="xs" variant="default" leftSection={<IconColumns3 size={15} />}>
              {t('column.button')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Part>
              <ColumnForm columns={view.columns} change={change} />
            </Part>
          </Popover.Dropdown>
        </Popover>
      )}
      <Box ml="auto">
        <SavedViews view={view} />
      </Box>
      {jobs && (
        <Group gap={6} wrap="nowrap" w="100%">
          <NativeSelect
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.sort')}
            data={JOB_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
            value={view.sort}
            onChange={(e) => change({ sort: e.currentTarget.value as JobSort })}
          />
          <NativeSelect
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.group')}
            data={JOB_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
            value={view.group}
            onChange={(e) => change({ group: e.currentTarget.value as JobGroup })}
          />
        </Group>
      )}
    </Group>
  );
}

/** Views somebody gave a name; kept in this browser as the addresses that they are. */
function SavedViews({ view }: { view: View }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const [saved, setSaved] = useLocalStorage<{ name: string; search: string }[]>({
    key: 'doorstep.views',
    defaultValue: [],
  });
  const [name, setName] = useState('');
  const keep = () => {
    const { jobId: _job, workerId: _worker, follow: _follow, ...rest } = view;
    const search = writeView({ ...DEFAULT_VIEW, ...rest }).toString();
    setSaved([...saved.filter((s) => s.name !== name.trim()), { name: name.trim(), search }]);
    setName('');
  };
  return (
    <Menu position="bottom-end" width={260} shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('filter.saved')}>
          <IconBookmark size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {saved.map((one) => (
          <Group key={one.name} wrap="nowrap" gap={4}>
            <Menu.Item closeMenuOnClick onClick={() => navigate({ search: one.search })}>
              {one.name}
            </Menu.Item>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('filter.forget', { name: one.name })}
              onClick={() => setSaved(saved.filter((s) => s.name !== one.name))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Group p="xs" gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.name')}
            placeholder={t('filter.name')}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            onKeyDown={(e) => {
              e.stopPropagation();
              if (e.key === 'Enter' && name.trim()) keep();
            }}
          />
          <Button size="xs" flex="none" disabled={!name.trim()} onClick={keep}>
            {t('filter.keep')}
          </Button>
        </Group>
      </Menu.Dropdown>
    </Menu>
  );
}
