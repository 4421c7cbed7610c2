import { Alert, Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircle, IconDownload, IconFileImport, IconPolygon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/api';
import type { Area } from '../../api/types';
import { appearanceStore } from '../../app/appearance-store';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { liveSync } from '../../store/live-sync';
import { useAll } from '../../store/use-entities';
import { useStore } from '../../store/use-store';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import classes from '../setup.module.css';
import { AreaForm } from './area-form';
import type { Shape } from './shape';

const AreaMap = lazyWithRetry(() => import('./area-map'));

export interface Draft {
  area: Area | null;
  kind: Shape['kind'];
  shape: Shape | null;
  /** Something is drawn, though it is no shape yet. */
  begun: boolean;
}

/** Where teams work: drawn on the map, or typed. */
export function AreasPage() {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Area');
  const areas = useAll(entityStore.areas);
  const { loaded } = useStore(liveSync);
  const look = useStore(appearanceStore);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [refused, setRefused] = useState(false);
  const edit = (area: Area) =>
    setDraft({
      area,
      kind: area.kind,
      begun: false,
      shape: area.polygon
        ? { kind: 'polygon', polygon: area.polygon }
        : { kind: 'circle', lat: area.lat, lon: area.lon, radiusMetres: area.radiusMetres ?? 3_000 },
    });
  const download = async () => {
    const text = JSON.stringify(await api.get('/areas/export'));
    const url = URL.createObjectURL(new Blob([text], { type: 'application/geo+json' }));
    Object.assign(document.createElement('a'), { href: url, download: 'areas.geojson' }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className={classes.areaLayout}>
      <div className={classes.areaSide}>
        {draft ? (
          <AreaForm
            key={draft.area?.id ?? draft.kind}
            draft={draft}
            others={areas.filter((area) => area.id !== draft.area?.id)}
            may={may}
            onShape={(shape) => setDraft({ ...draft, shape })}
            onClose={() => {
              setDraft(null);
              setRefused(false);
            }}
          />
        ) : (
          <Stack gap="sm">
            <Title order={1} size="h3">
              {t('nav.areas')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('areas.lead')}
            </Text>
            {may && (
              <Group gap="xs">
                <Button
                  size="xs"
                  leftSection={<IconCircle size={16} />}
                  onClick={() => setDraft({ area: null, kind: 'circle', shape: null, begun: false })}
                >
                  {t('areas.circle')}
                </Button>
                <Button
                  size="xs"
                  leftSection={<IconPolygon size={16} />}
                  onClick={() => setDraft({ area: null, kind: 'polygon', shape: null, begun: false })}
                >
                  {t('areas.polygon')}
                </Button>
              </Group>
            )}
            {areas.map((area) => (
              <Group key={area.id} justify="space-between" wrap="nowrap">
                <Anchor component="button" type="button" size="sm" ta="left" onClick={() => edit(area)}>
                  {area.name}
                </Anchor>
                <Text size="xs" c="dimmed" className="tnum">
                  {!area.active && (
                    <Badge size="xs" color="gray">
                      {t('inactive')}
                    </Badge>
                  )}{' '}
                  {(area.squareMetres / 1e6).toFixed(1)} km²
                </Text>
              </Group>
            ))}
            {areas.length === 0 && loaded && <Text size="sm">{t('areas.none')}</Text>}
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconDownload size={16} />}
              onClick={() => void download()}
            >
              {t('areas.export')}
            </Button>
            {may && (
              <Button
                component={Link}
                to="/setup/areas/import"
                size="xs"
                variant="subtle"
                leftSection={<IconFileImport size={16} />}
              >
                {t('areas.import')}
              </Button>
            )}
          </Stack>
        )}
      </div>
      <div className={classes.areaMap}>
        {draft && refused && (
          <Alert className={classes.areaNotice} color="red" role="alert">
            {t('areas.cornerRefused')}
          </Alert>
        )}
        {loaded && (
          <LazyBoundary>
            <AreaMap
              key={`${look.scheme} ${look.contrast}`}
              draft={may ? draft : null}
              onShape={(shape) => setDraft((before) => before && { ...before, shape })}
              onBegin={(begun) => setDraft((before) => before && { ...before, begun })}
              onEdit={edit}
              onRefused={setRefused}
            />
          </LazyBoundary>
        )}
      </div>
    </div>
  );
}
