import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { metres } from '../../ui/format';
import type { AddressMismatch, NamedPlace, Pin } from './pin';

interface Props {
  text: string;
  pin: Pin;
  quarrel: AddressMismatch;
  onChange: (place: { text: string; pin: Pin | null }) => void;
}

/** Text and pin disagree: says how, and offers each way to settle it. */
export function AddressMismatchAlert({ text, pin, quarrel, onChange }: Props) {
  const { t } = useTranslation('call');
  const toDoor = (door: NamedPlace & { siteId?: string | null }) =>
    onChange({ text: door.address, pin: { ...door, siteId: door.siteId ?? null, said: door.address } });
  return (
    <Alert variant="light" color="yellow" p="xs" role="alert">
      <Text size="sm">
        {quarrel.kind === 'far'
          ? t('pin.far', { address: quarrel.place.address, distance: metres(quarrel.metres) })
          : t('pin.otherWords', { address: quarrel.said })}
      </Text>
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            quarrel.kind === 'far' ? toDoor(quarrel.place) : onChange({ text: quarrel.said, pin })
          }
        >
          {quarrel.kind === 'far' ? t('pin.movePin') : t('pin.takeWords')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange({ text, pin: { ...pin, agreed: text } })}
        >
          {t('pin.keepBoth')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => onChange({ text, pin: null })}>
          {t('pin.remove')}
        </Button>
      </Group>
    </Alert>
  );
}
