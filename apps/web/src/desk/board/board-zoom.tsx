import { ActionIcon, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Zoom, zoomed } from './board-scale';

/** More of the day or more of the hour. */
export function BoardZoom({ zoom, onZoom }: { zoom: Zoom; onZoom: (zoom: Zoom) => void }) {
  const { t } = useTranslation('desk');
  const [closer, further] = [zoomed(zoom, 1), zoomed(zoom, -1)];
  const zoomIn = () => closer && onZoom(closer);
  const zoomOut = () => further && onZoom(further);
  useHotkeys([
    ['[plus]', zoomIn],
    ['shift+[plus]', zoomIn],
    ['=', zoomIn],
    ['-', zoomOut],
  ]);
  return (
    <Group gap={4}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t('board.zoomOut')}
        title={t('board.zoomOut')}
        disabled={!further}
        onClick={zoomOut}
      >
        <IconZoomOut size={18} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t('board.zoomIn')}
        title={t('board.zoomIn')}
        disabled={!closer}
        onClick={zoomIn}
      >
        <IconZoomIn size={18} />
      </ActionIcon>
    </Group>
  );
}
