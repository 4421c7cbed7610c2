import { ActionIcon, Checkbox, Paper, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateBadge, StatusBadge } from '../../ui/state-badge';
import { useAddressed } from '../../ui/use-addressed';
import classes from '../map-page.module.css';
import { MAP_LAYERS, OPEN_WORK, type View, WORKER_STATUSES } from '../view/view-state';

interface Props {
  view: View;
  /** More buttons of the map, above this one. */
  children: ReactNode;
  change: (part: Partial<View>, options?: { quietly?: boolean }) => void;
}

/** Which layers are drawn, and what their colours mean. */
export function MapTools({ view, change, children }: Props) {
  const { t } = useTranslation('desk');
  const [layers, setLayers] = useAddressed(view.layers, (shown) => change({ layers: shown }));
  return (
    <div className={classes.mapTools}>
      {children}
      <Popover position="bottom-end" shadow="md" width={240}>
        <Popover.Target>
          <Tooltip label={t('map.layers')} position="left">
            <ActionIcon variant="default" size="lg" aria-label={t('map.layers')}>
              <IconStack2 size={20} />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            {MAP_LAYERS.map((layer) => (
              <Checkbox
                key={layer}
                label={t(`map.layer.${layer}`)}
                checked={layers.includes(layer)}
                onChange={(e) =>
                  setLayers(
                    e.currentTarget.checked ? [...layers, layer] : layers.filter((name) => name !== layer),
                  )
                }
              />
            ))}
            <Text size="xs" fw={600} c="dimmed" mt={4}>
              {t('map.legend')}
            </Text>
            <Paper>
              <Stack gap={2}>
                {OPEN_WORK.map((state) => (
                  <StateBadge key={state} state={state} />
                ))}
              </Stack>
            </Paper>
            <Text size="xs" fw={600} c="dimmed">
              {t('map.legendWorkers')}
            </Text>
            <Stack gap={2}>
              {WORKER_STATUSES.map((status) => (
                <StatusBadge key={status} status={status} />
              ))}
            </Stack>
            <Text size="xs" c="dimmed">
              {t('map.hollow')}
            </Text>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
