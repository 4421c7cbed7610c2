import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { differences, hasOverride } from './layers';
import type { PolicyBody } from './policy-fields';
import { useWords } from './use-words';

interface Side {
  title: string;
  body: PolicyBody;
}

/** Where two policies do not say the same, side by side. */
export function DifferencesTable({ one, other }: { one: Side; other: Side }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const paths = differences(one.body, other.body);
  if (paths.length === 0) return <Text size="sm">{t('policies.sameBoth')}</Text>;
  return (
    <Table withTableBorder verticalSpacing={6} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('policies.number')}</Table.Th>
          <Table.Th>{one.title}</Table.Th>
          <Table.Th>{other.title}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {paths.map((path) => (
          <Table.Tr key={path}>
            <Table.Td>{words.label(path)}</Table.Td>
            {[one, other].map(({ title, body }) => {
              const value = hasOverride(body, path);
              return (
                <Table.Td key={title} c={value === undefined ? 'dimmed' : undefined}>
                  {words.value(path, value)}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
