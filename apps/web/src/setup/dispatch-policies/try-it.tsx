import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/api';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { OnlineButton } from '../../ui/online-button';
import { dayOf, daysAfter } from '../../ui/zone';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import type { PolicyBody } from './policy-fields';
import { spanOf } from './span';
import { HOME } from './use-policies';

interface Props {
  policy: PolicyBody;
  serviceTypeId: string | null;
  onRun: () => void;
  onClose: () => void;
  /** The server's words by field; those of the policy begin with `policy.`. */
  onRefused: (fields: Record<string, string>) => void;
}

type Day = 'yesterday' | 'today' | 'other';

/** Which day, and where: then the past is run again under the policy as it is written now. */
export function TryIt({ policy, serviceTypeId, onRun, onClose, onRefused }: Props) {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const areas = useAll(entityStore.areas).filter((area) => area.active);
  const today = dayOf(businessClock.now());
  const [day, setDay] = useState<Day>('yesterday');
  const [date, setDate] = useState(daysAfter(today, -1));
  const [areaId, setAreaId] = useState<string | null>(null);
  const { save, busy, problem, error } = useSave(
    (key, span: { from: string; to: string }) =>
      api.post('/dispatch-policies/dry-run', { key, body: { policy, serviceTypeId, areaId, ...span } }),
    {
      says: null,
      refused: onRefused,
      done: ({ id }) => {
        onRun();
        // The way back leads to what was being written.
        void navigate({ search: `?run=${id}` }, { replace: true });
        void navigate(`${HOME}/runs/${id}`);
      },
    },
  );
  const ofDay = problem?.fields.to ?? problem?.fields.from;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const chosen = { yesterday: daysAfter(today, -1), today, other: date }[day];
    const span = spanOf(chosen, businessClock.now());
    if (span) save(span);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('policies.try.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('policies.try.lead')}</Text>
          {!ofDay && <FormError error={error} />}
          <SegmentedControl
            fullWidth
            aria-label={t('policies.try.day')}
            data={(['yesterday', 'today', 'other'] as const).map((value) => ({
              value,
              label: t(`policies.try.${value}`),
            }))}
            value={day}
            onChange={(value) => setDay(value as Day)}
          />
          {day === 'other' && (
            <TextInput
              type="date"
              required
              label={t('policies.try.day')}
              max={today}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          )}
          {ofDay && <FormError error={t('policies.try.notThatDay')} />}
          <Select
            label={t('policies.try.area')}
            placeholder={t('workers.allAreas')}
            clearable
            data={areas.map((area) => ({ value: area.id, label: area.name }))}
            value={areaId}
            onChange={setAreaId}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <OnlineButton type="submit" loading={busy}>
              {t('policies.try.run')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
