import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../setup.module.css';
import { FaultWords } from './fault-words';
import type { ImportPreview } from './import-file';

/** The file as the server read it; a wrong cell is marked, and says what is wrong with it. */
export function ImportTable({ preview: { columns, preview, rows } }: { preview: ImportPreview }) {
  const { t } = useTranslation('setup');
  return (
    <>
      <Table.ScrollContainer minWidth={700}>
        <Table withTableBorder withColumnBorders verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.line')}</Table.Th>
              <Table.Th>{t('import.action')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.map(({ line, action, cells }) => (
              <Table.Tr key={line}>
                <Table.Td className="tnum">{line}</Table.Td>
                <Table.Td>{t(`import.${action}`)}</Table.Td>
                {cells.map(({ value, error, ...fault }, i) => (
                  <Table.Td key={columns[i]} className={error ? classes.bad : undefined}>
                    {value}
                    {error && (
                      <span className={classes.badText}>
                        <FaultWords {...fault} message={error} />
                      </span>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {preview.length < rows && (
        <Text size="sm" c="dimmed">
          {t('import.shown', { count: preview.length })}
        </Text>
      )}
    </>
  );
}
