import { Anchor, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChooseLanguage } from '../ui/choose-language';
import ChangePassword from './change-password';
import { isOffice } from './home';
import { session } from './session';
import { useMe } from './use-session';

/** Roles whose pages are still to be built. */
const WAITING = ['inspector', 'customer'] as const;

const words = (role: string): 'inspector' | 'customer' | 'worker' | 'office' =>
  (WAITING as readonly string[]).includes(role)
    ? (role as 'inspector' | 'customer')
    : role === 'worker'
      ? 'worker'
      : 'office';

/** Who one is, what will be here, and what can be done already; for accounts without pages of their own. */
export default function RolePage() {
  const { t } = useTranslation('account');
  const me = useMe();
  const kind = words(me.role);
  const coming = kind === 'inspector' || kind === 'customer' ? (['one', 'two', 'three'] as const) : [];
  return (
    <main>
      <Stack maw={520} mx="auto" p="md" py="xl">
        <div>
          <Text c="dimmed">{me.organization.name}</Text>
          <Title order={1} size="h2">
            {t('role.title', { role: t(`common:role.${me.role}`) })}
          </Title>
          <Text>{t('role.who', { name: me.name, email: me.email ?? '' })}</Text>
        </div>
        <Paper withBorder p="md">
          <Text fw={600}>{t(`role.${kind}.now`)}</Text>
          {coming.length > 0 && (
            <>
              <Text mt="sm">{t('role.toCome')}</Text>
              <List mt={4}>
                {coming.map((item) => (
                  <List.Item key={item}>{t(`role.${kind as 'inspector'}.${item}`)}</List.Item>
                ))}
              </List>
            </>
          )}
          {isOffice(me) && (
            <Anchor component={Link} to="/">
              {t('role.toDesk')}
            </Anchor>
          )}
        </Paper>
        <ChooseLanguage />
        <ChangePassword />
        <Group>
          <Button variant="light" mih={44} onClick={() => void session.signOut()}>
            {t('common:person.signOut')}
          </Button>
        </Group>
      </Stack>
    </main>
  );
}
