import { Box, Button, Divider, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { IconLock, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { appearanceStore } from '../../app/appearance-store';
import { session } from '../../session/session';
import { useMe } from '../../session/use-session';
import { useStore } from '../../store/use-store';
import { ChooseLanguage } from '../../ui/choose-language';
import { unsaved } from '../../ui/unsaved';

/** Who is logged in, how the pages look to them, and the way out. */
export default function PersonForm() {
  const { t } = useTranslation(['common', 'account']);
  const me = useMe();
  const look = useStore(appearanceStore);
  return (
    <>
      <Box px="sm" py="xs">
        <Text size="sm" fw={600}>
          {me.name}
        </Text>
        <Text size="xs" c="dimmed">
          {me.email} · {t(`role.${me.role}`)}
        </Text>
      </Box>
      <Divider />
      <Stack gap="xs" p="sm">
        <ChooseLanguage />
        <SegmentedControl
          aria-label={t('look.label')}
          data={(['light', 'auto', 'dark'] as const).map((value) => ({ value, label: t(`look.${value}`) }))}
          value={look.chosen}
          onChange={(scheme) => appearanceStore.set({ scheme: scheme as 'light' | 'auto' | 'dark' })}
        />
        <Switch
          label={t('look.contrast')}
          checked={look.contrast === 'high'}
          onChange={(e) => appearanceStore.set({ contrast: e.currentTarget.checked ? 'high' : 'normal' })}
        />
      </Stack>
      <Divider />
      <Box p={4}>
        <Button
          component={Link}
          to="/setup/sessions"
          fullWidth
          variant="subtle"
          color="gray"
          justify="flex-start"
          leftSection={<IconLock size={16} />}
        >
          {t('account:title')}
        </Button>
        <Button
          fullWidth
          variant="subtle"
          color="gray"
          justify="flex-start"
          leftSection={<IconLogout size={16} />}
          onClick={() => unsaved.ask(() => void session.signOut())}
        >
          {t('person.signOut')}
        </Button>
      </Box>
    </>
  );
}
