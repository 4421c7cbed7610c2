import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil, IconStar, IconStarFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SavedView } from '../../api/types';
import { useIsOffline } from '../../live/use-live';
import { useCan } from '../../session/use-can';
import { wordsOf } from '../actions/job-actions';
import { useSavedViews } from '../view/use-default-view';
import { DEFAULT_VIEW, type View, writeView } from '../view/view-state';
import { SavedViewForm } from './saved-view-form';
import { useMoveViewsToServer } from './use-move-views-to-server';
import { viewCommands } from './view-commands';

/** The query of a view without what is selected in it. */
const searchOf = ({ jobId: _job, workerId: _worker, follow: _follow, ...rest }: View): string =>
  writeView({ ...DEFAULT_VIEW, ...rest }).toString();

/** Views somebody gave a name: one's own, and those that others share. */
export default function SavedViews({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const offline = useIsOffline();
  const mayManage = useCan('manage', 'SavedView');
  const { data, error } = useSavedViews(true);
  useMoveViewsToServer();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const items = data?.items ?? [];
  const keep = async () => {
    const wanted = name.trim();
    const before = items.find((one) => one.own && one.name.toLowerCase() === wanted.toLowerCase());
    const fields = { name: wanted, search: searchOf(view), shared };
    await (before ? viewCommands.update(before, fields) : viewCommands.create(fields));
    setName('');
    setShared(false);
  };
  const line = (one: SavedView) =>
    one.id === editing ? (
      <SavedViewForm key={one.id} saved={one} search={searchOf(view)} onClose={() => setEditing(null)} />
    ) : (
      <Group key={one.id} wrap="nowrap" gap={2}>
        <ActionIcon
          variant="subtle"
          color={one.isDefault ? undefined : 'gray'}
          aria-pressed={one.isDefault}
          aria-label={t('views.default', { name: one.name })}
          title={t('views.default', { name: one.name })}
          disabled={offline}
          onClick={() => void viewCommands.prefer(one)}
        >
          {one.isDefault ? <IconStarFilled size={15} /> : <IconStar size={15} />}
        </ActionIcon>
        <Button
          size="sm"
          flex={1}
          miw={0}
          variant="subtle"
          color="gray"
          justify="flex-start"
          onClick={() => {
            navigate({ pathname: '/', search: one.search ? `?${one.search}` : '' });
            onClose();
          }}
        >
          {one.name}
        </Button>
        {(one.own || (mayManage && one.shared)) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('views.edit', { name: one.name })}
            onClick={() => setEditing(one.id)}
          >
            <IconPencil size={15} />
          </ActionIcon>
        )}
      </Group>
    );
  const section = (title: string, list: SavedView[]) =>
    list.length > 0 && (
      <section aria-label={title}>
        <Text size="xs" fw={600} c="dimmed" px="xs" pt={6}>
          {title}
        </Text>
        {list.map(line)}
      </section>
    );
  return (
    <Stack gap={4}>
      {error && (
        <Text size="sm" p="xs" c="var(--bad)">
          {wordsOf(error)}
        </Text>
      )}
      <Stack gap={4} mah={320} style={{ overflowY: 'auto' }}>
        {section(
          t('views.own'),
          items.filter((one) => one.own),
        )}
        {section(
          t('views.shared'),
          items.filter((one) => !one.own),
        )}
      </Stack>
      <Stack p="xs" gap={8}>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            miw={0}
            aria-label={t('filter.name')}
            placeholder={t('filter.name')}
            maxLength={80}
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            onKeyDown={(e) => e.key === 'Enter' && name.trim() && !offline && void keep()}
          />
          <Button size="xs" flex="none" disabled={!name.trim() || offline} onClick={() => void keep()}>
            {t('filter.keep')}
          </Button>
        </Group>
        <Checkbox
          size="xs"
          label={t('views.share')}
          checked={shared}
          onChange={(e) => setShared(e.currentTarget.checked)}
        />
      </Stack>
    </Stack>
  );
}
