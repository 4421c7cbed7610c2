import { Button, Center, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text?: ReactNode;
  action?: { label: string; run: () => void };
}

/** Nothing here, and what to do about it: for empty lists, failures and what somebody may not see. */
export function Empty({ icon, title, text, action }: Props) {
  return (
    <Center p="xl" mih={220}>
      <Stack align="center" gap="xs" maw={320} ta="center">
        <ThemeIcon size={44} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        {action && (
          <Button variant="light" size="xs" mt="xs" onClick={action.run}>
            {action.label}
          </Button>
        )}
      </Stack>
    </Center>
  );
}
