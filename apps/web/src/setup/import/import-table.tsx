import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../setup.module.css';
import { FaultWords } from './fault-words';
import type { ImportKind, ImportPreview } from './import-kinds';

interface Shown {
  kind: ImportKind;
  preview: ImportPreview;
}

/** The file as the server read it; a wrong cell is marked, and says what is wrong with it. */
export function ImportTable({ kind, preview: { columns, preview, rows } }: Shown) {
  const { t } = useTranslation('setup');
  return (
    <>
      <Table.ScrollContainer minWidth={700}>
        <Table withTableBorder withColumnBorders verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{kind.name === 'areas' ? t('import.number') : t('import.line')}</Table.Th>
              <Table.Th>{t('import.action')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>
                  {kind.name === 'areas' ? t(`import.areaColumn.${column}`) : column}
                </Table.Th>
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
