import { Anchor, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallerView } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { clockTime } from '../../ui/format';
import { jobName } from '../../ui/job-number';
import { usePhoneWords } from '../../ui/phone-text';
import { SuggestField } from '../../ui/suggest-field';
import { jobAddress } from '../view/saved-pages';
import { useCallers } from './use-callers';

export interface CallerDraft {
  phone: string;
  name: string;
}

interface Props {
  caller: CallerDraft;
  /** Somebody who called before, once they were chosen. */
  known: CallerView | null;
  onChange: (caller: CallerDraft) => void;
  onKnown: (known: CallerView) => void;
  onPlace: (place: CallerView['places'][number]) => void;
  errors: { phone?: string; name?: string };
  autoFocus: object;
}

/** Who is on the telephone: the number first, since it tells the rest of those who have called before. */
export function CallerField({ caller, known, onChange, onKnown, onPlace, errors, autoFocus }: Props) {
  const { t } = useTranslation(['call', 'desk']);
  const callers = useCallers(caller.phone);
  const shown = usePhoneWords();
  const keyOf = (one: CallerView) => `${one.phone} ${one.name ?? ''}`;
  return (
    <>
      <Group grow align="flex-start">
        <SuggestField
          type="tel"
          label={t('desk:job.phone')}
          description={t('caller.hint')}
          maxLength={40}
          {...autoFocus}
          value={caller.phone}
          onType={(phone) => onChange({ ...caller, phone })}
          suggestions={callers.map((one) => ({
            value: keyOf(one),
            label: [one.name, shown(one.phone)].filter(Boolean).join(' · '),
            detail: [t('caller.jobs', { count: one.jobs }), one.places[0]?.address]
              .filter(Boolean)
              .join(' · '),
          }))}
          onChoose={(key) => {
            const one = callers.find((other) => keyOf(other) === key);
            if (one) onKnown(one);
          }}
          error={errors.phone}
        />
        <TextInput
          label={t('desk:job.contact')}
          description={t('caller.nameHint')}
          value={caller.name}
          onChange={(e) => onChange({ ...caller, name: e.currentTarget.value })}
          error={errors.name}
        />
      </Group>
      {known && <History known={known} onPlace={onPlace} />}
    </>
  );
}

/** Their doors, one click each, and what was done for them last. */
function History({ known, onPlace }: Pick<Props, 'onPlace'> & { known: CallerView }) {
  const { t } = useTranslation('call');
  const now = businessClock.now();
  return (
    <Paper withBorder p="xs" component="section" aria-label={t('caller.history')}>
      {known.places.length > 1 && (
        <>
          <Text size="xs" c="dimmed">
            {t('caller.places')}
          </Text>
          <Group gap={6} mb="xs">
            {known.places.map((place) => (
              <Button
                key={place.address}
                size="compact-sm"
                variant="default"
                onClick={() => onPlace(place)}
                maw="100%"
              >
                {place.address}
              </Button>
            ))}
          </Group>
        </>
      )}
      <Text size="xs" c="dimmed">
        {t('caller.recent')}
      </Text>
      <Stack gap={2}>
        {known.recent.map((job) => (
          <Text key={job.id} size="sm" className="tnum">
            <Anchor component={Link} to={jobAddress(job.id)} size="sm">
              {jobName(job)}
            </Anchor>{' '}
            <Text span size="xs" c="dimmed">
              {[
                entityStore.serviceTypes.get(job.serviceTypeId)?.name,
                t(`common:state.${job.state}`),
                clockTime(job.windowStart ?? job.createdAt, now),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
