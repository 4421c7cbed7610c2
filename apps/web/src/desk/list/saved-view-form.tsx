import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../api/types';
import { useIsOffline } from '../../live/use-live';
import { viewCommands } from './view-commands';

interface Props {
  saved: SavedView;
  /** What the desk shows now. */
  search: string;
  onClose: () => void;
}

/** Another name, other filters, shared or not, or gone. */
export function SavedViewForm({ saved, search, onClose }: Props) {
  const { t } = useTranslation('desk');
  const offline = useIsOffline();
  const [name, setName] = useState(saved.name);
  const [shared, setShared] = useState(saved.shared);
  const [renewed, setRenewed] = useState(false);
  const save = async () => {
    const fields = { name: name.trim(), shared, ...(renewed && { search }) };
    if (await viewCommands.update(saved, fields)) onClose();
  };
  return (
    <Stack gap={8} p="xs" style={{ border: '1px solid var(--line)', borderRadius: 6 }}>
      <TextInput
        size="xs"
        label={t('filter.name')}
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Enter' && name.trim() && !offline && void save()}
      />
      <Checkbox
        size="xs"
        label={t('views.share')}
        checked={shared}
        onChange={(e) => setShared(e.currentTarget.checked)}
      />
      <Checkbox
        size="xs"
        label={t('views.renew')}
        checked={renewed}
        disabled={search === saved.search}
        onChange={(e) => setRenewed(e.currentTarget.checked)}
      />
      <Group gap="xs" justify="space-between">
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={offline}
          onClick={() => void viewCommands.remove(saved).then((gone) => gone && onClose())}
        >
          {t('views.delete')}
        </Button>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button size="xs" disabled={!name.trim() || offline} onClick={() => void save()}>
            {t('filter.keep')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
