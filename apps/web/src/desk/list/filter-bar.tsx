import { ActionIcon, Box, Button, Group, NativeSelect, Popover } from '@mantine/core';
import { IconBookmark, IconColumns3, IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { TakeFocus } from '../../ui/take-focus';
import { useAddressed } from '../../ui/use-addressed';
import { useMaySaveViews } from '../view/use-default-view';
import {
  DEFAULT_VIEW,
  JOB_GROUPS,
  JOB_SORTS,
  type JobGroup,
  type JobSort,
  type View,
} from '../view/view-state';

const ColumnForm = lazyWithRetry(() => import('./column-form'));
const FilterForm = lazyWithRetry(() => import('./filter-form'));
const SavedViews = lazyWithRetry(() => import('./saved-views'));

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
}

export function FilterBar({ view, change }: Props) {
  const { t } = useTranslation('desk');
  const jobs = view.tab === 'jobs';
  const [sort, setSort] = useAddressed(view.sort, (chosen) => change({ sort: chosen }));
  const [group, setGroup] = useAddressed(view.group, (chosen) => change({ group: chosen }));
  const mayKeep = useMaySaveViews();
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
          <LazyBoundary>
            <TakeFocus>
              <FilterForm view={view} change={change} />
            </TakeFocus>
          </LazyBoundary>
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
            <LazyBoundary>
              <TakeFocus>
                <ColumnForm columns={view.columns} change={change} />
              </TakeFocus>
            </LazyBoundary>
          </Popover.Dropdown>
        </Popover>
      )}
      {mayKeep && (
        <Box ml="auto">
          <SavedPopover view={view} />
        </Box>
      )}
      {jobs && (
        <Group gap={6} wrap="nowrap" w="100%">
          <NativeSelect
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.sort')}
            data={JOB_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
            value={sort}
            onChange={(e) => setSort(e.currentTarget.value as JobSort)}
          />
          <NativeSelect
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.group')}
            data={JOB_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
            value={group}
            onChange={(e) => setGroup(e.currentTarget.value as JobGroup)}
          />
        </Group>
      )}
    </Group>
  );
}

function SavedPopover({ view }: { view: View }) {
  const { t } = useTranslation('desk');
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('filter.saved')}
          onClick={() => setOpened(!opened)}
        >
          <IconBookmark size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <LazyBoundary>
          <TakeFocus>
            <SavedViews view={view} onClose={() => setOpened(false)} />
          </TakeFocus>
        </LazyBoundary>
      </Popover.Dropdown>
    </Popover>
  );
}
