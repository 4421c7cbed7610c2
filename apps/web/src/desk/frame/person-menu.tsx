import { ActionIcon, Box, Menu, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { appearance } from '../../app/appearance-store';
import { session } from '../../session/session';
import { useMe } from '../../session/use-session';
import { ChooseLanguage } from '../../ui/choose-language';
import { unsaved } from '../../ui/unsaved';

export function PersonMenu() {
  const { t } = useTranslation('common');
  const me = useMe();
  const look = useSyncExternalStore(appearance.subscribe, appearance.get);
  return (
    <Menu width={270} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('person.menu', { name: me.name })}>
          <IconUserCircle size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py={6}>
          <Text size="sm" fw={600}>
            {me.name}
          </Text>
          <Text size="xs" c="dimmed">
            {me.email} · {t(`role.${me.role}`)}
          </Text>
        </Box>
        <Menu.Divider />
        <Stack gap="xs" p="sm">
          <ChooseLanguage />
          <SegmentedControl
            aria-label={t('look.label')}
            data={(['light', 'auto', 'dark'] as const).map((value) => ({ value, label: t(`look.${value}`) }))}
            value={look.chosen}
            onChange={(scheme) => appearance.set({ scheme: scheme as 'light' | 'auto' | 'dark' })}
          />
          <Switch
            label={t('look.contrast')}
            checked={look.contrast === 'high'}
            onChange={(e) => appearance.set({ contrast: e.currentTarget.checked ? 'high' : 'normal' })}
          />
        </Stack>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => unsaved.ask(() => void session.signOut())}
        >
          {t('person.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
