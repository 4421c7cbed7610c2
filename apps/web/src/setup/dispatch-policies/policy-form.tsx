import { Alert, Button, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import { useCan } from '../../session/use-can';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import { ConflictNotice } from './conflict-notice';
import { AmountInput, MethodInput } from './field-input';
import {
  differences,
  hasOverride,
  inheritedValue,
  listOverrides,
  type Override,
  onlyDifferences,
  setOverride,
} from './layers';
import classes from './policies.module.css';
import { type NumberField, PATHS, type PolicyBody, SECTIONS } from './policy-fields';
import { TryIt } from './try-it';
import {
  belowOf,
  currentOf,
  POLICIES,
  type PolicyList,
  type PolicyView,
  serviceTypeOf,
} from './use-policies';
import { WavesInput } from './waves-input';

interface Props {
  of: string;
  list: PolicyList;
  start: PolicyBody;
  /** The old version that `start` is taken from; 0 = none. */
  from: number;
}

/** `body.waves[0].waitSeconds` of an answer is `waves[0].waitSeconds` of the form. */
const unprefixed = (fields: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, message]) => [field.slice(prefix.length), message]),
  );

const isShown = (field: string): boolean =>
  field === 'note' || PATHS.includes(field.replace(/\[.*$/, '').replace(/^body\./, ''));

/** Everything a policy can say, each with what holds otherwise; saved as the next version. */
export function PolicyForm({ of, list, start, from }: Props) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Policy');
  const serviceTypeId = serviceTypeOf(of);
  const below = useMemo(() => belowOf(list, serviceTypeId), [list, serviceTypeId]);
  const current = currentOf(list, serviceTypeId);
  const [base, setBase] = useState({ version: current?.version ?? 0, body: current?.body ?? {} });
  const [draft, setDraft] = useState(start);
  const [note, setNote] = useState('');
  const { saved } = useUnsaved([draft, note]);
  const [trying, setTrying] = useState(false);
  const [refused, setRefused] = useState<Record<string, string>>({});

  const sent = onlyDifferences(draft, below, base.body);

  const { save, busy, problem, error, errorBeside, reset } = useSave(
    (key) => {
      const body = { serviceTypeId, body: sent, note: note.trim() || null };
      return api
        .put('/dispatch-policies', { key, body, version: base.version })
        .catch(async (problem: unknown) => {
          // Whoever was quicker is shown beside what was written here.
          await queryClient.invalidateQueries({ queryKey: POLICIES });
          throw problem;
        });
    },
    {
      says: t('policies.saved', { version: base.version + 1 }),
      keys: [POLICIES],
      done: ({ version, body }) => {
        saved([body, '']);
        setBase({ version, body });
        setDraft(body);
        setNote('');
        setRefused({});
      },
    },
  );
  const fields = problem?.fields ?? {};
  const newer = current && current.version > base.version && !busy ? current : null;
  const errors = { ...refused, ...unprefixed(fields, 'body.') };
  const changed = differences(sent, base.body).length > 0;
  const own = listOverrides(sent).length;

  const put = useCallback(
    (path: string, value: Override) => setDraft((before) => setOverride(before, path, value)),
    [],
  );
  const adopt = (theirs: PolicyView, keepMine: boolean) => {
    setBase({ version: theirs.version, body: theirs.body });
    if (!keepMine) {
      saved([theirs.body, '']);
      setDraft(theirs.body);
    }
    reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) save();
  };
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(errors).join();
  useEffect(() => {
    if (wrong) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);
  const method = (hasOverride(draft, 'method') ?? inheritedValue(below, 'method').value) as string;

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        {from > 0 && changed && (
          <Alert color="blue" variant="light">
            {t('policies.fromVersion', { version: from })}
          </Alert>
        )}
        {newer && (
          <ConflictNotice
            key={newer.version}
            mine={sent}
            theirs={newer}
            onTakeTheirs={() => adopt(newer, false)}
            onKeepMine={() => adopt(newer, true)}
          />
        )}
        {!newer && <FormError error={error && (errorBeside(isShown) ?? t('policies.wrong'))} />}
        {SECTIONS.map(({ name, fields: amounts }) => (
          <Fieldset key={name} legend={t(`policies.section.${name}`)}>
            <Text size="sm" c="dimmed" mb="sm" maw={640}>
              {t(`policies.sectionLead.${name}`)}
            </Text>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} verticalSpacing="md">
              {name === 'choice' && (
                <MethodInput
                  path="method"
                  below={below}
                  own={hasOverride(draft, 'method')}
                  error={errors.method}
                  onSay={put}
                />
              )}
              {amounts.map((field: NumberField) => (
                <AmountInput
                  key={field.path}
                  field={field}
                  below={below}
                  own={hasOverride(draft, field.path)}
                  error={errors[field.path]}
                  onSay={put}
                />
              ))}
            </SimpleGrid>
            {name === 'choice' && (
              <div className={classes.wavesField} data-idle={method !== 'waves'}>
                <WavesInput
                  below={below}
                  own={draft.waves}
                  errors={errors}
                  onSay={(waves) => put('waves', waves)}
                />
              </div>
            )}
          </Fieldset>
        ))}
        {may ? (
          <TextInput
            label={t('policies.note')}
            description={t('policies.noteHint')}
            maxLength={500}
            maw={560}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={fields.note}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('policies.onlyTry')}
          </Text>
        )}
      </Stack>
      <div className={classes.bar}>
        <Text size="sm" c={newer ? 'var(--warn)' : 'dimmed'} className={classes.barText}>
          {newer ? t('policies.conflict.first') : t('policies.ownCount', { count: own })}
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} />}
            onClick={() => setTrying(true)}
          >
            {t('policies.try.open')}
          </Button>
          {may && (
            <OnlineButton type="submit" loading={busy} disabled={!changed || newer !== null}>
              {t('policies.save', { version: base.version + 1 })}
            </OnlineButton>
          )}
        </Group>
      </div>
      {trying && (
        <TryIt
          policy={sent}
          serviceTypeId={serviceTypeId}
          // The run keeps the policy as it stands, and leads back to it.
          onRun={() => saved([draft, ''])}
          onClose={() => setTrying(false)}
          onRefused={(problems) => {
            const here = unprefixed(problems, 'policy.');
            if (Object.keys(here).length === 0) return;
            setRefused(here);
            setTrying(false);
            toaster.show(t('policies.wrong'), 'problem');
          }}
        />
      )}
    </form>
  );
}
