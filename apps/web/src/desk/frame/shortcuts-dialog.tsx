import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const KEYS = [
  ['palette', 'Ctrl K'],
  ['next', 'J'],
  ['previous', 'K'],
  ['assign', 'A'],
  ['create', 'C'],
  ['edit', 'E'],
  ['reschedule', 'R'],
  ['choose', 'X'],
  ['chooseAll', 'Shift X'],
  ['plan', 'P'],
  ['search', '/'],
  ['alerts', 'G'],
  ['fit', 'F'],
  ['fitSelected', 'Shift F'],
  ['zoom', '+ / -'],
  ['move', 'M'],
  ['undo', 'Ctrl Z'],
  ['close', 'Esc'],
  ['sheet', '?'],
] as const;

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap={6}>
        {KEYS.map(([name, key]) => (
          <Group key={name} justify="space-between">
            <Text size="sm">{t(`shortcuts.${name}`)}</Text>
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
