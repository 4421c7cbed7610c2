import { Alert, Button, Group, NumberInput, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Area } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import { FormError } from '../parts/form-error';
import { SetupForm } from '../parts/setup-form';
import { useSave } from '../parts/use-save';
import { useSetupForm } from '../parts/use-setup-form';
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
  const report = useMemo(() => (shape ? reportOn(shape, others) : null), [shape, others]);
  const form = useSetupForm({
    initial: {
      name: area?.name ?? '',
      priority: area?.priority ?? 0,
      timeZone: area?.timeZone ?? '',
      active: area?.active ?? true,
    },
    may,
    beside: [shape, draft.begun],
    send: (key, { name, priority, timeZone, active }) => {
      const zone = timeZone.trim() ? { timeZone: timeZone.trim() } : {};
      const body = { name: name.trim(), priority: Number(priority) || 0, active, ...zone, ...shape! };
      return area
        ? api.patch('/areas/{id}', { path: { id: area.id }, key, body, version: area.version })
        : api.post('/areas', { key, body });
    },
    done: (saved) => {
      entityStore.areas.put(saved);
      onClose();
    },
  });
  const archive = useSave(
    (key) => api.delete('/areas/{id}', { path: { id: area!.id }, key, version: area!.version }),
    {
      done: () => {
        entityStore.areas.remove(area!.id);
        onClose();
      },
    },
  );
  const circle = shape?.kind === 'circle' ? shape : null;
  return (
    <SetupForm
      form={form}
      notice={archive.error && <FormError error={archive.error} />}
      incomplete={!shape || report?.crosses || !form.values.name.trim()}
      after={
        <>
          <Button variant="default" onClick={() => form.leave(onClose)}>
            {t('common:back')}
          </Button>
          {area && may && (
            <OnlineButton
              variant="subtle"
              color="red"
              loading={archive.busy}
              onClick={() => form.leave(() => archive.save())}
            >
              {t('areas.archive')}
            </OnlineButton>
          )}
        </>
      }
    >
      <Title order={1} size="h3">
        {area?.name ?? (draft.kind === 'circle' ? t('areas.circle') : t('areas.polygon'))}
      </Title>
      {!shape && (
        <Text size="sm">{draft.kind === 'circle' ? t('areas.drawCircle') : t('areas.drawPolygon')}</Text>
      )}
      {shape && area && (
        <Text size="sm">{draft.kind === 'circle' ? t('areas.editCircle') : t('areas.editPolygon')}</Text>
      )}
      <TextInput label={t('name')} required maxLength={120} {...form.getInputProps('name')} />
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
            onChange={(v) => circle && onShape({ ...circle, radiusMetres: Math.max(50, Number(v) || 50) })}
            error={form.fault('radiusMetres')}
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
              error={form.fault('lat')}
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
              error={form.fault('lon')}
            />
          </Group>
        </>
      )}
      <NumberInput
        label={t('areas.priority')}
        description={t('areas.priorityHint')}
        min={-1_000}
        max={1_000}
        {...form.getInputProps('priority')}
      />
      <TextInput
        label={t('areas.zone')}
        description={t('areas.zoneHint')}
        placeholder="Asia/Shanghai"
        {...form.getInputProps('timeZone')}
      />
      <Switch label={t('areas.active')} {...form.getInputProps('active', { type: 'checkbox' })} />
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
    </SetupForm>
  );
}
