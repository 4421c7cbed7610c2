import { Alert, Button, Group, NumberInput, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Area } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import type { Draft } from './areas-page';
import { reportOn, type Shape } from './shape';

interface Props {
  draft: Draft;
  others: Area[];
  may: boolean;
  onShape: (shape: Shape) => void;
  onClose: () => void;
}

export function AreaForm({ draft, others, may, onShape, onClose }: Props) {
  const { t } = useTranslation('setup');
  const { area, shape } = draft;
  const [form, setForm] = useState({
    name: area?.name ?? '',
    priority: area?.priority ?? 0,
    timeZone: area?.timeZone ?? '',
    active: area?.active ?? true,
  });
  const { leave } = useUnsaved([form, shape, draft.begun]);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const report = useMemo(() => (shape ? reportOn(shape, others) : null), [shape, others]);
  const { save, busy, fields, error } = useSave(
    (key, shape: Shape) => {
      const { timeZone, ...rest } = form;
      const body = {
        ...rest,
        name: form.name.trim(),
        ...(timeZone.trim() ? { timeZone: timeZone.trim() } : {}),
        ...shape,
      };
      return area
        ? api.patch('/areas/{id}', { path: { id: area.id }, key, body, version: area.version })
        : api.post('/areas', { key, body });
    },
    {
      shows: [
        'name',
        'priority',
        'timeZone',
        ...(shape?.kind === 'circle' ? ['radiusMetres', 'lat', 'lon'] : []),
      ],
      done: (saved) => {
        entityStore.areas.put(saved);
        onClose();
      },
    },
  );
  const archive = useSave(
    (key) => api.delete('/areas/{id}', { path: { id: area!.id }, key, version: area!.version }),
    {
      done: () => {
        entityStore.areas.remove(area!.id);
        onClose();
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (shape) save(shape);
  };
  const circle = shape?.kind === 'circle' ? shape : null;
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack gap="sm">
          <Title order={1} size="h3">
            {area?.name ?? (draft.kind === 'circle' ? t('areas.circle') : t('areas.polygon'))}
          </Title>
          <FormError error={error ?? archive.error} />
          {!shape && (
            <Text size="sm">{draft.kind === 'circle' ? t('areas.drawCircle') : t('areas.drawPolygon')}</Text>
          )}
          {shape && area && (
            <Text size="sm">{draft.kind === 'circle' ? t('areas.editCircle') : t('areas.editPolygon')}</Text>
          )}
          <TextInput
            label={t('name')}
            required
            maxLength={120}
            value={form.name}
            onChange={(e) => set({ name: e.currentTarget.value })}
            error={fields.name}
          />
          {draft.kind === 'circle' && (
            <>
              <NumberInput
                label={t('areas.radius')}
                suffix=" m"
                min={50}
                max={200_000}
                step={100}
                value={circle ? Math.round(circle.radiusMetres) : 3_000}
                disabled={!circle}
                onChange={(v) =>
                  circle && onShape({ ...circle, radiusMetres: Math.max(50, Number(v) || 50) })
                }
                error={fields.radiusMetres}
              />
              <Group grow>
                <NumberInput
                  label={t('areas.lat')}
                  decimalScale={6}
                  min={-90}
                  max={90}
                  value={circle?.lat ?? ''}
                  onChange={(v) =>
                    onShape({
                      kind: 'circle',
                      lon: circle?.lon ?? 0,
                      radiusMetres: circle?.radiusMetres ?? 3_000,
                      lat: Number(v) || 0,
                    })
                  }
                  error={fields.lat}
                />
                <NumberInput
                  label={t('areas.lon')}
                  decimalScale={6}
                  min={-180}
                  max={180}
                  value={circle?.lon ?? ''}
                  onChange={(v) =>
                    onShape({
                      kind: 'circle',
                      lat: circle?.lat ?? 0,
                      radiusMetres: circle?.radiusMetres ?? 3_000,
                      lon: Number(v) || 0,
                    })
                  }
                  error={fields.lon}
                />
              </Group>
            </>
          )}
          <NumberInput
            label={t('areas.priority')}
            description={t('areas.priorityHint')}
            min={-1_000}
            max={1_000}
            value={form.priority}
            onChange={(v) => set({ priority: Number(v) || 0 })}
            error={fields.priority}
          />
          <TextInput
            label={t('areas.zone')}
            description={t('areas.zoneHint')}
            placeholder="Asia/Shanghai"
            value={form.timeZone}
            onChange={(e) => set({ timeZone: e.currentTarget.value })}
            error={fields.timeZone}
          />
          <Switch
            label={t('areas.active')}
            checked={form.active}
            onChange={(e) => set({ active: e.currentTarget.checked })}
          />
          <div role="status">
            {report && (
              <Text size="sm" className="tnum">
                {t('areas.size', { size: report.squareKilometres.toFixed(2) })}
              </Text>
            )}
            {report?.crosses && (
              <Alert mt="xs" p="xs" color="red" variant="light" icon={<IconAlertTriangle size={18} />}>
                {t('areas.crosses')}
              </Alert>
            )}
            {report && report.overlaps.length > 0 && (
              <Alert mt="xs" p="xs" color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
                {t('areas.overlaps', { names: report.overlaps.map((one) => one.name).join(', ') })}
              </Alert>
            )}
          </div>
        </Stack>
      </fieldset>
      <Group mt="md">
        {may && (
          <OnlineButton
            type="submit"
            loading={busy}
            disabled={!shape || report?.crosses || !form.name.trim()}
          >
            {t('common:save')}
          </OnlineButton>
        )}
        <Button variant="default" onClick={() => leave(onClose)}>
          {t('common:back')}
        </Button>
        {area && may && (
          <OnlineButton
            variant="subtle"
            color="red"
            loading={archive.busy}
            onClick={() => leave(() => archive.save(undefined as never))}
          >
            {t('areas.archive')}
          </OnlineButton>
        )}
      </Group>
    </form>
  );
}
