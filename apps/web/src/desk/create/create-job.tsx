import { Alert, Button, Drawer, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { api } from '../../api/api';
import { Problem } from '../../api/problem';
import type { CallerView } from '../../api/types';
import { useSend } from '../../api/use-send';
import { businessClock } from '../../live/business-clock';
import { entityStore } from '../../store/entity-store';
import { liveSync } from '../../store/live-sync';
import { useAll, useServiceType } from '../../store/use-entities';
import { useStore } from '../../store/use-store';
import { duration, price } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { OnlineButton } from '../../ui/online-button';
import { PriorityInput } from '../../ui/priority-input';
import { SearchSelect } from '../../ui/search-select';
import { toaster } from '../../ui/toaster';
import { unsaved } from '../../ui/unsaved';
import { useUnsaved } from '../../ui/use-unsaved';
import { fromLocalInput, toLocalInput } from '../../ui/zone';
import { wordsOf } from '../actions/job-actions';
import { picking } from '../map/picking';
import { jobAddress } from '../view/saved-pages';
import { CallerField } from './caller-field';
import { jobDraft } from './job-draft';
import { NearbyWorkers } from './nearby-workers';
import { parsePlace } from './parse-place';
import { type Place, PlaceField, pointOf, usePlace } from './place-field';

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

const NOWHERE: Place = { text: '', pin: null };
const atDoor = ({ address, lat, lon, siteId }: CallerView['places'][number]): Place => ({
  text: address,
  pin: { lat, lon, siteId, said: address },
});

/** A new job: who calls, then from an address, a known door, coordinates or a click on the map. */
export default function CreateJob({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['desk', 'call']);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const pick = useStore(picking);
  const types = useAll(entityStore.serviceTypes).filter((type) => type.active);
  /** Sent without a place or a service: said where it is missing. */
  const [lacks, setLacks] = useState(false);
  const [serviceTypeId, setServiceTypeId] = useState<string | null>(null);
  const [known, setKnown] = useState(jobDraft.take);
  const [caller, setCaller] = useState({ phone: known?.phone ?? '', name: known?.name ?? '' });
  const [place, setPlace] = useState<Place>(() => (known?.places[0] ? atDoor(known.places[0]) : NOWHERE));
  const [form, setForm] = useState({
    windowStart: toLocalInput(businessClock.now()),
    windowEnd: toLocalInput(businessClock.now() + 2 * 3_600_000),
    notes: '',
    priority: 0,
  });
  const { leave } = useUnsaved([serviceTypeId, place, caller, form], { stays: true });
  const service = useServiceType(serviceTypeId);
  const { found, quarrel } = usePlace(place);
  const point = pointOf(place);
  const siteId = parsePlace(place.text) ? null : (place.pin?.siteId ?? null);
  // Where the keyboard stands when the form opens, and when it comes back with a place from the map.
  const begin = !place.pin
    ? 'phone'
    : !place.text.trim()
      ? 'where'
      : serviceTypeId === null
        ? 'service'
        : 'phone';
  const beginsAt = (field: typeof begin) => (field === begin ? { 'data-autofocus': true } : {});
  const sendJob = (key: string) =>
    api.post('/jobs', {
      key,
      body: {
        serviceTypeId,
        ...(siteId ? { siteId } : { lat: point?.lat, lon: point?.lon }),
        address: place.text.trim() || undefined,
        contactName: caller.name.trim() || null,
        contactPhone: caller.phone.trim() || null,
        windowStart: toInstant(form.windowStart),
        windowEnd: toInstant(form.windowEnd),
        notes: form.notes.trim() || null,
        priority: form.priority,
      },
    });
  const create = useSend(sendJob, {
    onSuccess: (job) => {
      liveSync.learn(job);
      onClose();
      toaster.show(t('call:created', { number: jobNumber(job) }));
      navigate(jobAddress(job.id));
    },
  });
  const problem = create.error instanceof Problem ? create.error : null;
  const fields = problem?.fields ?? {};
  const general = create.error && !FIELDS.some((field) => fields[field]) ? wordsOf(create.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (point && serviceTypeId && !quarrel) create.send();
    else setLacks(true);
  };
  const choosePlace = () => {
    if (pathname !== '/') navigate('/');
    picking.start(({ lat, lon }) =>
      setPlace(({ text }) => ({
        text: parsePlace(text) ? '' : text,
        pin: { lat, lon, siteId: null, said: null },
      })),
    );
  };
  const takeCaller = (one: CallerView) => {
    setKnown(one);
    setCaller({ phone: one.phone, name: one.name ?? caller.name });
    const [last] = one.places;
    if (last && !place.text.trim() && !place.pin) setPlace(atDoor(last));
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
          <CallerField
            caller={caller}
            known={known}
            onChange={(next) => {
              setCaller(next);
              // Another number is somebody else.
              if (next.phone !== caller.phone) setKnown(null);
            }}
            onKnown={takeCaller}
            onPlace={(door) => setPlace(atDoor(door))}
            errors={{ phone: fields.contactPhone, name: fields.contactName }}
            autoFocus={beginsAt('phone')}
          />
          <SearchSelect
            label={t('create.service')}
            required
            {...beginsAt('service')}
            data={types.map((type) => ({ value: type.id, label: type.name }))}
            value={serviceTypeId}
            onChange={(id) => {
              setServiceTypeId(id);
              set({ priority: entityStore.serviceTypes.get(id)?.priority ?? 0 });
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
          <PlaceField
            place={place}
            found={found}
            quarrel={quarrel}
            onChange={setPlace}
            onMap={() => (pathname === '/' ? choosePlace() : unsaved.ask(choosePlace))}
            error={
              fields.address ??
              (lacks && ((!point && t('create.lacksPlace')) || (quarrel !== null && t('call:pin.settle'))))
            }
            autoFocus={beginsAt('where')}
          />
          <NearbyWorkers point={point} service={service} />
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
          <PriorityInput
            label={t('create.priority')}
            value={form.priority}
            onChange={(priority) => set({ priority })}
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
            <OnlineButton type="submit" loading={create.isPending}>
              {t('create.submit')}
            </OnlineButton>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
