import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function PageHead({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <div>
        <Title order={1} size="h3">
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed" maw={640}>
            {lead}
          </Text>
        )}
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
