import { ActionIcon, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { SuggestField } from '../../ui/suggest-field';
import { AddressMismatchAlert } from './address-mismatch-alert';
import { geocode } from './geocode';
import { parsePlace } from './parse-place';
import { type AddressMismatch, findAddressMismatch, type NamedPlace, type Pin } from './pin';

export interface Place {
  text: string;
  pin: Pin | null;
}

/** Where the job is: coordinates in the text, else the pin. */
export const pointOf = ({ text, pin }: Place) => parsePlace(text) ?? pin;

interface Found extends NamedPlace {
  value: string;
  label: string;
  siteId: string | null;
}

/** Doors that what was typed may mean: known ones, then those that the geocoder finds. */
function useFound({ text, pin }: Place): Found[] {
  const [typed] = useDebouncedValue(text.trim(), 200);
  const wanted = !parsePlace(typed);
  const sites = useQuery({
    queryKey: ['sites', typed],
    queryFn: () => api.get('/sites', { query: { search: typed, limit: 8 } }),
    enabled: wanted && typed.length > 1,
    placeholderData: (before) => before,
  });
  const places = useQuery({
    queryKey: ['geocode', typed],
    queryFn: () => geocode(typed),
    enabled: wanted && typed.length > 3 && pin?.said !== typed,
    retry: false,
  });
  if (text.trim().length < 2) return [];
  return [
    ...(sites.data?.items ?? []).map((site) => ({
      value: site.id,
      label: site.name,
      address: site.address,
      siteId: site.id,
      lat: site.lat,
      lon: site.lon,
    })),
    ...(places.data ?? []).map(({ label, lat, lon }) => ({
      value: `${label} ${lat} ${lon}`,
      label,
      address: label,
      siteId: null,
      lat,
      lon,
    })),
  ];
}

/** What is wrong between text and pin, as a form sees it before it sends. */
export function usePlace(place: Place): { found: Found[]; quarrel: AddressMismatch | null } {
  const found = useFound(place);
  return { found, quarrel: findAddressMismatch(place.text, place.pin, found) };
}

interface Props {
  place: Place;
  found: Found[];
  quarrel: AddressMismatch | null;
  onChange: (place: Place) => void;
  onMap: () => void;
  error?: React.ReactNode;
  autoFocus?: object;
}

/** A door by name, address, coordinates or a click on the map; text and pin that disagree are pointed out. */
export function PlaceField({ place, found, quarrel, onChange, onMap, error, autoFocus }: Props) {
  const { t } = useTranslation('desk');
  const { text, pin } = place;
  const point = pointOf(place);
  const area = useQuery({
    queryKey: ['area-at', point?.lat, point?.lon],
    queryFn: () => api.get('/areas/at', { query: { lat: point!.lat, lon: point!.lon } }),
    enabled: point !== null,
  });
  const choose = (value: string) => {
    const one = found.find((other) => other.value === value);
    if (!one) return;
    const { address, lat, lon, siteId } = one;
    onChange({ text: address, pin: { lat, lon, siteId, said: address } });
  };
  return (
    <>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <SuggestField
          flex={1}
          label={t('create.where')}
          description={t('create.whereHint')}
          required
          {...autoFocus}
          value={text}
          // Without its words a pin that was chosen by them says nothing either.
          onType={(typed) => onChange({ text: typed, pin: typed.trim() || pin?.said === null ? pin : null })}
          suggestions={found.map(({ value, label, address }) => ({
            value,
            label,
            detail: label === address ? undefined : address,
          }))}
          onChoose={choose}
          error={error}
        />
        <ActionIcon
          size={36}
          variant={pin && pin.said === null ? 'light' : 'default'}
          aria-label={t('create.onMap')}
          onClick={onMap}
        >
          <IconMapPin size={20} />
        </ActionIcon>
      </Group>
      <Text size="sm" c={point ? undefined : 'dimmed'} className="tnum" role="status">
        {point ? `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}` : t('create.noPlace')}
        {point && area.data && ` · ${area.data.area?.name ?? t('create.noArea')}`}
      </Text>
      {pin && quarrel && <AddressMismatchAlert {...{ text, pin, quarrel, onChange }} />}
    </>
  );
}
