import {
  Alert,
  Anchor,
  Breadcrumbs,
  Button,
  Code,
  FileButton,
  Group,
  Loader,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { isOffline, Problem } from '../../api/problem';
import { Failure } from '../../ui/failure';
import { LineButton } from '../../ui/line-button';
import { toaster } from '../../ui/toaster';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { PageHead } from '../parts/page-head';
import { useSave } from '../parts/use-save';
import classes from '../setup.module.css';
import { Faults } from './fault-words';
import { COLUMNS, faultsOf, type ImportPreview, sendWorkers } from './import-file';
import { ImportTable } from './import-table';
import { textOf } from './text-of';

const TYPING_MS = 400;

/** Paste or choose a file, see what the server says to which cell, then have all of it taken in, or nothing. */
export function ImportWorkers() {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const given = text.trim() !== '';
  const { saved } = useUnsaved(given);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['workers', 'import', settled],
    queryFn: ({ signal }) => sendWorkers(settled, { dryRun: true, signal }),
    enabled: settled.trim() !== '',
    // What is known of the workers may change while the file stays the same.
    staleTime: 0,
    gcTime: 0,
  });
  const checked = given && text === settled && !isFetching;
  const {
    save,
    busy,
    error: refused,
    problem,
  } = useSave((key) => sendWorkers(text, { dryRun: false, key }), {
    says: null,
    done: ({ rows }) => {
      saved();
      toaster.show(t('import.done', { count: rows }));
      void navigate('/setup/workers');
    },
  });
  const choose = async (file: File) => {
    const read = await textOf(file);
    setUnreadable(read === null);
    setText(read ?? '');
  };
  const faults = faultsOf(error);
  const refusals = faultsOf(problem);
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
          <FileButton accept=".csv,text/csv" onChange={(file) => file && void choose(file)}>
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
        {unreadable && !given && (
          <Alert color="red" variant="light" role="alert" title={t('import.notUtf8')} />
        )}
        {given && !checked && (
          <Group gap="xs" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm" c="dimmed">
              {t('import.checking')}
            </Text>
          </Group>
        )}
        {checked && error && faults.length > 0 && (
          <Alert color="red" variant="light" role="alert" title={t('import.notATable')}>
            <Faults faults={faults} />
          </Alert>
        )}
        {checked && error && faults.length === 0 && (
          <Failure error={error} retry={isUseless(error) ? undefined : () => void refetch()} />
        )}
        {checked && data && !error && (
          <>
            {refusals.length > 0 ? (
              <Alert color="red" variant="light" role="alert" title={t('import.refused')}>
                <Faults faults={refusals} />
              </Alert>
            ) : (
              <FormError error={refused} />
            )}
            <Outcome preview={data} busy={busy} onRun={() => save(undefined as never)} />
            <ImportTable preview={data} />
          </>
        )}
      </Stack>
    </div>
  );
}

/** Asking the same again would say the same again. */
const isUseless = (error: unknown): boolean =>
  error instanceof Problem && !isOffline(error) && error.status < 500;

function Outcome({ preview, busy, onRun }: { preview: ImportPreview; busy: boolean; onRun: () => void }) {
  const { t } = useTranslation('setup');
  const { rows, created, updated, errors, columns } = preview;
  // What stands in no cell of the table must be said beside it.
  const elsewhere = errors.filter(({ column }) => !columns.includes(column));
  if (errors.length > 0)
    return (
      <Stack gap="xs" role="alert">
        <Text c="var(--bad)" fw={550}>
          {t('import.bad', { count: errors.length })}
        </Text>
        {elsewhere.length > 0 && <Faults faults={elsewhere} />}
      </Stack>
    );
  return (
    <Group>
      <LineButton onClick={onRun} loading={busy}>
        {t('import.run', { count: rows })}
      </LineButton>
      <Text size="sm">{t('import.good', { created, updated })}</Text>
    </Group>
  );
}
