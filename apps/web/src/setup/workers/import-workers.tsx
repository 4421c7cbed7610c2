import {
  Alert,
  Anchor,
  Breadcrumbs,
  Button,
  Code,
  FileButton,
  Group,
  Progress,
  Stack,
  Table,
  Text,
  Textarea,
} from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/call';
import type { Worker } from '../../api/types';
import { wordsOf } from '../../desk/actions/job-actions';
import { toaster } from '../../ui/toaster';
import { useAll } from '../../world/use-world';
import { world } from '../../world/world';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { COLUMNS, readImport } from './import-rows';

const MOST_SHOWN = 200;

/** Paste or choose a file, see what is wrong in which cell, then take in what is right. */
export function ImportWorkers() {
  const { t } = useTranslation('setup');
  const areas = useAll(world.areas);
  const [text, setText] = useState('');
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<Record<number, string>>({});
  const found = useMemo(
    () => readImport(text, new Map(areas.map((area) => [area.name.toLowerCase(), area.id]))),
    [text, areas],
  );
  const good = found.rows.filter((row) => row.body);
  const bad = found.rows.length - good.length;
  const run = async () => {
    setRefused({});
    let taken = 0;
    for (const [index, row] of good.entries()) {
      setDone(index);
      try {
        world.workers.put(await call<Worker>('POST', '/workers', { body: row.body }));
        taken += 1;
      } catch (error) {
        setRefused((before) => ({ ...before, [row.line]: wordsOf(error) }));
      }
    }
    setDone(null);
    toaster.show(t('import.done', { count: taken }));
  };
  return (
    <div className={classes.page}>
      <Breadcrumbs mb="xs">
        <Anchor component={Link} to="/setup/workers" size="sm">
          {t('nav.workers')}
        </Anchor>
        <Text size="sm">{t('workers.import')}</Text>
      </Breadcrumbs>
      <PageHead title={t('workers.import')} lead={t('import.lead')} />
      <Stack>
        <Text size="sm">
          {t('import.columns')} <Code>{COLUMNS.join(', ')}</Code>
        </Text>
        <Group>
          <FileButton accept=".csv,text/csv" onChange={(file) => void file?.text().then(setText)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={17} />}>
                {t('import.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label={t('import.paste')}
          autosize
          minRows={4}
          maxRows={10}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
        {found.unknown.length > 0 && (
          <Alert color="yellow" variant="light">
            {t('import.unknown', { columns: found.unknown.join(', ') })}
          </Alert>
        )}
        {found.rows.length > 0 && (
          <>
            <Group>
              <Button disabled={good.length === 0 || done !== null} onClick={() => void run()}>
                {t('import.run', { count: good.length })}
              </Button>
              {bad > 0 && <Text c="var(--bad)">{t('import.bad', { count: bad })}</Text>}
            </Group>
            {done !== null && (
              <Progress value={(done / good.length) * 100} aria-label={t('import.running')} />
            )}
            <Table.ScrollContainer minWidth={700}>
              <Table withTableBorder withColumnBorders verticalSpacing={4}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('import.line')}</Table.Th>
                    {found.columns.map((column) => (
                      <Table.Th key={column}>{column}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.rows.slice(0, MOST_SHOWN).map((row) => (
                    <Table.Tr key={row.line}>
                      <Table.Td className="tnum">
                        {row.line}
                        {refused[row.line] && <span className={classes.badText}>{refused[row.line]}</span>}
                      </Table.Td>
                      {found.columns.map((column) => (
                        <Table.Td key={column} className={row.problems[column] ? classes.bad : undefined}>
                          {row.cells[column]}
                          {row.problems[column] && (
                            <span className={classes.badText}>
                              {t(`import.problem.${row.problems[column]}`)}
                            </span>
                          )}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </>
        )}
      </Stack>
    </div>
  );
}
