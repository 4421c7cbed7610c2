import {
  Button,
  Checkbox,
  Drawer,
  Group,
  NumberInput,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minorDigits } from '#kernel';
import { api } from '../../api/api';
import type { ServiceType } from '../../api/types';
import { entityStore } from '../../store/entity-store';
import { OnlineButton } from '../../ui/online-button';
import { useUnsaved } from '../../ui/use-unsaved';
import { FormError } from '../parts/form-error';
import { useSave } from '../parts/use-save';
import { useSkillNames } from '../skills/use-skills';
import { ChecklistEditor } from './checklist-editor';
import { bodyOf, draftOf, type ServiceDraft } from './service-draft';

const PROOFS = ['photo', 'signature', 'scan', 'note'] as const;

interface Props {
  /** null = a new one. */
  type: ServiceType | null;
  may: boolean;
  onClose: () => void;
}

const SHOWN = [
  'name',
  'code',
  'durationSeconds',
  'priority',
  'priceMinor',
  'payMinor',
  'priceCurrency',
  'payCurrency',
  'skills',
  'equipment',
];

export function ServiceForm({ type, may, onClose }: Props) {
  const { t } = useTranslation('setup');
  const [form, setForm] = useState(() => draftOf(type));
  const set = (part: Partial<ServiceDraft>) => setForm((before) => ({ ...before, ...part }));
  const { leave } = useUnsaved(form);
  const { save, busy, fields, error } = useSave(
    (key) => {
      const body = bodyOf(form);
      return type
        ? api.patch('/service-types/{id}', { path: { id: type.id }, key, body, version: type.version })
        : api.post('/service-types', { key, body });
    },
    {
      shows: SHOWN,
      done: (saved) => {
        entityStore.serviceTypes.put(saved);
        onClose();
      },
    },
  );
  const { names } = useSkillNames();
  const wrongSkill = Object.entries(fields).find(([field]) => field.startsWith('skills'))?.[1];
  const decimals = minorDigits(form.currency.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(undefined as never);
  };
  return (
    <Drawer
      opened
      onClose={() => leave(onClose)}
      position="right"
      size={460}
      title={type?.name ?? t('services.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <fieldset disabled={!may} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack>
            <FormError error={error} />
            <TextInput
              label={t('name')}
              required
              data-autofocus
              maxLength={200}
              value={form.name}
              onChange={(e) => set({ name: e.currentTarget.value })}
              error={fields.name}
            />
            <TextInput
              label={t('services.code')}
              description={t('services.codeHint')}
              required
              maxLength={120}
              value={form.code}
              onChange={(e) => set({ code: e.currentTarget.value })}
              error={fields.code}
            />
            <Group grow>
              <NumberInput
                label={t('services.minutes')}
                min={1}
                max={20_160}
                value={form.minutes}
                onChange={(v) => set({ minutes: Number(v) || 1 })}
                error={fields.durationSeconds}
              />
              <NumberInput
                label={t('services.priority')}
                min={0}
                max={100}
                value={form.priority}
                onChange={(v) => set({ priority: Number(v) || 0 })}
                error={fields.priority}
              />
            </Group>
            <Group grow>
              <NumberInput
                label={t('services.price')}
                min={0}
                decimalScale={decimals}
                value={form.price}
                onChange={(v) => set({ price: String(v) })}
                error={fields.priceMinor}
              />
              <NumberInput
                label={t('services.pay')}
                min={0}
                decimalScale={decimals}
                value={form.pay}
                onChange={(v) => set({ pay: String(v) })}
                error={fields.payMinor}
              />
              <TextInput
                label={t('services.currency')}
                maxLength={3}
                value={form.currency}
                onChange={(e) => set({ currency: e.currentTarget.value })}
                error={fields.priceCurrency ?? fields.payCurrency}
              />
            </Group>
            <TagsInput
              label={t('services.skills')}
              description={t('services.skillsHint')}
              data={names}
              value={form.skills}
              onChange={(skills) => set({ skills })}
              error={wrongSkill}
            />
            <TagsInput
              label={t('workers.equipment')}
              value={form.equipment}
              onChange={(equipment) => set({ equipment })}
              error={fields.equipment}
            />
            <Checkbox.Group
              label={t('services.proof')}
              value={form.proofRequired}
              onChange={(proof) => set({ proofRequired: proof as typeof form.proofRequired })}
            >
              <Group mt="xs">
                {PROOFS.map((kind) => (
                  <Checkbox key={kind} value={kind} label={t(`proof.${kind}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <ChecklistEditor steps={form.checklist} onChange={(checklist) => set({ checklist })} />
            <Switch
              label={t('services.active')}
              checked={form.active}
              onChange={(e) => set({ active: e.currentTarget.checked })}
            />
            {may && (
              <Group justify="flex-end">
                <Button variant="default" onClick={() => leave(onClose)}>
                  {t('common:cancel')}
                </Button>
                <OnlineButton type="submit" loading={busy}>
                  {t('common:save')}
                </OnlineButton>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Drawer>
  );
}
