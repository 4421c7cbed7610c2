import { Alert, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GeoPoint } from '#kernel';
import type { ServiceType } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { metres } from '../../ui/format';
import { ableCount, nearby } from './nearby';

/** A first idea of who could go, before there is a job to ask about. */
export function NearbyWorkers({
  point,
  service,
}: {
  point: GeoPoint | null;
  service: ServiceType | undefined;
}) {
  const { t } = useTranslation('desk');
  const close = useMemo(() => (point ? nearby(entityStore, point, service) : []), [point, service]);
  if (!point) return null;
  if (close.length === 0) {
    const able = ableCount(entityStore, service);
    return (
      <Text size="sm" c="var(--warn)">
        {able > 0 ? t('create.allBusy', { count: able }) : t('create.nobodyNear')}
      </Text>
    );
  }
  return (
    <Alert variant="light" p="xs" title={t('create.nearby')}>
      {close.map(({ worker, distanceMetres }) => (
        <Text key={worker.id} size="sm">
          {worker.name} · {metres(distanceMetres)}
        </Text>
      ))}
    </Alert>
  );
}
