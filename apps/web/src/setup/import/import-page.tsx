import { Alert, Anchor, Breadcrumbs, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { isOffline, Problem } from '../../api/problem';
import { Failure } from '../../ui/failure';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { PageHead } from '../parts/page-head';
import { useSave } from '../parts/use-save';
import classes from '../setup.module.css';
import { ChosenFile } from './chosen-file';
import { Faults } from './fault-words';
import { faultsOf, type ImportKind, type ImportPreview, sendFile } from './import-kinds';
import { ImportTable } from './import-table';

const TYPING_MS = 400;

/** Paste or choose a file, see what the server says to which cell, then have all of it imported, or nothing. */
export function ImportPage({ kind }: { kind: ImportKind }) {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const given = text.trim() !== '';
  const { saved } = useUnsaved(given);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [kind.name, 'import', settled],
    queryFn: ({ signal }) => sendFile(kind, settled, { dryRun: true, signal }),
    enabled: settled.trim() !== '',
    // What is known may change while the file stays the same.
    staleTime: 0,
    gcTime: 0,
  });
  const checked = given && text === settled && !isFetching;
  const {
    save,
    busy,
    error: refused,
    problem,
  } = useSave((key) => sendFile(kind, text, { dryRun: false, key }), {
    says: null,
    keys: kind.keys,
    done: ({ rows }) => {
      saved();
      toaster.show(t('import.done', { count: rows }));
      void navigate(kind.seenAt);
    },
  });
  const faults = faultsOf(error);
  const refusals = faultsOf(problem);
  const title = t(`import.of.${kind.name}.title`);
  return (
    <div className={classes.page}>
      <Breadcrumbs mb="xs">
        <Anchor component={Link} to={kind.seenAt} size="sm">
          {t(`import.of.${kind.name}.seen`)}
        </Anchor>
        <Text size="sm">{title}</Text>
      </Breadcrumbs>
      <PageHead title={title} lead={t(`import.of.${kind.name}.lead`)} />
      <Stack>
        {kind.columns.length > 0 && (
          <Text size="sm">
            {t('import.columns')} <Code className={classes.columns}>{kind.columns.join(', ')}</Code>
          </Text>
        )}
        <ChosenFile accept={kind.accept} text={text} onText={setText} />
        {given && !checked && (
          <Group gap="xs" role="status">
            <Loader size="xs" aria-hidden />
            <Text size="sm" c="dimmed">
              {t('import.checking')}
            </Text>
          </Group>
        )}
        {checked && error && faults.length > 0 && (
          <Alert color="red" variant="light" role="alert" title={t(`import.of.${kind.name}.notOne`)}>
            <Faults kind={kind} faults={faults} />
          </Alert>
        )}
        {checked && error && faults.length === 0 && (
          <Failure error={error} retry={isUseless(error) ? undefined : () => void refetch()} />
        )}
        {checked && data && !error && (
          <>
            {refusals.length > 0 ? (
              <Alert color="red" variant="light" role="alert" title={t('import.refused')}>
                <Faults kind={kind} faults={refusals} />
              </Alert>
            ) : (
              <FormError error={refused} />
            )}
            <Outcome kind={kind} preview={data} busy={busy} onRun={() => save()} />
            <ImportTable kind={kind} preview={data} />
          </>
        )}
      </Stack>
    </div>
  );
}

/** Asking the same again would say the same again. */
const isUseless = (error: unknown): boolean =>
  error instanceof Problem && !isOffline(error) && error.status < 500;

interface Shown {
  kind: ImportKind;
  preview: ImportPreview;
  busy: boolean;
  onRun: () => void;
}

function Outcome({ kind, preview, busy, onRun }: Shown) {
  const { t } = useTranslation('setup');
  const { rows, created, updated, errors, columns, outsideAreas = 0 } = preview;
  // What stands in no cell of the table must be said beside it.
  const elsewhere = errors.filter(({ column }) => !columns.includes(column));
  if (errors.length > 0)
    return (
      <Stack gap="xs" role="alert">
        <Text c="var(--bad)" fw={550}>
          {t('import.bad', { count: errors.length })}
        </Text>
        {elsewhere.length > 0 && <Faults kind={kind} faults={elsewhere} />}
      </Stack>
    );
  return (
    <Group>
      <OnlineButton onClick={onRun} loading={busy}>
        {t('import.run', { count: rows })}
      </OnlineButton>
      {kind.name !== 'jobs' && <Text size="sm">{t('import.good', { created, updated })}</Text>}
      {outsideAreas > 0 && (
        <Text size="sm" c="var(--warn-text)">
          {t('import.outside', { count: outsideAreas })}
        </Text>
      )}
    </Group>
  );
}
