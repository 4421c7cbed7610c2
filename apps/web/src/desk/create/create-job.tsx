import {
  ActionIcon,
  Alert,
  Autocomplete,
  Button,
  Drawer,
  Group,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMapPin } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { GeoPoint } from '#kernel';
import { call, type Page } from '../../api/call';
import { Problem } from '../../api/problem';
import type { Area, Job, Site } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { duration, metres, price } from '../../ui/format';
import { LineButton } from '../../ui/line-button';
import { SearchSelect } from '../../ui/search-select';
import { toaster } from '../../ui/toaster';
import { unsaved } from '../../ui/unsaved';
import { useUnsaved } from '../../ui/use-unsaved';
import { fromLocalInput, toLocalInput } from '../../ui/zone';
import { feed } from '../../world/feed';
import { useAll, useServiceType } from '../../world/use-world';
import { world } from '../../world/world';
import { wordsOf } from '../actions/job-actions';
import { picking } from '../map/picking';
import { geocode } from './geocode';
import { ableCount, nearby } from './nearby';
import { parsePlace } from './parse-place';

const toInstant = (local: string) => (local ? new Date(fromLocalInput(local)).toISOString() : null);
const FIELDS = [
  'serviceTypeId',
  'address',
  'contactName',
  'contactPhone',
  'windowStart',
  'windowEnd',
  'notes',
  'priority',
];

/** A new job, from an address, a known door, coordinates or a click on the map. */
export default function CreateJob({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const pick = useSyncExternalStore(picking.subscribe, picking.get);
  const types = useAll(world.serviceTypes).filter((type) => type.active);
  /** Sent without a place or a service: said where it is missing. */
  const [lacks, setLacks] = useState(false);
  const [serviceTypeId, setServiceTypeId] = useState<string | null>(null);
  const [where, setWhere] = useState('');
  const [site, setSite] = useState<Site | null>(null);
  const [place, setPlace] = useState<GeoPoint | null>(null);
  const [form, setForm] = useState({
    contactName: '',
    contactPhone: '',
    windowStart: toLocalInput(businessClock.now()),
    windowEnd: toLocalInput(businessClock.now() + 2 * 3_600_000),
    notes: '',
    priority: 0,
  });
  const { leave } = useUnsaved([serviceTypeId, where, place, form], { stays: true });
  const service = useServiceType(serviceTypeId);
  const [asked] = useDebouncedValue(where, 200);
  const sites = useQuery({
    queryKey: ['sites', asked],
    queryFn: () => call<Page<Site>>('GET', '/sites', { query: { search: asked.trim(), limit: 8 } }),
    enabled: asked.trim().length > 1 && !parsePlace(asked),
  });
  const places = useQuery({
    queryKey: ['geocode', asked],
    queryFn: () => geocode(asked.trim()),
    enabled: asked.trim().length > 3 && !parsePlace(asked) && !site,
    retry: false,
  });
  const point = site ? { lat: site.lat, lon: site.lon } : (parsePlace(where) ?? place);
  const area = useQuery({
    queryKey: ['area-at', point?.lat, point?.lon],
    queryFn: () =>
      call<{ area: Area | null }>('GET', '/areas/at', { query: { lat: point!.lat, lon: point!.lon } }),
    enabled: point !== null,
  });
  const close = useMemo(() => (point ? nearby(world, point, service) : []), [point, service]);
  const able = point && close.length === 0 ? ableCount(world, service) : 0;
  // Where the keyboard stands when the form opens, and when it comes back with a place from the map.
  const begin =
    place && !where.trim() ? 'where' : serviceTypeId === null ? 'service' : place ? 'contact' : 'where';
  const beginsAt = (field: typeof begin) => (field === begin ? { 'data-autofocus': true } : {});
  const create = useMutation({
    mutationFn: () =>
      call<Job>('POST', '/jobs', {
        body: {
          serviceTypeId,
          ...(site
            ? { siteId: site.id }
            : { lat: point?.lat, lon: point?.lon, address: where.trim() || undefined }),
          contactName: form.contactName.trim() || null,
          contactPhone: form.contactPhone.trim() || null,
          windowStart: toInstant(form.windowStart),
          windowEnd: toInstant(form.windowEnd),
          notes: form.notes.trim() || null,
          priority: form.priority,
        },
      }),
    onSuccess: (job) => {
      feed.learn(job);
      onClose();
      toaster.show(t('create.done'));
      navigate(`/?job=${job.id}`);
    },
  });
  const problem = create.error instanceof Problem ? create.error : null;
  const fields = problem?.fields ?? {};
  const general = create.error && !FIELDS.some((field) => fields[field]) ? wordsOf(create.error) : null;
  const known = [
    ...(sites.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} – ${one.address}` })),
    ...(places.data ?? []).map((one, index) => ({ value: `place ${index}`, label: one.label })),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (point && serviceTypeId) create.mutate();
    else setLacks(true);
  };
  const choosePlace = () => {
    if (pathname !== '/') navigate('/');
    picking.start((chosen) => {
      setSite(null);
      setPlace(chosen);
      if (parsePlace(where)) setWhere('');
    });
  };
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  return (
    <Drawer
      opened={pick === null}
      keepMounted
      onClose={() => leave(onClose)}
      position="right"
      size={500}
      title={t('create.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {general && (
            <Alert color="red" variant="light" role="alert">
              {general}
            </Alert>
          )}
          <SearchSelect
            label={t('create.service')}
            required
            {...beginsAt('service')}
            data={types.map((type) => ({ value: type.id, label: type.name }))}
            value={serviceTypeId}
            onChange={(id) => {
              setServiceTypeId(id);
              set({ priority: world.serviceTypes.get(id)?.priority ?? 0 });
            }}
            description={
              service &&
              [
                duration(service.durationSeconds),
                service.priceMinor !== null &&
                  service.priceCurrency &&
                  price(service.priceMinor, service.priceCurrency),
              ]
                .filter(Boolean)
                .join(' · ')
            }
            error={fields.serviceTypeId ?? (lacks && !serviceTypeId && t('create.lacksService'))}
            nothingFoundMessage={t('create.noService')}
          />
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <Autocomplete
              flex={1}
              label={t('create.where')}
              description={t('create.whereHint')}
              required
              {...beginsAt('where')}
              data={known}
              filter={({ options }) => options}
              value={where}
              onChange={(text) => {
                setWhere(text);
                setSite(null);
              }}
              onOptionSubmit={(id) => {
                const door = sites.data?.items.find((one) => one.id === id);
                const found = places.data?.[Number(/^place (\d+)$/.exec(id)?.[1] ?? -1)];
                if (door) setSite(door);
                if (found) setPlace({ lat: found.lat, lon: found.lon });
                // After the field has put the option's own words in.
                setTimeout(() => setWhere(door?.address ?? found?.label ?? ''), 0);
              }}
              error={fields.address ?? (lacks && !point && t('create.lacksPlace'))}
            />
            <ActionIcon
              size={36}
              variant={place ? 'light' : 'default'}
              aria-label={t('create.onMap')}
              onClick={() => (pathname === '/' ? choosePlace() : unsaved.ask(choosePlace))}
            >
              <IconMapPin size={20} />
            </ActionIcon>
          </Group>
          <Text size="sm" c={point ? undefined : 'dimmed'} className="tnum" role="status">
            {point ? `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}` : t('create.noPlace')}
            {point && area.data && ` · ${area.data.area?.name ?? t('create.noArea')}`}
          </Text>
          {point && close.length > 0 && (
            <Alert variant="light" p="xs" title={t('create.nearby')}>
              {close.map(({ worker, distanceMetres }) => (
                <Text key={worker.id} size="sm">
                  {worker.name} · {metres(distanceMetres)}
                </Text>
              ))}
            </Alert>
          )}
          {point && close.length === 0 && (
            <Text size="sm" c="var(--warn)">
              {able > 0 ? t('create.allBusy', { count: able }) : t('create.nobodyNear')}
            </Text>
          )}
          <Group>
            <TextInput
              flex="1 1 200px"
              type="datetime-local"
              label={t('create.from')}
              value={form.windowStart}
              onChange={(e) => set({ windowStart: e.currentTarget.value })}
              error={fields.windowStart}
            />
            <TextInput
              flex="1 1 200px"
              type="datetime-local"
              label={t('create.until')}
              value={form.windowEnd}
              onChange={(e) => set({ windowEnd: e.currentTarget.value })}
              error={fields.windowEnd}
            />
          </Group>
          <Group grow>
            <TextInput
              {...beginsAt('contact')}
              label={t('job.contact')}
              value={form.contactName}
              onChange={(e) => set({ contactName: e.currentTarget.value })}
              error={fields.contactName}
            />
            <TextInput
              type="tel"
              label={t('job.phone')}
              value={form.contactPhone}
              onChange={(e) => set({ contactPhone: e.currentTarget.value })}
              error={fields.contactPhone}
            />
          </Group>
          <NumberInput
            label={t('create.priority')}
            description={t('create.priorityHint')}
            min={0}
            max={100}
            value={form.priority}
            onChange={(value) => set({ priority: Number(value) || 0 })}
            error={fields.priority}
          />
          <Textarea
            label={t('job.notes')}
            autosize
            minRows={2}
            value={form.notes}
            onChange={(e) => set({ notes: e.currentTarget.value })}
            error={fields.notes}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => leave(onClose)}>
              {t('common:cancel')}
            </Button>
            <LineButton type="submit" loading={create.isPending}>
              {t('create.submit')}
            </LineButton>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
