import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DEFAULT_VIEW, type View, writeView } from '../view/view-state';

/** Views somebody gave a name; kept in this browser as the addresses that they are. */
export default function SavedViews({ view, onClose }: { view: View; onClose: () => void }) {
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
    <>
      {saved.map((one) => (
        <Group key={one.name} wrap="nowrap" gap={4}>
          <Button
            size="sm"
            flex={1}
            miw={0}
            variant="subtle"
            color="gray"
            justify="flex-start"
            onClick={() => {
              navigate({ search: one.search });
              onClose();
            }}
          >
            {one.name}
          </Button>
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
          onKeyDown={(e) => e.key === 'Enter' && name.trim() && keep()}
        />
        <Button size="xs" flex="none" disabled={!name.trim()} onClick={keep}>
          {t('filter.keep')}
        </Button>
      </Group>
    </>
  );
}
